import { assertFunction, assertInteger, assertObject, kindOf } from '../internal/assert.ts'
import { longestTimer, type Sleep, sleep } from '../internal/timers.ts'

/** The longest wait that timers of JavaScript take. */

/** How often and how patiently a call is tried again. */
export interface RetryOptions {
  /** Retries after the first attempt; 3 unless set, 0 for none. */
  readonly limit?: number
  /**
   * The longest single wait in milliseconds; 60,000 unless set. Where X asks for a longer one (a rate limit that resets
   * later, a `Retry-After`), the call fails at once instead.
   */
  readonly maxWaitMs?: number
  /**
   * Milliseconds that the wait before retry `n` grows from: it is drawn between 0 and `baseMs` × 2ⁿ, counting from 0.
   * 500 unless set.
   */
  readonly baseMs?: number
  /** Draws a number from 0 to below 1; `Math.random` unless set. */
  readonly random?: () => number
  /** Waits; a timer unless set. For tests and runtimes with clocks of their own. */
  readonly sleep?: Sleep
}

/** {@link RetryOptions} checked and complete. */
export type RetryPolicy = Required<RetryOptions>

/**
 * The policy that `retry` asks for; a number is a `limit`, `false` is a limit of 0.
 *
 * @throws TypeError or RangeError when an option is of the wrong type or out of range.
 */
export function createRetryPolicy(retry: RetryOptions | number | false | undefined): RetryPolicy {
  const options = readOptions(retry)
  const policy: RetryPolicy = {
    limit: options.limit ?? 3,
    maxWaitMs: options.maxWaitMs ?? 60_000,
    baseMs: options.baseMs ?? 500,
    random: options.random ?? Math.random,
    sleep: options.sleep ?? sleep,
  }
  assertInteger(policy.limit, 'retry.limit', { max: 100 })
  assertInteger(policy.maxWaitMs, 'retry.maxWaitMs', { max: longestTimer })
  assertInteger(policy.baseMs, 'retry.baseMs', { max: longestTimer })
  assertFunction(policy.random, 'retry.random')
  assertFunction(policy.sleep, 'retry.sleep')
  return policy
}

function readOptions(retry: RetryOptions | number | false | undefined): RetryOptions {
  if (retry === undefined) return {}
  if (retry === false) return { limit: 0 }
  if (typeof retry === 'number') return { limit: retry }
  if (typeof retry !== 'object')
    throw new TypeError(`"retry" must be an object, a number or false, got ${kindOf(retry)}`)
  assertObject(retry, 'retry')
  return retry
}

/** What there is to know of an attempt that failed. */
export interface FailedAttempt {
  /** How many retries went before. */
  readonly retries: number
  /** Whether the request may be sent again: it was not carried out, or carrying it out twice does no harm. */
  readonly canRepeat: boolean
  /** When X asked to come again. */
  readonly retryAt: Date | undefined
  readonly now: number
}

/** Milliseconds to wait before the next attempt; `undefined` when there shall be none. */
export function waitBeforeRetry(policy: RetryPolicy, attempt: FailedAttempt): number | undefined {
  const { retries, canRepeat, retryAt, now } = attempt
  if (!canRepeat || retries >= policy.limit) return undefined
  if (retryAt === undefined) return policy.random() * Math.min(policy.baseMs * 2 ** retries, policy.maxWaitMs)
  const wait = Math.max(retryAt.getTime() - now, 0)
  // A little later than asked for: whoever was told the same time does not come back in the same instant.
  return wait > policy.maxWaitMs ? undefined : Math.min(wait + policy.random() * policy.baseMs, policy.maxWaitMs)
}
