import type { ActivityEvent, Delivery, EventOf, EventType } from '../events/events.ts'

/** What a handler is given besides the event. */
export interface HandlerContext {
  /** The whole delivery that the event came in. */
  readonly delivery: Delivery
  /** When the delivery was received. */
  readonly receivedAt: Date
  /** When the handlers of this delivery are to be finished: see `handlerTimeoutMs`. */
  readonly deadline: Date
  /** Fires at the deadline, or when a closing receiver does not wait any longer. Pass it on to what can be given up. */
  readonly signal: AbortSignal
}

/** What is done about an event. The delivery counts as handled when it returns, or its promise resolves. */
export type Handler<E extends ActivityEvent = ActivityEvent> = (event: E, context: HandlerContext) => unknown

/** A handler for each type of event that is of interest, and `any` for every event, unknown ones included. */
export type Handlers = { readonly [T in EventType]?: Handler<EventOf<T>> } & { readonly any?: Handler }

/** Where an error arose. */
export interface ErrorContext {
  /**
   * `verification`: a request is not X's. `handler`: a handler failed, or is not finished at its deadline (`TimeoutError`).
   * `store`: the dedupe store or the inbox failed. `request`: the request could not be looked at, because its body could
   * not be read or the secret could not be fetched.
   */
  readonly phase: 'verification' | 'handler' | 'store' | 'request'
  /** The event that was being handled. */
  readonly event?: ActivityEvent
  /** The delivery that was being handled. */
  readonly delivery?: Delivery
}

/** Is told of every error; what it returns or throws changes nothing. */
export type ErrorHandler = (error: unknown, context: ErrorContext) => unknown
