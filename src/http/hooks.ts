import type { Problem } from '../errors/api-error.ts'
import type { Endpoint } from '../errors/reasons.ts'
import { assertMethods, assertObject } from '../internal/assert.ts'
import { createEmit, type Emit, notify, readHook } from '../internal/emit.ts'
import { firstSentence } from './read-problems.ts'

/** What `onRequest` is called with: a request that is about to be sent. */
export interface RequestReport {
  /** The call that the request belongs to: `webhooks.create`, `subscriptions.check` … */
  readonly endpoint: Endpoint
  /** The number of the request within its call. The first request is 1. */
  readonly attempt: number
}

/** What X says about a response, for support requests and for finding wrong permissions. */
export interface Trace {
  /**
   * The id of the request at X, from the `x-transaction-id` header. Name it when you ask X for support. Absent if X did
   * not send it.
   */
  readonly transactionId?: string
  /**
   * What the token of the user may do, from the `x-access-level` header: `read`, `read-write` or
   * `read-write-directmessages`. Absent if X did not send it.
   */
  readonly accessLevel?: string
}

/** What `onResponse` is called with: a request that got a response or failed. */
export interface ResponseReport extends RequestReport, Trace {
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

/** What `onStreamConnect` is called with: a stream whose connection is open. */
export interface StreamConnectReport extends RequestReport, Trace {
  /** The call: `activity.stream`. */
  readonly endpoint: Endpoint
  /** Milliseconds from the start of the request to the head of the response. */
  readonly durationMs: number
}

/** What `onStreamDisconnect` is called with: a stream whose connection ended. */
export interface StreamDisconnectReport {
  /** The call: `activity.stream`. */
  readonly endpoint: Endpoint
  /**
   * Why the connection ended.
   *
   * - `ended`: X closed it.
   * - `stalled`: no byte arrived for 20 seconds, not even a keep-alive.
   * - `network`: it was lost.
   * - `refused`: X sent an error in the stream, see `detail`.
   */
  readonly reason: 'ended' | 'stalled' | 'network' | 'refused'
  /** The `disconnect_type` or `connection_issue` of X, such as `UpstreamOperationalDisconnect`. Absent if X sent none. */
  readonly detail?: string
  /** Milliseconds that the connection was open. */
  readonly connectedMs: number
  /** The number of deliveries that arrived on the connection. */
  readonly deliveries: number
  /** Milliseconds until the next connection. Absent if none follows. */
  readonly waitMs?: number
}

/** What `onStreamSkip` is called with: a line of a stream that was left out. */
export interface StreamSkipReport {
  /** The call: `activity.stream`. */
  readonly endpoint: Endpoint
  /** `too_long`: the line is longer than `maxResponseBytes`. `not_json`: the line is not a JSON object. */
  readonly reason: 'too_long' | 'not_json'
  /** The length of the line in bytes. */
  readonly bytes: number
}

/** What `onFallback` is called with: the server has no newer replay endpoint, so the older one is used. */
export interface FallbackReport {
  /** The call: `replay.create`. */
  readonly endpoint: Endpoint
  /** The path that the server does not have. */
  readonly missingPath: string
  /** The path that is used instead, in this call and in later calls of the client. */
  readonly usedPath: string
}

/**
 * What `onPartialErrors` is called with: X carried out the call, and its response has `errors` beside `data`. The call
 * succeeds with what is in `data`.
 */
export interface PartialErrorsReport extends RequestReport, Trace {
  /** The HTTP status of the response, from 200 to 299. */
  readonly status: number
  /** The entries of `errors`, as X wrote them, with credentials redacted: 1 to 100. */
  readonly problems: readonly Problem[]
}

/** A logger: pino, `console`, or any object with these methods. Each is called with one line of text. */
export interface ClientLogger {
  /** Called with each response, each request without one, and each connection of a stream. */
  info(message: string): unknown
  /**
   * Called with each retry, each use of the older replay endpoint, each success that has `errors` beside `data`, and each
   * stream that was disconnected.
   */
  warn(message: string): unknown
  /** Called with the message of each call that X refused or did not respond to. */
  error(message: string): unknown
}

/**
 * Functions for logs and metrics. They are called with each request, without headers and bodies, so no secret reaches
 * them. Only `onPartialErrors` gets a part of the body, with credentials redacted. The return value of a hook is ignored,
 * and so is an error that it throws.
 *
 * In Node.js, the same reports are published to the channels `x-account-activity:request`,
 * `x-account-activity:response`, `x-account-activity:retry`, `x-account-activity:fallback`,
 * `x-account-activity:partial-errors`, `x-account-activity:stream-connect`, `x-account-activity:stream-disconnect` and
 * `x-account-activity:stream-skip` of `node:diagnostics_channel`.
 */
export interface ClientHooks {
  /** Called before each request, including retries and requests for a bearer token. */
  readonly onRequest?: ((report: RequestReport) => unknown) | undefined
  /** Called when a request got a response, whatever its status, or failed. */
  readonly onResponse?: ((report: ResponseReport) => unknown) | undefined
  /** Called when a failed request will be retried, before the wait. */
  readonly onRetry?: ((report: RetryReport) => unknown) | undefined
  /** Called when the server has no newer replay endpoint, before the older one is called. */
  readonly onFallback?: ((report: FallbackReport) => unknown) | undefined
  /** Called when X carried out a call, and reported errors with a part of it, before the call resolves. */
  readonly onPartialErrors?: ((report: PartialErrorsReport) => unknown) | undefined
  /** Called when the connection of a stream is open. */
  readonly onStreamConnect?: ((report: StreamConnectReport) => unknown) | undefined
  /** Called when the connection of a stream ended, before the wait. */
  readonly onStreamDisconnect?: ((report: StreamDisconnectReport) => unknown) | undefined
  /** Called when a line of a stream was left out, because it is too long or not a JSON object. */
  readonly onStreamSkip?: ((report: StreamSkipReport) => unknown) | undefined
}

/** One function for each kind of report. It passes the report to the hook and to the diagnostics channel. */
export interface ClientEmitters {
  readonly request: Emit<RequestReport>
  readonly response: Emit<ResponseReport>
  readonly retry: Emit<RetryReport>
  readonly fallback: Emit<FallbackReport>
  readonly partialErrors: Emit<PartialErrorsReport>
  readonly streamConnect: Emit<StreamConnectReport>
  readonly streamDisconnect: Emit<StreamDisconnectReport>
  readonly streamSkip: Emit<StreamSkipReport>
  /** A call failed. The caller gets the error too, so only the logger is called with it. */
  readonly failure: (error: Error) => void
}

/** Checks and copies the hooks and the logger, so that later changes of the objects have no effect. */
export function readHooks(hooks: ClientHooks = {}, logger?: ClientLogger): ClientEmitters {
  assertObject(hooks, 'hooks')
  const { info, warn, error } = readLogger(logger)
  return {
    request: createEmit('request', readHook(hooks, 'onRequest')),
    response: withLog(createEmit('response', readHook(hooks, 'onResponse')), info, describeResponse),
    retry: withLog(createEmit('retry', readHook(hooks, 'onRetry')), warn, describeRetry),
    fallback: withLog(createEmit('fallback', readHook(hooks, 'onFallback')), warn, describeFallback),
    partialErrors: withLog(
      createEmit('partial-errors', readHook(hooks, 'onPartialErrors')),
      warn,
      describePartialErrors,
    ),
    streamConnect: withLog(createEmit('stream-connect', readHook(hooks, 'onStreamConnect')), info, describeConnect),
    streamDisconnect: withLog(
      createEmit('stream-disconnect', readHook(hooks, 'onStreamDisconnect')),
      warn,
      describeDisconnect,
    ),
    streamSkip: withLog(createEmit('stream-skip', readHook(hooks, 'onStreamSkip')), warn, describeSkip),
    failure: (failure) => notify(error, failure.message),
  }
}

type Log = (message: string) => unknown

function readLogger(logger: ClientLogger | undefined): { info?: Log; warn?: Log; error?: Log } {
  if (logger === undefined) return {}
  assertMethods(logger, 'logger', ['info', 'warn', 'error'])
  return { info: logger.info.bind(logger), warn: logger.warn.bind(logger), error: logger.error.bind(logger) }
}

function withLog<T>(emit: Emit<T>, log: Log | undefined, describe: (report: T) => string): Emit<T> {
  if (log === undefined) return emit
  return (make) => {
    const report = make()
    notify(log, describe(report))
    emit(() => report)
  }
}

function describeResponse({ endpoint, attempt, outcome, durationMs, transactionId }: ResponseReport): string {
  const result = typeof outcome === 'number' ? `HTTP ${outcome}` : outcome
  const id = transactionId === undefined ? '' : `, transaction ${transactionId}`
  return `The call ${endpoint} got ${result} after ${durationMs} ms (attempt ${attempt}${id}).`
}

function describeRetry({ endpoint, attempt, outcome, waitMs }: RetryReport): string {
  const result = typeof outcome === 'number' ? `HTTP ${outcome}` : outcome
  return `The call ${endpoint} is retried in ${Math.round(waitMs)} ms after ${result} (attempt ${attempt}).`
}

function describeFallback({ endpoint, missingPath, usedPath }: FallbackReport): string {
  return `The call ${endpoint} uses ${usedPath}, because the server does not have ${missingPath}.`
}

function describePartialErrors({ endpoint, status, problems }: PartialErrorsReport): string {
  const count = problems.length === 1 ? '1 error' : `${problems.length} errors`
  const first = firstSentence({ entries: problems, root: undefined }).replace(/\s+/g, ' ')
  return `The call ${endpoint} got HTTP ${status} with ${count} beside the data${first === '' ? '.' : `: ${first}`}`
}

function describeConnect({ endpoint, durationMs }: StreamConnectReport): string {
  return `The call ${endpoint} is connected after ${durationMs} ms.`
}

function describeDisconnect({ endpoint, reason, detail, connectedMs, waitMs }: StreamDisconnectReport): string {
  const why = detail === undefined ? reason : `${reason}, ${detail}`
  const next = waitMs === undefined ? '' : ` It connects again in ${Math.round(waitMs)} ms.`
  return `The connection of the call ${endpoint} ended after ${connectedMs} ms (${why}).${next}`
}

function describeSkip({ endpoint, reason, bytes }: StreamSkipReport): string {
  const why = reason === 'too_long' ? 'longer than "maxResponseBytes"' : 'not a JSON object'
  return `The call ${endpoint} left out a line of ${bytes} bytes, because it is ${why}.`
}

/** Reads the headers of a response. A value that does not have the form of X is ignored: it could be an echoed secret. */
export function readTrace(headers: Headers): Trace {
  const transactionId = readValue(headers, 'x-transaction-id', /^[0-9A-Fa-f-]{1,64}$/)
  const accessLevel = readValue(headers, 'x-access-level', /^[a-z-]{1,40}$/)
  return { ...(transactionId !== undefined && { transactionId }), ...(accessLevel !== undefined && { accessLevel }) }
}

function readValue(headers: Headers, name: string, form: RegExp): string | undefined {
  const value = headers.get(name)
  return value !== null && form.test(value) ? value : undefined
}
