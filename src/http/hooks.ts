import type { Endpoint } from '../errors/reasons.ts'
import { assertObject } from '../internal/assert.ts'
import { createEmit, type Emit, readHook } from '../internal/emit.ts'

/** What `onRequest` is called with: a request that is about to be sent. */
export interface RequestReport {
  /** The call that the request belongs to: `webhooks.create`, `subscriptions.check` … */
  readonly endpoint: Endpoint
  /** The number of the request within its call. The first request is 1. */
  readonly attempt: number
}

/** What `onResponse` is called with: a request that got a response or failed. */
export interface ResponseReport extends RequestReport {
  /** The HTTP status, or why X did not respond. */
  readonly outcome: number | 'timeout' | 'aborted' | 'network'
  /** Milliseconds from the start of the request to the end of the response. */
  readonly durationMs: number
}

/** What `onRetry` is called with: a failed request that will be retried. */
export interface RetryReport extends ResponseReport {
  /** Milliseconds until the next request of this call. */
  readonly waitMs: number
}

/**
 * Functions for logs and metrics. They are called with each request, without headers and bodies, so no secret reaches
 * them. The return value of a hook is ignored, and so is an error that it throws.
 *
 * In Node.js, the same reports are published to the channels `x-account-activity:request`,
 * `x-account-activity:response` and `x-account-activity:retry` of `node:diagnostics_channel`.
 */
export interface ClientHooks {
  /** Called before each request, including retries and requests for a bearer token. */
  readonly onRequest?: ((report: RequestReport) => unknown) | undefined
  /** Called when a request got a response, whatever its status, or failed. */
  readonly onResponse?: ((report: ResponseReport) => unknown) | undefined
  /** Called when a failed request will be retried, before the wait. */
  readonly onRetry?: ((report: RetryReport) => unknown) | undefined
}

/** One function for each kind of report. It passes the report to the hook and to the diagnostics channel. */
export interface ClientEmitters {
  readonly request: Emit<RequestReport>
  readonly response: Emit<ResponseReport>
  readonly retry: Emit<RetryReport>
}

/** Checks and copies the hooks, so that later changes of the object have no effect. */
export function readHooks(hooks: ClientHooks = {}): ClientEmitters {
  assertObject(hooks, 'hooks')
  return {
    request: createEmit('request', readHook(hooks, 'onRequest')),
    response: createEmit('response', readHook(hooks, 'onResponse')),
    retry: createEmit('retry', readHook(hooks, 'onRetry')),
  }
}
