import type { Endpoint } from '../errors/reasons.ts'
import { assertObject } from '../internal/assert.ts'
import { createEmit, type Emit, readHook } from '../internal/emit.ts'

/** A request is about to be sent. */
export interface RequestReport {
  /** The call it belongs to: `webhooks.create`, `subscriptions.check` … */
  readonly endpoint: Endpoint
  /** Counts the requests of one call, from 1. */
  readonly attempt: number
}

/** A request was answered, or was not. */
export interface ResponseReport extends RequestReport {
  /** The HTTP status, or why there is none. */
  readonly outcome: number | 'timeout' | 'aborted' | 'network'
  /** Milliseconds from sending to the end of the answer. */
  readonly durationMs: number
}

/** The call goes on with another request. */
export interface RetryReport extends ResponseReport {
  /** Milliseconds until that request. */
  readonly waitMs: number
}

/**
 * For logs and metrics: told of each request, without headers and bodies, and so without secrets. What a hook returns is
 * ignored, and one that throws does no harm.
 *
 * In Node.js the same goes out on channels of `node:diagnostics_channel`: `x-account-activity:request`, `:response` and
 * `:retry`.
 */
export interface ClientHooks {
  readonly onRequest?: (event: RequestReport) => unknown
  readonly onResponse?: (event: ResponseReport) => unknown
  readonly onRetry?: (event: RetryReport) => unknown
}

/** Tells the hooks, and who listens on a channel. */
export interface ClientEmitters {
  readonly request: Emit<RequestReport>
  readonly response: Emit<ResponseReport>
  readonly retry: Emit<RetryReport>
}

/** The hooks checked, and held fast: what the caller does to the object later changes nothing. */
export function readHooks(hooks: ClientHooks = {}): ClientEmitters {
  assertObject(hooks, 'hooks')
  return {
    request: createEmit('request', readHook(hooks, 'onRequest')),
    response: createEmit('response', readHook(hooks, 'onResponse')),
    retry: createEmit('retry', readHook(hooks, 'onRetry')),
  }
}
