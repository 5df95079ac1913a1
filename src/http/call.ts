import type { Authorization, Authorizer } from '../auth/authorizer.ts'
import type { ApiError } from '../errors/api-error.ts'
import { isApiError } from '../errors/guards.ts'
import type { Endpoint, PlatformReason, ReasonOf } from '../errors/reasons.ts'
import type { TransportError } from '../errors/transport-error.ts'
import { buildRequest } from './build-request.ts'
import type { ResponseReport } from './hooks.ts'
import { mapFailure } from './map-failure.ts'
import { abortedError, toTransportError } from './no-answer.ts'
import { readRetryAt } from './rate-limit.ts'
import { type SuccessResponse, readSuccess } from './read-success.ts'
import { waitBeforeRetry } from './retry.ts'
import { type SendFailure, type OutgoingRequest, type RawResponse, send } from './send.ts'
import type { Transport } from './transport.ts'
import { rejectOnAbort } from './until-aborted.ts'

/** One call to an endpoint. */
export interface Call<E extends Endpoint = Endpoint> {
  readonly endpoint: E
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly authorizer: Authorizer
  /** Whether the request may be sent again when it is not known whether it was carried out. */
  readonly isIdempotent: boolean
  /** What X says to a second request after the first was carried out: it means that the call has succeeded. */
  readonly alreadyDoneReason?: PlatformReason
  /** What numeric codes mean at this endpoint, where that is more than they mean elsewhere. */
  readonly reasonsByCode?: Readonly<Record<number, ReasonOf<E>>>
  /** What a 404 means, where it is more than that there is nothing. */
  readonly notFoundHint?: string
  readonly signal?: AbortSignal | undefined
}

/** What has happened so far in one call. */
interface CallState<E extends Endpoint> {
  attempts: number
  retries: number
  /** Whether an earlier attempt may have been carried out, though its answer was lost. */
  mayBeCarriedOut: boolean
  /** The 401 after which another header was made; there is one such attempt in a call. */
  unauthorized?: ApiError<E>
}

/**
 * Sends a request until it is answered for good.
 *
 * @throws {@link ApiError} when X says no.
 * @throws {@link TransportError} when there is no answer.
 */
export async function call<E extends Endpoint>(transport: Transport, request: Call<E>): Promise<SuccessResponse> {
  const outgoing = buildRequest(transport.baseUrl, request)
  const progress: CallState<E> = { attempts: 0, retries: 0, mayBeCarriedOut: false }
  for (;;) {
    const authorization = await authorize(request, outgoing, progress)
    const { raw, event } = await sendAttempt(transport, request, withHeader(outgoing, authorization), progress)
    const secrets = [...transport.secrets, ...authorization.secrets]
    const success = readSuccess(raw, secrets)
    if (success !== undefined) return success
    const failure = readFailure(raw, transport, request, { secrets, attempts: progress.attempts })
    // The answer that was lost said yes; an empty one stands in for it.
    if (progress.mayBeCarriedOut && failure.reason === request.alreadyDoneReason)
      return { status: 204, json: undefined, text: '', secrets }
    const waitMs = discardRefusedToken(failure, authorization, progress) ? 0 : planRetry(raw, transport, request, progress)
    if (waitMs === undefined) throw failure
    transport.emit.retry(() => ({ ...event, waitMs }))
    if (waitMs > 0) await waitForRetry(waitMs, transport, request, progress)
  }
}

async function authorize<E extends Endpoint>(
  request: Call<E>,
  outgoing: OutgoingRequest,
  { attempts, unauthorized }: CallState<E>,
): Promise<Authorization> {
  if (request.signal?.aborted) throw abortedError(request, attempts)
  try {
    return await rejectOnAbort(request.authorizer.authorize(outgoing), request.signal)
  } catch (error) {
    if (request.signal?.aborted) throw abortedError(request, attempts)
    // X gives no other token, so what it said of the first one stands.
    throw unauthorized !== undefined && isApiError(error) && error.status < 429 ? unauthorized : error
  }
}

function withHeader(request: OutgoingRequest, { header }: Authorization): OutgoingRequest {
  return { ...request, headers: { ...request.headers, authorization: header } }
}

async function sendAttempt<E extends Endpoint>(
  { fetch, timeoutMs, emit, now }: Transport,
  { endpoint, signal }: Call<E>,
  outgoing: OutgoingRequest,
  progress: CallState<E>,
): Promise<{ raw: RawResponse | SendFailure; event: ResponseReport }> {
  progress.attempts += 1
  const request = { endpoint, attempt: progress.attempts }
  emit.request(() => request)
  const startedAt = now()
  const raw = await send(outgoing, { fetch, timeoutMs, signal })
  const event = { ...request, outcome: 'status' in raw ? raw.status : raw.reason, durationMs: now() - startedAt }
  emit.response(() => event)
  return { raw, event }
}

function readFailure<E extends Endpoint>(
  raw: RawResponse | SendFailure,
  { now, timeoutMs }: Transport,
  { endpoint, reasonsByCode, notFoundHint }: Call<E>,
  { secrets, attempts }: { readonly secrets: readonly string[]; readonly attempts: number },
): ApiError<E> | TransportError {
  if ('status' in raw) return mapFailure(raw, { endpoint, secrets, now: now(), reasonsByCode, notFoundHint })
  return toTransportError(raw, { endpoint, secrets, attempts, timeoutMs })
}

/** After the first 401 of a call, whether another header can be made. */
function discardRefusedToken<E extends Endpoint>(
  failure: ApiError<E> | TransportError,
  { discardToken }: Authorization,
  progress: CallState<E>,
): boolean {
  if (failure.code !== 'api' || failure.status !== 401 || discardToken === undefined || progress.unauthorized) return false
  discardToken()
  progress.unauthorized = failure
  return true
}

function planRetry<E extends Endpoint>(
  raw: RawResponse | SendFailure,
  { retry, now }: Transport,
  request: Call<E>,
  progress: CallState<E>,
): number | undefined {
  const inDoubt = 'status' in raw ? raw.status >= 500 : raw.reason !== 'aborted'
  // A 429 was not carried out, whatever the method.
  const canRepeat = 'status' in raw && raw.status === 429 ? true : inDoubt && request.isIdempotent
  const retryAt = 'status' in raw ? readRetryAt(raw, now()) : undefined
  const waitMs = waitBeforeRetry(retry, { retries: progress.retries, canRepeat, retryAt, now: now() })
  progress.mayBeCarriedOut ||= inDoubt
  progress.retries += 1
  return waitMs
}

async function waitForRetry<E extends Endpoint>(
  ms: number,
  { retry }: Transport,
  request: Call<E>,
  { attempts }: CallState<E>,
): Promise<void> {
  try {
    await rejectOnAbort(retry.sleep(ms, request.signal), request.signal)
  } catch (error) {
    throw request.signal?.aborted ? abortedError(request, attempts) : error
  }
}
