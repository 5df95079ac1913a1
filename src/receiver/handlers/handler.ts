import type { ActivityEvent, Delivery } from '../../events/events.ts'
import type { Lease } from '../../stores/lease.ts'

/** What a handler gets besides the event. */
export interface HandlerContext {
  /** The whole delivery that the event came in. */
  readonly delivery: Delivery
  /** When the delivery was received. */
  readonly receivedAt: Date
  /** When the handlers of this delivery have to be finished: see `handlerTimeoutMs`. */
  readonly deadline: Date
  /**
   * Fires at the deadline, when the `lease` is lost, or when a receiver that is closing does not wait any longer. Pass it to
   * what can be cancelled, such as `fetch`. The name of its reason is `TimeoutError`, `LeaseLostError` or `AbortError`.
   */
  readonly signal: AbortSignal
  /**
   * The lease of the event: its `token` protects your own data from a process that was paused for too long. What a handler
   * does after the lease is lost is not recorded, and the event is handled again.
   *
   * Absent when no other process can take the event over: with a dedupe store in memory, and without a store.
   */
  readonly lease?: Lease | undefined
}

/** Handles an event. The event counts as handled when the function returns, or when its promise resolves. */
export type Handler<E extends ActivityEvent = ActivityEvent> = (event: E, context: HandlerContext) => unknown

/** A handler of anything. It is found only under the name of what it was added for. */
export type AnyHandler = (subject: never, context: HandlerContext) => unknown

/** Where an error occurred. */
export interface ErrorContext {
  /**
   * `verification`: a request is not from X. `handler`: a handler failed, or did not finish before its deadline
   * (`TimeoutError`). `store`: the dedupe store or the inbox failed. `request`: a request could not be processed, because
   * its body could not be read or the secret could not be fetched.
   */
  readonly phase: 'verification' | 'handler' | 'store' | 'request'
  /** The event that was being handled, if any. */
  readonly event?: ActivityEvent
  /** The delivery that was being handled, if any. */
  readonly delivery?: Delivery
  /** The number of the attempt, starting at 1. Absent when the event did not come from an inbox. */
  readonly attempt?: number
}

/** Called with every error. What it returns or throws is ignored. */
export type ErrorHandler = (error: unknown, context: ErrorContext) => unknown
