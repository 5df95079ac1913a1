import { assertFunction, assertInteger, assertObject, kindOf } from '../internal/assert.ts'
import { longestTimer, type Sleep, sleep } from '../internal/timers.ts'

/**
 * How a failed call is retried. The waits grow exponentially, with full jitter.
 *
 * A call is retried after a 429. After a 5xx, a timeout or a lost connection it is retried only if it is safe to
 * repeat: `webhooks.create` and `replay.create` are not.
 */
export interface RetryOptions {
  /**
   * The highest number of retries of one call: an integer from 0 to 100. 0 disables retries.
   *
   * @defaultValue 3
   */
  readonly limit?: number | undefined
  /**
   * The longest wait before one retry in milliseconds: an integer from 0 to 2_147_483_647. If X requires a longer wait
   * (by a rate limit or by `Retry-After`), the call is not retried and rejects immediately.
   *
   * @defaultValue 60_000
   */
  readonly maxWaitMs?: number | undefined
  /**
   * The base of the exponential backoff in milliseconds: an integer from 0 to 2_147_483_647. The wait before retry `n`,
   * counted from 0, is a random time between 0 and `baseMs` × 2ⁿ.
   *
   * @defaultValue 500
   */
  readonly baseMs?: number | undefined
  /**
   * Returns a random number from 0 (included) to 1 (not included). Set it only in tests.
   *
   * @defaultValue `Math.random`
   */
  readonly random?: (() => number) | undefined
  /**
   * Waits the given number of milliseconds. Set it in tests, and in runtimes with a clock of their own.
   *
   * @defaultValue a timer of the runtime
   */
  readonly sleep?: Sleep | undefined
}

/** {@link RetryOptions} after they were checked, with defaults. */
export type RetryPolicy = { readonly [Name in keyof RetryOptions]-?: NonNullable<RetryOptions[Name]> }

const defaultPolicy: RetryPolicy = { limit: 3, maxWaitMs: 60_000, baseMs: 500, random: Math.random, sleep }

/**
 * Checks the option `retry` and adds the defaults. A number is a `limit`, and `false` is a limit of 0.
 *
 * @throws TypeError or RangeError if an option has the wrong type or is out of range.
 */
export function createRetryPolicy(
  retry: RetryOptions | number | false | undefined,
  defaults: RetryPolicy = defaultPolicy,
): RetryPolicy {
  const options = readOptions(retry)
  const policy: RetryPolicy = {
    limit: options.limit ?? defaults.limit,
    maxWaitMs: options.maxWaitMs ?? defaults.maxWaitMs,
    baseMs: options.baseMs ?? defaults.baseMs,
    random: options.random ?? defaults.random,
    sleep: options.sleep ?? defaults.sleep,
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

/** What is known about an attempt that failed. */
export interface FailedAttempt {
  /** The number of retries before this attempt. */
  readonly retries: number
  /** Whether the request may be sent again: X did not carry it out, or carrying it out twice does no harm. */
  readonly canRepeat: boolean
  /** The time from which X accepts another request, if it gave one. */
  readonly retryAt: Date | undefined
  readonly now: number
}

/** Milliseconds to wait before the next attempt. `undefined` if no attempt follows. */
export function waitBeforeRetry(policy: RetryPolicy, attempt: FailedAttempt): number | undefined {
  const { retries, canRepeat, retryAt, now } = attempt
  if (!canRepeat || retries >= policy.limit) return undefined
  if (retryAt === undefined) return policy.random() * Math.min(policy.baseMs * 2 ** retries, policy.maxWaitMs)
  const wait = Math.max(retryAt.getTime() - now, 0)
  // The random part spreads the requests of all clients that were given the same time.
  return wait > policy.maxWaitMs ? undefined : Math.min(wait + policy.random() * policy.baseMs, policy.maxWaitMs)
}
