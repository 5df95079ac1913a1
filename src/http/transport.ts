import { assertFunction, assertInteger, assertObject, assertText } from '../internal/assert.ts'
import type { Clock } from '../internal/clock.ts'
import { parseHttpUrl } from '../internal/http-url.ts'
import { longestTimer } from '../internal/timers.ts'
import { type ClientEmitters, type ClientHooks, type ClientLogger, readHooks } from './hooks.ts'
import { createRetryPolicy, type RetryOptions, type RetryPolicy } from './retry.ts'
import type { Fetch } from './send.ts'

/** How requests are sent to X. */
export interface TransportOptions {
  /**
   * The base URL of the API: http or https, with or without a path, without a query and a fragment. Set it for a proxy
   * or for the emulator.
   *
   * @defaultValue `https://api.x.com`
   */
  readonly baseUrl?: string | URL | undefined
  /**
   * Sends a request. It is called as `fetch(url, init)` and must return a `Response`. Set it for a proxy or for tests.
   *
   * @defaultValue the global `fetch`, looked up for each request
   */
  readonly fetch?: Fetch | undefined
  /**
   * Options that are passed to `fetch` with each request, such as the `dispatcher` of undici or the `proxy` of Bun. The
   * method, the headers, the body, the signal and `redirect` cannot be set here.
   *
   * @defaultValue no additional options
   */
  readonly fetchOptions?: Readonly<Record<string, unknown>> | undefined
  /**
   * The `User-Agent` header: printable ASCII.
   *
   * @defaultValue `x-account-activity/` and the version of this package
   */
  readonly userAgent?: string | undefined
  /**
   * Timeout of one attempt in milliseconds, from the start of the request to the end of the response: an integer from 1
   * to 2_147_483_647. Retries have a timeout of their own; use `signal` to limit the whole call.
   *
   * @defaultValue 10_000
   */
  readonly timeoutMs?: number | undefined
  /**
   * The largest body of a response in bytes, after decompression: an integer from 1 to 2_147_483_647. The rest of a
   * larger body is not read. A success with a larger body rejects with a `ResponseError`; an error keeps the beginning
   * of its body.
   *
   * @defaultValue 10_000_000
   */
  readonly maxResponseBytes?: number | undefined
  /**
   * When and how often a failed request is retried. A number sets only the `limit`; `false` disables retries.
   *
   * @defaultValue 3 retries, see {@link RetryOptions}
   */
  readonly retry?: RetryOptions | number | false | undefined
  /**
   * Functions that are called with each request, response and retry.
   *
   * @defaultValue no hooks
   */
  readonly hooks?: ClientHooks | undefined
  /**
   * A logger, such as pino or `console`: `info` is called with each response, `warn` with each retry, with each use
   * of the older replay endpoint and with errors beside the data of a success, and `error` with each call that failed. The
   * lines contain no secrets.
   *
   * @defaultValue no logger
   */
  readonly logger?: ClientLogger | undefined
  /**
   * Returns the current time in milliseconds since 1970. It is used for OAuth 1.0a timestamps and rate limits.
   *
   * @defaultValue `Date.now`
   */
  readonly now?: Clock | undefined
}

/** The version is that of `package.json`. */
export const defaultUserAgent = 'x-account-activity/0.0.0'

/** {@link TransportOptions} after they were checked, with defaults. */
export interface Transport {
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly fetch: Fetch
  readonly fetchOptions: object | undefined
  readonly userAgent: string
  /** Whether `fetch` is the function of the options, not the global one. */
  readonly isOwnFetch: boolean
  readonly timeoutMs: number
  readonly maxResponseBytes: number
  readonly retry: RetryPolicy
  readonly emit: ClientEmitters
  readonly now: Clock
  /** Texts that must not appear in an error of any call. */
  readonly secrets: readonly string[]
}

/**
 * Checks the options and adds the defaults.
 *
 * @param secrets - The credentials that are known now. No error shows them, even if the failed call did not use them.
 * @throws TypeError or RangeError if an option has the wrong type or is out of range.
 */
export function createTransport(options: TransportOptions, secrets: readonly string[]): Transport {
  const { timeoutMs = 10_000, maxResponseBytes = 10_000_000, baseUrl = 'https://api.x.com' } = options
  const { userAgent = defaultUserAgent, fetchOptions } = options
  assertText(userAgent, 'userAgent')
  if (!/^[\x20-\x7e]+$/.test(userAgent)) throw new RangeError('"userAgent" must be printable ASCII')
  if (fetchOptions !== undefined) assertObject(fetchOptions, 'fetchOptions')
  assertInteger(timeoutMs, 'timeoutMs', { min: 1, max: longestTimer })
  assertInteger(maxResponseBytes, 'maxResponseBytes', { min: 1, max: 2 ** 31 - 1 })
  // The globals are looked up for each request, because tests may mock them later.
  const fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init))
  const now = options.now ?? (() => Date.now())
  assertFunction(fetch, 'fetch')
  assertFunction(now, 'now')
  return {
    baseUrl: readBaseUrl(baseUrl),
    fetch,
    fetchOptions: fetchOptions === undefined ? undefined : { ...fetchOptions },
    userAgent,
    isOwnFetch: options.fetch !== undefined,
    timeoutMs,
    maxResponseBytes,
    retry: createRetryPolicy(options.retry),
    emit: readHooks(options.hooks, options.logger),
    now,
    secrets,
  }
}

/** Checks a base URL and removes the slashes at its end. */
export function readBaseUrl(value: unknown): string {
  const url = parseHttpUrl(value, 'baseUrl')
  if (url.search !== '' || url.hash !== '') throw new RangeError('"baseUrl" must have neither a query nor a fragment')
  return url.origin + url.pathname.replace(/\/+$/, '')
}
