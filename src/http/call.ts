import type { Authorization, Authorizer } from '../auth/authorizer.ts'
import type { ApiError } from '../errors/api-error.ts'
import { isApiError } from '../errors/guards.ts'
import type { Endpoint, PlatformReason, ReasonOf } from '../errors/reasons.ts'
import type { TransportError } from '../errors/transport-error.ts'
import { buildRequest } from './build-request.ts'
import type { ResponseReport } from './hooks.ts'
import { mapFailure } from './map-failure.ts'
import { aborted, noAnswer } from './no-answer.ts'
import { readDueAt } from './rate-limit.ts'
import { type Answer, readSuccess } from './read-success.ts'
import { waitBeforeRetry } from './retry.ts'
import { type NoAnswer, type OutgoingRequest, type RawAnswer, send } from './send.ts'
import type { Transport } from './transport.ts'
import { untilAborted } from './until-aborted.ts'

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
  readonly repeatable: boolean
  /** What X says to a second request after the first was carried out: it means that the call has succeeded. */
  readonly doneReason?: PlatformReason
  /** What numeric codes mean at this endpoint, where that is more than they mean elsewhere. */
  readonly codes?: Readonly<Record<number, ReasonOf<E>>>
  /** What a 404 means, where it is more than that there is nothing. */
  readonly notFoundHint?: string
  readonly signal?: AbortSignal | undefined
}

/** What has happened so far in one call. */
interface Progress<E extends Endpoint> {
  attempts: number
  retries: number
  /** Whether an earlier attempt may have been carried out, though its answer was lost. */
  inDoubt: boolean
  /** The 401 after which another header was made; there is one such attempt in a call. */
  refusal?: ApiError<E>
}

/**
 * Sends a request until it is answered for good.
 *
 * @throws {@link ApiError} when X says no.
 * @throws {@link TransportError} when there is no answer.
 */
export async function call<E extends Endpoint>(transport: Transport, request: Call<E>): Promise<Answer> {
  const outgoing = buildRequest(transport.baseUrl, request)
  const progress: Progress<E> = { attempts: 0, retries: 0, inDoubt: false }
  for (;;) {
    const authorization = await authorize(request, outgoing, progress)
    const { raw, event } = await exchange(transport, request, withHeader(outgoing, authorization), progress)
    const secrets = [...transport.secrets, ...authorization.secrets]
    const success = readSuccess(raw, secrets)
    if (success !== undefined) return success
    const failure = readFailure(raw, transport, request, { secrets, attempts: progress.attempts })
    // The answer that was lost said yes; an empty one stands in for it.
    if (progress.inDoubt && failure.reason === request.doneReason)
      return { status: 204, json: undefined, text: '', secrets }
    const waitMs = renew(failure, authorization, progress) ? 0 : nextWait(raw, transport, request, progress)
    if (waitMs === undefined) throw failure
    transport.tell.retry(() => ({ ...event, waitMs }))
    if (waitMs > 0) await pause(waitMs, transport, request, progress)
  }
}

async function authorize<E extends Endpoint>(
  request: Call<E>,
  outgoing: OutgoingRequest,
  { attempts, refusal }: Progress<E>,
): Promise<Authorization> {
  if (request.signal?.aborted) throw aborted(request, attempts)
  try {
    return await untilAborted(request.authorizer.authorize(outgoing), request.signal)
  } catch (error) {
    if (request.signal?.aborted) throw aborted(request, attempts)
    // X gives no other token, so what it said of the first one stands.
    throw refusal !== undefined && isApiError(error) && error.status < 429 ? refusal : error
  }
}

function withHeader(request: OutgoingRequest, { header }: Authorization): OutgoingRequest {
  return { ...request, headers: { ...request.headers, authorization: header } }
}

async function exchange<E extends Endpoint>(
  { fetch, timeoutMs, tell, now }: Transport,
  { endpoint, signal }: Call<E>,
  outgoing: OutgoingRequest,
  progress: Progress<E>,
): Promise<{ raw: RawAnswer | NoAnswer; event: ResponseReport }> {
  progress.attempts += 1
  const request = { endpoint, attempt: progress.attempts }
  tell.request(() => request)
  const startedAt = now()
  const raw = await send(outgoing, { fetch, timeoutMs, signal })
  const event = { ...request, outcome: 'status' in raw ? raw.status : raw.reason, durationMs: now() - startedAt }
  tell.response(() => event)
  return { raw, event }
}

function readFailure<E extends Endpoint>(
  raw: RawAnswer | NoAnswer,
  { now, timeoutMs }: Transport,
  { endpoint, codes, notFoundHint }: Call<E>,
  { secrets, attempts }: { readonly secrets: readonly string[]; readonly attempts: number },
): ApiError<E> | TransportError {
  if ('status' in raw) return mapFailure(raw, { endpoint, secrets, now: now(), codes, notFoundHint })
  return noAnswer(raw, { endpoint, secrets, attempts, timeoutMs })
}

/** After the first 401 of a call, whether another header can be made. */
function renew<E extends Endpoint>(
  failure: ApiError<E> | TransportError,
  { refuse }: Authorization,
  progress: Progress<E>,
): boolean {
  if (failure.code !== 'api' || failure.status !== 401 || refuse === undefined || progress.refusal) return false
  refuse()
  progress.refusal = failure
  return true
}

function nextWait<E extends Endpoint>(
  raw: RawAnswer | NoAnswer,
  { retry, now }: Transport,
  request: Call<E>,
  progress: Progress<E>,
): number | undefined {
  const inDoubt = 'status' in raw ? raw.status >= 500 : raw.reason !== 'aborted'
  // A 429 was not carried out, whatever the method.
  const repeatable = 'status' in raw && raw.status === 429 ? true : inDoubt && request.repeatable
  const dueAt = 'status' in raw ? readDueAt(raw, now()) : undefined
  const waitMs = waitBeforeRetry(retry, { retries: progress.retries, repeatable, dueAt, now: now() })
  progress.inDoubt ||= inDoubt
  progress.retries += 1
  return waitMs
}

async function pause<E extends Endpoint>(
  ms: number,
  { retry }: Transport,
  request: Call<E>,
  { attempts }: Progress<E>,
): Promise<void> {
  try {
    await untilAborted(retry.sleep(ms, request.signal), request.signal)
  } catch (error) {
    throw request.signal?.aborted ? aborted(request, attempts) : error
  }
}
