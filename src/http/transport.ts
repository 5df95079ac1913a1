import { assertFunction, assertInteger } from '../internal/assert.ts'
import type { Clock } from '../internal/clock.ts'
import { parseHttpUrl } from '../internal/http-url.ts'
import { longestTimer } from '../internal/timers.ts'
import { type ClientHooks, type ClientEmitters, readHooks } from './hooks.ts'
import { createRetryPolicy, type RetryOptions, type RetryPolicy } from './retry.ts'
import type { Fetch } from './send.ts'

/** How requests reach X. */
export interface TransportOptions {
  /** Where X is: an http or https URL, with or without a path; `https://api.x.com` unless set. */
  readonly baseUrl?: string | URL
  /** What sends a request, for proxies and tests; the global `fetch` unless set. It is called with a `Request`. */
  readonly fetch?: Fetch
  /** Milliseconds that one attempt may take, to the end of the answer; 10,000 unless set. */
  readonly timeoutMs?: number
  /** When and how often a call is tried again; a number is a limit, `false` is never. */
  readonly retry?: RetryOptions | number | false
  /** Told of each request. */
  readonly hooks?: ClientHooks
  /** The time in milliseconds since 1970; `Date.now` unless set. OAuth 1.0a timestamps come from it. */
  readonly now?: Clock
}

/** {@link TransportOptions} checked and complete. */
export interface Transport {
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly fetch: Fetch
  readonly timeoutMs: number
  readonly retry: RetryPolicy
  readonly emit: ClientEmitters
  readonly now: Clock
  /** What must not get into an error, whichever call it is of. */
  readonly secrets: readonly string[]
}

/**
 * A way to X.
 *
 * @param secrets - Credentials that are known beforehand: no error shows them, not even one of a call without them.
 * @throws TypeError or RangeError when an option is of the wrong type or out of range.
 */
export function createTransport(options: TransportOptions, secrets: readonly string[]): Transport {
  const { timeoutMs = 10_000, baseUrl = 'https://api.x.com' } = options
  assertInteger(timeoutMs, 'timeoutMs', { min: 1, max: longestTimer })
  // The globals are looked up when they are needed: they may be mocked by then.
  const fetch = options.fetch ?? ((request) => globalThis.fetch(request))
  const now = options.now ?? (() => Date.now())
  assertFunction(fetch, 'fetch')
  assertFunction(now, 'now')
  return {
    baseUrl: readBaseUrl(baseUrl),
    fetch,
    timeoutMs,
    retry: createRetryPolicy(options.retry),
    emit: readHooks(options.hooks),
    now,
    secrets,
  }
}

/** A base URL, without a slash at its end. */
export function readBaseUrl(value: unknown): string {
  const url = parseHttpUrl(value, 'baseUrl')
  if (url.search !== '' || url.hash !== '') throw new RangeError('"baseUrl" must have neither a query nor a fragment')
  return url.origin + url.pathname.replace(/\/+$/, '')
}
