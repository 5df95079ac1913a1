/** A stretch of time: `from` is in it, `to` is not. */
export interface TimeSpan {
  readonly from: Date
  readonly to: Date
}

/** How an outage was noticed. */
export type OutageCause =
  /** The process started, and was last alive longer ago than a heartbeat takes. */
  | 'process_start'
  /** The process ran on after a time without heartbeats: it was suspended, or hung. */
  | 'no_heartbeat'
  /** X could not reach the webhook: it was found invalid, or did not pass a CRC. */
  | 'webhook_invalid'
  /** You said so, with `recovery.report()`. */
  | 'reported'

/** What a recovery waits for. */
export type WaitReason =
  /** X does not replay the last minutes. */
  | 'too_recent'
  /** Another replay job is running for this webhook. */
  | 'conflict'
  | 'rate_limit'
  /** X cannot reach the webhook. */
  | 'webhook_invalid'
  /** X failed, or did not answer. */
  | 'unavailable'

/** Why events of a span may be missing for good. */
export type LossReason =
  /** X does not keep them any longer. */
  | 'too_old'
  /** No job brought back all of them, however often it was tried. */
  | 'incomplete'
  /** X did not take the window, however often it was tried. */
  | 'refused'

/** How far a recovery is: minutes of events, of those that were to be replayed since it began. */
export interface RecoveryProgress {
  /** Minutes that are settled: replayed, or lost. */
  readonly done: number
  readonly total: number
}

/** What every step of a recovery tells. */
interface Step<Type extends string> {
  readonly type: Type
  /** When it happened. */
  readonly at: Date
  readonly progress: RecoveryProgress
}

/** Something was missed, and will be replayed. */
export interface OutageStep extends Step<'outage'>, TimeSpan {
  readonly cause: OutageCause
}

/** X can reach the webhook again (`valid`), or cannot. */
export interface WebhookStep extends Step<'webhook'> {
  readonly valid: boolean
  /** Why not, where X said so. */
  readonly error?: unknown
}

/** Nothing can be done before a point in time. */
export interface WaitingStep extends Step<'waiting'> {
  readonly reason: WaitReason
  readonly until: Date
}

/** X has taken on a replay job. */
export interface JobStep extends Step<'job'>, TimeSpan {
  readonly jobId: string
  /** Which attempt at this span it is, counting from 1. */
  readonly attempt: number
}

/** A replay job has ended, or was not heard of for too long. What an incomplete one missed is tried again. */
export interface JobEndedStep extends Step<'job_ended'>, TimeSpan {
  readonly jobId: string
  readonly outcome: 'complete' | 'incomplete' | 'timeout'
}

/** Events of this span may be missing for good. */
export interface LostStep extends Step<'lost'>, TimeSpan {
  readonly reason: LossReason
}

/** Nothing is left to be done. The last step, where there was something to recover. */
export interface DoneStep extends Step<'done'> {
  /** What was replayed completely, the margins around the outages included. */
  readonly recovered: readonly TimeSpan[]
  /** What is lost. */
  readonly lost: readonly TimeSpan[]
}

/** One step of a recovery; `type` tells which. */
export type RecoveryStep = OutageStep | WebhookStep | WaitingStep | JobStep | JobEndedStep | LostStep | DoneStep

/** The step of a type. */
export type RecoveryStepOf<Type extends RecoveryStep['type']> = Extract<RecoveryStep, { type: Type }>

/** What to do at which step, `any` at every one. What it returns or throws changes nothing. */
export type RecoveryHandlers = {
  readonly [Type in RecoveryStep['type']]?: (step: RecoveryStepOf<Type>) => unknown
} & { readonly any?: (step: RecoveryStep) => unknown }
