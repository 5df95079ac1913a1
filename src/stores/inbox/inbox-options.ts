import { assertFunction, assertInteger } from '../../internal/assert.ts'
import { type Clock, hourMs } from '../../internal/clock.ts'
import { longestTimer, type Schedule, schedule } from '../../internal/timers.ts'
import { type Backoff, type BackoffOptions, createBackoff } from './backoff.ts'

/** How patient an inbox is, and how long it remembers. */
export interface InboxOptions {
  /** How often an item is tried before it is a dead letter: 10 times unless set. An attempt that a crash cut short counts. */
  readonly maxAttempts?: number
  /** How long an item waits between two attempts; from one second to ten minutes unless set. */
  readonly backoff?: BackoffOptions
  /**
   * After how many milliseconds the signal of an attempt fires: 60,000 unless set. An attempt that does not heed it goes
   * on, and keeps its place, until its promise settles: only then is it known to do nothing any more.
   */
  readonly timeoutMs?: number
  /** How long a handled item is known, so that it is not added again, in milliseconds: 25 hours unless set. */
  readonly retentionMs?: number
}

/** {@link InboxOptions} of an inbox that keeps time by itself. */
export interface TimedInboxOptions extends InboxOptions {
  /** Where the time comes from: milliseconds since 1970. `Date.now` unless set. */
  readonly now?: Clock
  /** Runs something later; a timer unless set. */
  readonly schedule?: Schedule
}

/** {@link InboxOptions} checked and complete. */
export interface InboxSettings {
  readonly maxAttempts: number
  readonly backoff: Backoff
  readonly timeoutMs: number
  readonly retentionMs: number
}

/** {@link TimedInboxOptions} checked and complete. */
export interface TimedInboxSettings extends InboxSettings {
  readonly now: Clock
  readonly schedule: Schedule
}

export function readInboxOptions(options: InboxOptions): InboxSettings {
  const { maxAttempts = 10, timeoutMs = 60_000, retentionMs = 25 * hourMs } = options
  assertInteger(maxAttempts, 'maxAttempts', { min: 1 })
  assertInteger(timeoutMs, 'timeoutMs', { min: 1, max: longestTimer })
  assertInteger(retentionMs, 'retentionMs', { min: 1 })
  return { maxAttempts, backoff: createBackoff(options.backoff), timeoutMs, retentionMs }
}

export function readTimedInboxOptions(options: TimedInboxOptions): TimedInboxSettings {
  const { now = Date.now, schedule: runLater = schedule } = options
  assertFunction(now, 'now')
  assertFunction(runLater, 'schedule')
  return { ...readInboxOptions(options), now, schedule: runLater }
}
