import type { ConcurrencyLimit } from '../internal/concurrency-limit.ts'
import type { Observers } from '../internal/emit.ts'
import type { KeyedMutex } from '../internal/mutex.ts'
import type { Decision } from './answers.ts'
import type { AnyHandler, ErrorHandler } from './handlers/handler.ts'
import type { HandlerRegistry } from './handlers/handler-registry.ts'
import type { CrcHealth } from './health.ts'
import type { ReceiverObserver } from './receiver.ts'
import type { Settings } from './settings.ts'

/** The failures of one kind. */
export interface FailureHistory {
  count: number
  /** Milliseconds since 1970. */
  lastAt: number
  /** The name of the last error. */
  lastError: string
}

/** What a receiver remembers for `health()`. Plain values, because some are written for each delivery. */
export interface ReceiverHistory {
  readonly startedAt: number
  /** How the last delivery was answered. */
  lastDecision: Decision | undefined
  /** When it arrived, in milliseconds since 1970. */
  lastDeliveryAt: number
  /** When the last delivery arrived whose signature is right, in milliseconds since 1970. 0 before the first. */
  lastVerifiedAt: number
  lastCrc: Omit<CrcHealth, 'at'> | undefined
  /** When it arrived, in milliseconds since 1970. */
  lastCrcAt: number
  /** How many requests were not answered with 200, by reason. */
  readonly refusals: Map<string, number>
  readonly failures: { readonly handler: FailureHistory; readonly store: FailureHistory }
  /** Whether `close` has resolved. */
  isClosed: boolean
}

/** What became of an event: handled (now or before), or why it is not, and whether another process is handling it. */
export type Outcome =
  | { readonly isHandled: true }
  | { readonly isHandled: false; readonly error: unknown; readonly isInProgress?: boolean }

/** What all parts of one receiver share: its settings, and what it keeps track of. */
export interface ReceiverContext extends Settings {
  readonly handlers: HandlerRegistry
  readonly observers: Observers<ReceiverObserver>
  readonly history: ReceiverHistory
  /** Reports an error to the error handlers, or to the console. */
  readonly report: (...args: Parameters<ErrorHandler>) => void
  /** The deliveries whose body or secret is not here yet. */
  readonly unverified: ConcurrencyLimit
  /** The deliveries that are verified and not finished. */
  readonly concurrency: ConcurrencyLimit
  /** The time limits that are running; a closing receiver ends them. */
  readonly timeLimits: Set<{ readonly end: (reason: unknown) => void }>
  /** The events that are being handled here, by id. A second delivery of one waits for the first and shares its outcome. */
  readonly inProgress: Map<string, Promise<Outcome>>
  /** The handlers that have succeeded with an event that others failed with, by id: they do not run again. */
  readonly succeeded: Map<string, readonly AnyHandler[]>
  /** Events that are handled, though the dedupe store could not record it yet. */
  readonly uncommitted: Set<string>
  /** Lets work go on behind the answer. A closing receiver waits for it. */
  readonly runInBackground: (work: Promise<unknown>) => void
  /** Fires when the receiver is closing. */
  readonly closing: AbortSignal
  /** Keeps the deliveries of one account in order. */
  readonly accountQueue: KeyedMutex
}
