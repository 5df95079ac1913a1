import { assertFunction, assertInteger } from '../../internal/assert.ts'
import { type Clock, hourMs } from '../../internal/clock.ts'
import { longestTimer, type Sleep, sleep as timer } from '../../internal/timers.ts'
import { type Backoff, type BackoffOptions, createBackoff } from './backoff.ts'

/** How often an inbox tries its items, and how long it remembers them. */
export interface InboxOptions {
  /**
   * How many times an item is tried before it becomes a dead letter: 1 or more. An attempt that a crash ended counts.
   *
   * @defaultValue 10
   */
  readonly maxAttempts?: number | undefined
  /**
   * How long a failed item waits for its next attempt.
   *
   * @defaultValue one second at first, doubled after each failure, up to ten minutes
   */
  readonly backoff?: BackoffOptions | undefined
  /**
   * The time limit of an attempt, in milliseconds: 1 to 2,147,483,647. When it is reached, the signal of the attempt
   * aborts. An attempt that ignores the signal keeps its item until its promise settles.
   *
   * @defaultValue 60_000
   */
  readonly timeoutMs?: number | undefined
  /**
   * How long a handled item is remembered, so that it is not added again, in milliseconds: 1 or more. Make it longer than
   * a replay reaches back: 24 hours in v2, five days in the enterprise API.
   *
   * An item that no process has a handler for is kept for the same time. Then it is removed and reported.
   *
   * @defaultValue 90_000_000, which is 25 hours
   */
  readonly retentionMs?: number | undefined
}

/** {@link InboxOptions} of an inbox that measures time by itself. */
export interface TimedInboxOptions extends InboxOptions {
  /**
   * Returns the current time in milliseconds since 1970.
   *
   * @defaultValue `Date.now`
   */
  readonly now?: Clock | undefined
  /**
   * Waits for a number of milliseconds, or until the signal aborts.
   *
   * @defaultValue a timer of the runtime
   */
  readonly sleep?: Sleep | undefined
}

/** {@link InboxOptions}, checked and with their defaults. */
export interface InboxSettings {
  readonly maxAttempts: number
  readonly backoff: Backoff
  readonly timeoutMs: number
  readonly retentionMs: number
}

/** {@link TimedInboxOptions}, checked and with their defaults. */
export interface TimedInboxSettings extends InboxSettings {
  readonly now: Clock
  readonly sleep: Sleep
}

/** @throws TypeError or RangeError when an option is of the wrong type or out of range. */
export function readInboxOptions(options: InboxOptions): InboxSettings {
  const { maxAttempts = 10, timeoutMs = 60_000, retentionMs = 25 * hourMs } = options
  assertInteger(maxAttempts, 'maxAttempts', { min: 1 })
  assertInteger(timeoutMs, 'timeoutMs', { min: 1, max: longestTimer })
  assertInteger(retentionMs, 'retentionMs', { min: 1 })
  return { maxAttempts, backoff: createBackoff(options.backoff), timeoutMs, retentionMs }
}

/** @throws TypeError or RangeError when an option is of the wrong type or out of range. */
export function readTimedInboxOptions(options: TimedInboxOptions): TimedInboxSettings {
  const { now = Date.now, sleep = timer } = options
  assertFunction(now, 'now')
  assertFunction(sleep, 'sleep')
  return { ...readInboxOptions(options), now, sleep }
}
