import { assertFunction, assertInteger, assertObject } from '../../internal/assert.ts'
import { minuteMs } from '../../internal/clock.ts'
import { longestTimer } from '../../internal/timers.ts'

/** How long an item waits that failed: twice as long each time. */
export interface BackoffOptions {
  /** Milliseconds until the second attempt: 1,000 unless set. */
  readonly baseMs?: number
  /** The longest wait in milliseconds: 10 minutes unless set. */
  readonly maxMs?: number
  /** Draws a number from 0 to below 1, which takes up to half of a wait away; `Math.random` unless set. */
  readonly random?: () => number
}

/** Milliseconds to wait after so many failed attempts. */
export type Backoff = (attempts: number) => number

/**
 * What failed together does not come back together: each wait is drawn between half of it and the whole.
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
    const whole = Math.min(baseMs * 2 ** (attempts - 1), maxMs)
    return Math.round(whole - (random() * whole) / 2)
  }
}
