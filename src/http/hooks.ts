import type { Endpoint } from '../errors/reasons.ts'
import { assertFunction, assertObject } from '../internal/assert.ts'

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
 */
export interface Hooks {
  readonly onRequest?: (event: RequestEvent) => unknown
  readonly onResponse?: (event: ResponseEvent) => unknown
  readonly onRetry?: (event: RetryEvent) => unknown
}

/** The hooks checked, and held fast: what the caller does to the object later changes nothing. */
export function readHooks(hooks: Hooks | undefined): Hooks {
  if (hooks === undefined) return {}
  assertObject(hooks, 'hooks')
  const { onRequest, onResponse, onRetry } = hooks
  const named = Object.entries({ onRequest, onResponse, onRetry }).filter(([, hook]) => hook !== undefined)
  for (const [name, hook] of named) assertFunction(hook, `hooks.${name}`)
  // Bound, for they may be methods of a logger.
  return Object.fromEntries(named.map(([name, hook]) => [name, hook?.bind(hooks)]))
}

/** Calls a hook, if it is there, and lets nothing out of it. */
export function notify<T>(hook: ((event: T) => unknown) | undefined, event: T): void {
  // As a promise, for the hook may be asynchronous, and reject.
  void new Promise((resolve) => resolve(hook?.(event))).catch(() => undefined)
}
