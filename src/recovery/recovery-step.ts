/** A span of time. */
export interface TimeSpan {
  /** The beginning, inclusive. */
  readonly from: Date
  /** The end, exclusive. */
  readonly to: Date
}

/** How an outage was noticed. */
export type OutageCause =
  /**
   * The process started, and the last heartbeat of any receiver was older than `gapMs`. Shorter gaps count together: the
   * process may start and die again and again.
   */
  | 'process_start'
  /** No receiver recorded a heartbeat for longer than `gapMs`: they were suspended, or their event loops were blocked. */
  | 'no_heartbeat'
  /** X could not reach the webhook: X listed it as invalid, or a CRC failed. */
  | 'webhook_invalid'
  /** `recovery.report()` was called. */
  | 'reported'
  /** Deliveries were answered with 500 or 503 for longer than X tries them again. */
  | 'deliveries_failed'
  /** No worker was alive for longer than the inbox keeps what it stores. */
  | 'workers_gone'
  /** The clock of the process went back, so it is not known for how long it was not running. */
  | 'clock_set_back'
  /** The store has lost its values, so it is not known what was missed. */
  | 'state_lost'

/** What a recovery waits for. */
export type WaitReason =
  /** X does not replay the last minutes yet. */
  | 'too_recent'
  /** Another replay job is running for this webhook. */
  | 'conflict'
  /** The rate limit of a call is used up. */
  | 'rate_limit'
  /** X cannot reach the webhook. */
  | 'webhook_invalid'
  /** X answered with a server error, or did not answer. */
  | 'unavailable'
  /** Another process has the lease, and makes the replay jobs. */
  | 'other_process'

/** Why events of a span may be missing for good. */
export type LossReason =
  /** X no longer keeps the events. */
  | 'too_old'
  /** No replay job delivered all of them, in `maxAttempts` attempts. */
  | 'incomplete'
  /** X did not accept the window, in `maxAttempts` attempts. */
  | 'refused'

/** How far a recovery is, in minutes of events. */
export interface RecoveryProgress {
  /** Minutes that are finished since the run began: replayed or lost. */
  readonly done: number
  /** Minutes that are finished, and those still to be replayed. A new outage adds to it. */
  readonly total: number
}

/** The members of every step. */
interface Step<Type extends string> {
  /** What happened. */
  readonly type: Type
  /** When it happened. */
  readonly at: Date
  /** How far the recovery is after this step. */
  readonly progress: RecoveryProgress
}

/** An outage was noticed. Its events will be replayed. `from` and `to` are exact to the millisecond. */
export interface OutageStep extends Step<'outage'>, TimeSpan {
  /** How the outage was noticed. */
  readonly cause: OutageCause
}

/** X can reach the webhook again, or cannot reach it. */
export interface WebhookStep extends Step<'webhook'> {
  /** Whether X can reach the webhook. */
  readonly valid: boolean
  /** The error of the failed validation. Absent when `valid` is `true`, or when X gave no reason. */
  readonly error?: unknown
}

/** The recovery waits. */
export interface WaitingStep extends Step<'waiting'> {
  /** What it waits for. */
  readonly reason: WaitReason
  /** When it continues. It may continue earlier, when what it waits for has happened. */
  readonly until: Date
}

/** X has accepted a replay job. `from` and `to` are the window that it replays. */
export interface JobStep extends Step<'job'>, TimeSpan {
  /** X's id of the job. */
  readonly jobId: string
  /** The number of this attempt to replay the window, starting at 1. */
  readonly attempt: number
}

/** A replay job has ended, or X did not report its end in time. A window that is not complete is tried again. */
export interface JobEndedStep extends Step<'job_ended'>, TimeSpan {
  /** X's id of the job. */
  readonly jobId: string
  /** `timeout`: X did not report the end of the job within `jobTimeoutMs`. */
  readonly outcome: 'complete' | 'incomplete' | 'timeout'
}

/** Events of an outage may be missing for good. `from` and `to` are exact to the millisecond. */
export interface LostStep extends Step<'lost'>, TimeSpan {
  /** Why they may be missing. */
  readonly reason: LossReason
}

/** Nothing is left to recover. The last step of a run, unless there was nothing to recover. */
export interface DoneStep extends Step<'done'> {
  /** The spans that were replayed completely, oldest first, including the margins around the outages. */
  readonly recovered: readonly TimeSpan[]
  /** The spans of the outages that are lost, oldest first. */
  readonly lost: readonly TimeSpan[]
}

/** One step of a recovery. Its `type` says which. */
export type RecoveryStep = OutageStep | WebhookStep | WaitingStep | JobStep | JobEndedStep | LostStep | DoneStep

/** The step of a given type: `RecoveryStepOf<'lost'>` is {@link LostStep}. */
export type RecoveryStepOf<Type extends RecoveryStep['type']> = Extract<RecoveryStep, { type: Type }>

/**
 * Functions that are called with the steps of a type, and `any` with every step. What they return or throw is ignored:
 * the recovery does not wait for them.
 */
export type RecoveryHandlers = {
  readonly [Type in RecoveryStep['type']]?: ((step: RecoveryStepOf<Type>) => unknown) | undefined
} & {
  /** Called with every step, after the handler of its type. */
  readonly any?: ((step: RecoveryStep) => unknown) | undefined
}
