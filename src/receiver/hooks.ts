import type { EventType } from '../events/events.ts'
import { assertObject } from '../internal/assert.ts'
import { createEmit, type Emit, readHook } from '../internal/emit.ts'
import type { ErrorContext } from './handler.ts'

/** A CRC request was answered. */
export interface CrcReport {
  /** The HTTP status of the answer. */
  readonly status: number
  /** Why it was refused: the `error` of the answer. */
  readonly reason?: string
  /** Milliseconds from the request to the answer. */
  readonly durationMs: number
}

/** A delivery was answered. */
export interface DeliveryReport {
  /** The HTTP status of the answer. */
  readonly status: number
  /** Why it is not 200: the `error` of the answer. */
  readonly reason?: string
  /** Milliseconds from the request to the answer. */
  readonly durationMs: number
  /** The account it is for, where its signature is right and it names one. */
  readonly forUserId?: string
  /** The types of its events, where its signature is right. */
  readonly eventTypes: readonly EventType[]
}

/** Which event it is about. */
export interface EventRef {
  readonly type: EventType
  readonly id: string
  readonly forUserId?: string
}

/** The handlers of an event have run. */
export interface EventReport extends EventRef {
  /** Whether all of them finished without an error. */
  readonly isHandled: boolean
  /** Milliseconds that they took. */
  readonly durationMs: number
}

/** An event came that is handled already, or is being handled: its handlers do not run again. */
export interface DuplicateReport extends EventRef {
  readonly state: 'done' | 'in_progress'
}

/** Something went wrong. */
export interface FailureReport extends Partial<EventRef> {
  readonly phase: ErrorContext['phase']
  /** The name of the error, such as `TypeError`. Its message is for `onError`, because it may hold anything. */
  readonly error: string
  /** The reason of a `VerificationError`. */
  readonly reason?: string
}

/** X tells that a replay job has ended. */
export interface ReplayReport {
  readonly jobId: string
  readonly webhookId?: string
  /** `Complete` or `Incomplete`. */
  readonly state: string
}

/**
 * For logs and metrics: told of each decision of a receiver, without bodies, headers and secrets. What a hook returns is
 * ignored, and one that throws does no harm.
 *
 * In Node.js the same reports go out on channels of `node:diagnostics_channel`: `x-account-activity:crc`, `:delivery`,
 * `:event`, `:duplicate`, `:failure` and `:replay`.
 */
export interface ReceiverHooks {
  readonly onCrc?: (report: CrcReport) => unknown
  readonly onDelivery?: (report: DeliveryReport) => unknown
  readonly onEvent?: (report: EventReport) => unknown
  readonly onDuplicate?: (report: DuplicateReport) => unknown
  readonly onFailure?: (report: FailureReport) => unknown
  readonly onReplay?: (report: ReplayReport) => unknown
}

/** Tells the hooks, and who listens on a channel. */
export interface Emits {
  readonly crc: Emit<CrcReport>
  readonly delivery: Emit<DeliveryReport>
  readonly event: Emit<EventReport>
  readonly duplicate: Emit<DuplicateReport>
  readonly failure: Emit<FailureReport>
  readonly replay: Emit<ReplayReport>
}

/** The hooks checked, and held fast: what the caller does to the object later changes nothing. */
export function readHooks(hooks: ReceiverHooks = {}): Emits {
  assertObject(hooks, 'hooks')
  return {
    crc: createEmit('crc', readHook(hooks, 'onCrc')),
    delivery: createEmit('delivery', readHook(hooks, 'onDelivery')),
    event: createEmit('event', readHook(hooks, 'onEvent')),
    duplicate: createEmit('duplicate', readHook(hooks, 'onDuplicate')),
    failure: createEmit('failure', readHook(hooks, 'onFailure')),
    replay: createEmit('replay', readHook(hooks, 'onReplay')),
  }
}

/** What may be said about an event. */
export function refOf({ type, id, forUserId }: EventRef): EventRef {
  return { type, id, ...(forUserId !== undefined && { forUserId }) }
}
