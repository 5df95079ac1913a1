import { assertFunction, assertInteger, assertObject } from '../../internal/assert.ts'
import { minuteMs } from '../../internal/clock.ts'
import { longestTimer } from '../../internal/timers.ts'

/** How long a failed item waits for its next attempt. The delay doubles after each failure. */
export interface BackoffOptions {
  /**
   * The delay before the second attempt, in milliseconds: 1 to 2,147,483,647.
   *
   * @defaultValue 1_000
   */
  readonly baseMs?: number | undefined
  /**
   * The longest delay, in milliseconds: 1 to 2,147,483,647.
   *
   * @defaultValue 600_000
   */
  readonly maxMs?: number | undefined
  /**
   * Returns a random number from 0 (inclusive) to 1 (exclusive). Each delay is shortened by up to half of it, so that items
   * that failed together are not tried again together.
   *
   * @defaultValue `Math.random`
   */
  readonly random?: (() => number) | undefined
}

/** The delay in milliseconds after a number of failed attempts. */
export type Backoff = (attempts: number) => number

/**
 * Creates an exponential backoff with jitter: each delay is between half of the full delay and all of it.
 *
 * @throws TypeError or RangeError when an option is of the wrong type or out of range.
 */
export function createBackoff(options: BackoffOptions = {}): Backoff {
  assertObject(options, 'backoff')
  const { baseMs = 1000, maxMs = 10 * minuteMs, random = Math.random } = options
  assertInteger(baseMs, 'backoff.baseMs', { min: 1, max: longestTimer })
  assertInteger(maxMs, 'backoff.maxMs', { min: 1, max: longestTimer })
  assertFunction(random, 'backoff.random')
  return (attempts) => {
    const fullDelay = Math.min(baseMs * 2 ** (attempts - 1), maxMs)
    return Math.round(fullDelay - (random() * fullDelay) / 2)
  }
}
