import type { Authorization, Authorizer } from '../auth/authorizer.ts'
import type { ApiError } from '../errors/api-error.ts'
import { isApiError } from '../errors/guards.ts'
import type { Endpoint, PlatformReason, ReasonOf } from '../errors/reasons.ts'
import type { TransportError } from '../errors/transport-error.ts'
import { buildRequest } from './build-request.ts'
import { type RequestReport, type ResponseReport, readTrace, type Trace } from './hooks.ts'
import { mapFailure } from './map-failure.ts'
import { networkFailureKind } from './network-failure.ts'
import { readPartialErrors, readSuccess, type SuccessResponse } from './read-success.ts'
import { rejectOnAbort } from './reject-on-abort.ts'
import { createRetryPolicy, waitBeforeRetry } from './retry.ts'
import { type OutgoingRequest, type RawResponse, type SendFailure, send } from './send.ts'
import { toTransportError } from './to-transport-error.ts'
import type { Transport, TransportOptions } from './transport.ts'

/** One call to an endpoint. */
export interface Call<E extends Endpoint = Endpoint> {
  readonly endpoint: E
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly authorizer: Authorizer
  /** Whether the request may be sent again if X may have carried it out already. */
  readonly isIdempotent: boolean
  /** The reason that X gives if the request was carried out before. After a retry, it means that the call succeeded. */
  readonly alreadyDoneReason?: PlatformReason
  /** Numeric codes that have a special meaning at this endpoint. */
  readonly reasonsByCode?: Readonly<Record<number, ReasonOf<E>>>
  /** The hint for a 404, if this endpoint has a better one than the general hint. */
  readonly notFoundHint?: string
  /** What to do after a lost response, if the request must not be repeated: it may have been carried out. */
  readonly lostResponseHint?: string
  readonly signal?: AbortSignal | undefined
  /** What the caller set for this call only. */
  readonly timeoutMs?: number | undefined
  readonly retry?: TransportOptions['retry']
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** What happened so far in one call. */
interface CallState<E extends Endpoint> {
  attempts: number
  retries: number
  /** Whether X may have carried out an earlier attempt, although no usable response arrived. */
  mayBeCarriedOut: boolean
  /** What X says about the last request that it began to respond to. */
  trace: Trace
  /** The first 401 of the call. After it, the token is replaced once. */
  unauthorized?: ApiError<E>
}

/**
 * Sends a request, and retries it until it succeeds or must not be retried.
 *
 * @throws {@link ApiError} if X refuses the request.
 * @throws {@link TransportError} if X does not respond.
 */
export async function call<E extends Endpoint>(client: Transport, request: Call<E>): Promise<SuccessResponse> {
  const transport = forCall(client, request)
  const outgoing = withHeaders(buildRequest(transport.baseUrl, request), transport, request)
  const state: CallState<E> = { attempts: 0, retries: 0, mayBeCarriedOut: false, trace: {} }
  for (;;) {
    const authorization = await authorize(transport, request, outgoing, state)
    const { raw, report } = await sendAttempt(transport, request, withHeader(outgoing, authorization), state)
    const secrets = [...transport.secrets, ...authorization.secrets]
    const success = readSuccess(raw, secrets)
    const { attempts, trace } = state
    if (success !== undefined) {
      reportPartialErrors(transport, success, { endpoint: request.endpoint, attempt: attempts, ...trace })
      return { ...success, attempts, trace, lostResponseHint: request.lostResponseHint }
    }
    const failure = readFailure(raw, transport, request, { ...state, secrets, isSent: true })
    // An earlier attempt succeeded, but its response was lost. An empty response takes its place.
    if (state.mayBeCarriedOut && failure.reason === request.alreadyDoneReason)
      return { status: 204, attempts, trace, json: undefined, text: '', secrets }
    const waitMs = discardRefusedToken(failure, authorization, state)
      ? 0
      : planRetry(raw, failure, { transport, request, state })
    if (waitMs === undefined) {
      transport.emit.failure(failure)
      throw failure
    }
    transport.emit.retry(() => ({ ...report, waitMs }))
    if (waitMs > 0) await waitForRetry(waitMs, transport, request, state)
  }
}

function reportPartialErrors(
  { emit }: Transport,
  success: Parameters<typeof readPartialErrors>[0],
  report: RequestReport & Trace,
): void {
  const problems = readPartialErrors(success)
  if (problems.length > 0) emit.partialErrors(() => ({ ...report, status: success.status, problems }))
}

/** The transport of the client with the options of one call. */
function forCall(transport: Transport, { timeoutMs, retry, headers }: Call): Transport {
  if (timeoutMs === undefined && retry === undefined && headers === undefined) return transport
  return {
    ...transport,
    timeoutMs: timeoutMs ?? transport.timeoutMs,
    retry: createRetryPolicy(retry ?? {}, transport.retry),
    secrets: [...transport.secrets, ...Object.values(headers ?? {})],
  }
}

function withHeaders(request: OutgoingRequest, { userAgent }: Transport, { headers }: Call): OutgoingRequest {
  return { ...request, headers: { ...request.headers, 'user-agent': userAgent, ...headers } }
}

async function authorize<E extends Endpoint>(
  transport: Transport,
  request: Call<E>,
  outgoing: OutgoingRequest,
  state: CallState<E>,
): Promise<Authorization> {
  if (request.signal?.aborted) throw abortedError(transport, request, state)
  try {
    return await rejectOnAbort(request.authorizer.authorize({ ...outgoing, signal: request.signal }), request.signal)
  } catch (error) {
    if (request.signal?.aborted) throw abortedError(transport, request, state)
    const { unauthorized } = state
    // X does not issue another token, so the call fails with the first 401.
    throw unauthorized !== undefined && isApiError(error) && error.status < 429 ? unauthorized : error
  }
}

function withHeader(request: OutgoingRequest, { header }: Authorization): OutgoingRequest {
  return header === undefined ? request : { ...request, headers: { ...request.headers, authorization: header } }
}

async function sendAttempt<E extends Endpoint>(
  { fetch, fetchOptions, timeoutMs, maxResponseBytes, emit, now }: Transport,
  { endpoint, signal }: Call<E>,
  outgoing: OutgoingRequest,
  state: CallState<E>,
): Promise<{ raw: RawResponse | SendFailure; report: ResponseReport }> {
  state.attempts += 1
  const request = { endpoint, attempt: state.attempts }
  emit.request(() => request)
  const startedAt = now()
  const raw = await send(outgoing, { fetch, fetchOptions, timeoutMs, maxResponseBytes, signal })
  const outcome = 'status' in raw ? raw.status : raw.reason
  const trace = raw.headers && readTrace(raw.headers)
  if (trace) state.trace = trace
  const report = { ...request, outcome, durationMs: now() - startedAt, ...trace }
  emit.response(() => report)
  return { raw, report }
}

interface FailureContext extends Pick<CallState<Endpoint>, 'attempts' | 'trace'> {
  readonly secrets: readonly string[]
  /** Whether the last request was sent. */
  readonly isSent: boolean
}

function readFailure<E extends Endpoint>(
  raw: RawResponse | SendFailure,
  { baseUrl, now, timeoutMs, isOwnFetch }: Transport,
  { endpoint, method, path, reasonsByCode, notFoundHint, ...request }: Call<E>,
  { secrets, attempts, trace, isSent }: FailureContext,
): ApiError<E> | TransportError {
  const lostResponseHint = isSent ? request.lostResponseHint : undefined
  if ('status' in raw) {
    return mapFailure(raw, { endpoint, secrets, now: now(), attempts, reasonsByCode, notFoundHint, lostResponseHint })
  }
  const { transactionId } = trace
  const sent = { secrets, attempts, transactionId, timeoutMs, isOwnFetch, lostResponseHint }
  return toTransportError(raw, { endpoint, method, baseUrl, path, ...sent })
}

/** Discards the token after the first 401 of a call. Returns whether there is a new token to try. */
function discardRefusedToken<E extends Endpoint>(
  failure: ApiError<E> | TransportError,
  { discardToken }: Authorization,
  state: CallState<E>,
): boolean {
  if (failure.code !== 'api' || failure.status !== 401 || discardToken === undefined || state.unauthorized) return false
  discardToken()
  state.unauthorized = failure
  return true
}

/** Milliseconds to wait before the next attempt. `undefined` if the call has failed. */
function planRetry<E extends Endpoint>(
  raw: RawResponse | SendFailure,
  failure: ApiError<E> | TransportError,
  {
    transport: { retry, now, isOwnFetch },
    request,
    state,
  }: { readonly transport: Transport; readonly request: Call<E>; readonly state: CallState<E> },
): number | undefined {
  // Waiting helps neither against a used up cap nor against a certificate that is not accepted.
  if (failure.code === 'api' && failure.limitedBy === 'usage_cap') return undefined
  if ('reason' in raw && networkFailureKind(raw.cause, isOwnFetch) === 'certificate') return undefined
  const mayBeCarriedOut = 'status' in raw ? raw.status >= 500 : raw.reason !== 'aborted'
  // X never carries out a request that it answers with 429.
  const canRepeat = 'status' in raw && raw.status === 429 ? true : mayBeCarriedOut && request.isIdempotent
  const retryAt = failure.code === 'api' ? failure.retryAt : undefined
  const waitMs = waitBeforeRetry(retry, { retries: state.retries, canRepeat, retryAt, now: now() })
  state.mayBeCarriedOut ||= mayBeCarriedOut
  state.retries += 1
  return waitMs
}

async function waitForRetry<E extends Endpoint>(
  ms: number,
  transport: Transport,
  request: Call<E>,
  state: CallState<E>,
): Promise<void> {
  try {
    await rejectOnAbort(transport.retry.sleep(ms, request.signal), request.signal)
  } catch (error) {
    throw request.signal?.aborted ? abortedError(transport, request, state) : error
  }
}

/** The error for a call whose signal is aborted before the first attempt, or between two attempts. */
function abortedError(
  transport: Transport,
  request: Call,
  { attempts, trace }: Pick<FailureContext, 'attempts' | 'trace'>,
): Error {
  const failure = { reason: 'aborted', cause: request.signal?.reason } as const
  return readFailure(failure, transport, request, { secrets: transport.secrets, attempts, trace, isSent: false })
}
