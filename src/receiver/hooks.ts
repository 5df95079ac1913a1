import type { EventType } from '../events/events.ts'
import type { Emit } from '../internal/emit.ts'
import type { ErrorContext } from './handlers/handler.ts'

/** A CRC request was answered. */
export interface CrcReport {
  /** The HTTP status of the answer: 200, 400, 401 or 500. */
  readonly status: number
  /** Why it was refused: the `error` of the answer. Absent with status 200. */
  readonly reason?: string
  /** Milliseconds from the request to the answer. X waits 3 seconds. */
  readonly durationMs: number
}

/** A delivery was answered, or was given to `dispatch`. */
export interface DeliveryReport {
  /** The HTTP status of the answer. */
  readonly status: number
  /** Why the status is not 200: the `error` of the answer. */
  readonly reason?: string
  /** Milliseconds from the request to the answer. */
  readonly durationMs: number
  /** The id of the account that it is for. Absent when the signature is wrong, or the delivery names no account. */
  readonly forUserId?: string
  /** The types of its events. Empty when the signature is wrong. */
  readonly eventTypes: readonly EventType[]
}

/** Which event a report is about. */
export interface EventRef {
  /** The type of the event, such as `follow`. */
  readonly type: EventType
  /** The id that the event is deduplicated by. */
  readonly id: string
  /** The id of the account that it is for. Absent when the delivery names no account. */
  readonly forUserId?: string
}

/** The handlers of an event have ended. */
export interface EventReport extends EventRef {
  /** Whether all of them ended without an error. */
  readonly isHandled: boolean
  /** Milliseconds from the start of the first handler to the end of the last one. */
  readonly durationMs: number
}

/** An event came again: its handlers do not run a second time. */
export interface DuplicateReport extends EventRef {
  /**
   * `done`: it was handled before. `in_progress`: it is being handled at this moment, here or in another process.
   * `accepted`: the inbox has it, handled or not.
   */
  readonly state: 'done' | 'in_progress' | 'accepted'
}

/** The last attempt for an event of the inbox has failed. It is kept as a dead letter, and is not handled again by itself. */
export interface DeadLetterReport extends EventRef {
  /** How many times it was tried. */
  readonly attempts: number
  /** Milliseconds from the delivery to the end of the last attempt. */
  readonly ageMs: number
}

/** Something went wrong. */
export interface FailureReport extends Partial<EventRef> {
  /** Where it went wrong: see `ErrorContext`. */
  readonly phase: ErrorContext['phase']
  /** The name of the error, such as `TypeError`. Its message can contain anything, so only `onError` gets it. */
  readonly error: string
  /** The reason of a `VerificationError`, such as `signature_mismatch`. */
  readonly reason?: string
  /** The number of the attempt, starting at 1. Absent when the event did not come from an inbox. */
  readonly attempt?: number
}

/** A replay job of X has ended. */
export interface ReplayReport {
  /** The id of the job. */
  readonly jobId: string
  /** The id of the webhook that it replayed to, when X names it. */
  readonly webhookId?: string
  /** X's own word: `Complete` or `Incomplete`. */
  readonly state: string
}

/**
 * Called with a report of each decision of a receiver, for logs and metrics. Reports contain no bodies, headers or
 * secrets. What a hook returns is ignored, and a hook that throws does no harm.
 *
 * In Node.js the same reports are published on channels of `node:diagnostics_channel`: `x-account-activity:crc`,
 * `:delivery`, `:event`, `:duplicate`, `:dead-letter`, `:failure` and `:replay`.
 */
export interface ReceiverHooks {
  /** A CRC request was answered. */
  readonly onCrc?: ((report: CrcReport) => unknown) | undefined
  /** A delivery was answered. */
  readonly onDelivery?: ((report: DeliveryReport) => unknown) | undefined
  /** The handlers of an event have ended. */
  readonly onEvent?: ((report: EventReport) => unknown) | undefined
  /** An event came again. */
  readonly onDuplicate?: ((report: DuplicateReport) => unknown) | undefined
  /** The last attempt for an event of the inbox has failed. */
  readonly onDeadLetter?: ((report: DeadLetterReport) => unknown) | undefined
  /** Something went wrong: a request was refused, or a handler or a store failed. */
  readonly onFailure?: ((report: FailureReport) => unknown) | undefined
  /** A replay job of X has ended. */
  readonly onReplay?: ((report: ReplayReport) => unknown) | undefined
}

/** Emits reports to the hooks and to the diagnostics channels. */
export interface Emits {
  readonly crc: Emit<CrcReport>
  readonly delivery: Emit<DeliveryReport>
  readonly event: Emit<EventReport>
  readonly duplicate: Emit<DuplicateReport>
  readonly deadLetter: Emit<DeadLetterReport>
  readonly failure: Emit<FailureReport>
  readonly replay: Emit<ReplayReport>
}
