import type { Endpoint } from '../errors/reasons.ts'
import { assertObject } from '../internal/assert.ts'
import { createTell, readHook, type Tell } from '../internal/emit.ts'

/** A request is about to be sent. */
export interface RequestEvent {
  /** The call it belongs to: `webhooks.create`, `subscriptions.check` … */
  readonly endpoint: Endpoint
  /** Counts the requests of one call, from 1. */
  readonly attempt: number
}

/** A request was answered, or was not. */
export interface ResponseEvent extends RequestEvent {
  /** The HTTP status, or why there is none. */
  readonly outcome: number | 'timeout' | 'aborted' | 'network'
  /** Milliseconds from sending to the end of the answer. */
  readonly durationMs: number
}

/** The call goes on with another request. */
export interface RetryEvent extends ResponseEvent {
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
export interface Hooks {
  readonly onRequest?: (event: RequestEvent) => unknown
  readonly onResponse?: (event: ResponseEvent) => unknown
  readonly onRetry?: (event: RetryEvent) => unknown
}

/** Tells the hooks, and who listens on a channel. */
export interface Tells {
  readonly request: Tell<RequestEvent>
  readonly response: Tell<ResponseEvent>
  readonly retry: Tell<RetryEvent>
}

/** The hooks checked, and held fast: what the caller does to the object later changes nothing. */
export function readHooks(hooks: Hooks = {}): Tells {
  assertObject(hooks, 'hooks')
  return {
    request: createTell('request', readHook(hooks, 'onRequest')),
    response: createTell('response', readHook(hooks, 'onResponse')),
    retry: createTell('retry', readHook(hooks, 'onRetry')),
  }
}
