import type { Authorization, Authorizer } from '../../auth/authorizer.ts'
import type { ApiError } from '../../errors/api-error.ts'
import { isApiError, isTransportError } from '../../errors/guards.ts'
import type { Endpoint } from '../../errors/reasons.ts'
import type { TransportError } from '../../errors/transport-error.ts'
import { notify } from '../../internal/emit.ts'
import { buildRequest } from '../build-request.ts'
import {
  type ResponseReport,
  type RetryReport,
  readTrace,
  type StreamConnectReport,
  type StreamDisconnectReport,
  type StreamSkipReport,
} from '../hooks.ts'
import { mapFailure } from '../map-failure.ts'
import { networkFailureKind } from '../network-failure.ts'
import { rejectOnAbort } from '../reject-on-abort.ts'
import type { RetryPolicy } from '../retry.ts'
import type { OutgoingRequest, RawResponse, SendFailure } from '../send.ts'
import { toTransportError } from '../to-transport-error.ts'
import type { Transport } from '../transport.ts'
import { openStream, type StreamConnection } from './open-stream.ts'
import { readMessage, type StreamMessage } from './read-message.ts'
import { createReconnectWaits, type ReconnectWaits, type StreamFault } from './reconnect-waits.ts'
import { createLineSplitter, type StreamLine } from './split-lines.ts'

/** Functions that are called with what happens to one stream. What they return or throw is ignored. */
export interface StreamHandlers {
  /** Called when the connection is open. */
  readonly connect?: ((report: StreamConnectReport) => unknown) | undefined
  /** Called when the connection ended, before the wait. */
  readonly disconnect?: ((report: StreamDisconnectReport) => unknown) | undefined
  /** Called when a connection could not be opened and will be tried again, before the wait. */
  readonly retry?: ((report: RetryReport) => unknown) | undefined
  /** Called when a line was left out, because it is too long or not a JSON object. */
  readonly skip?: ((report: StreamSkipReport) => unknown) | undefined
}

/** A stream to keep open. */
export interface StreamCall<E extends Endpoint = Endpoint> {
  readonly endpoint: E
  readonly path: string
  /** The query of the next connection. `receivedAt` is the time of the last byte, or absent before the first one. */
  readonly query: (receivedAt: number | undefined) => Readonly<Record<string, string>>
  readonly authorizer: Authorizer
  /** Whether the stream is complete when X closes the connection. Otherwise it is connected again. */
  readonly hasEnd: boolean
  /** Milliseconds until the head of the response must have arrived. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** Limits the faults in a row. Absent for no limit. */
  readonly retry?: RetryPolicy | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly on?: StreamHandlers | undefined
}

/** What the connections of one stream share. */
interface StreamState<E extends Endpoint> {
  readonly transport: Transport
  readonly request: StreamCall<E>
  readonly waits: ReconnectWaits
  /** The number of requests since the last healthy connection. */
  attempts: number
  /** Whether X accepted a connection of this stream before. */
  wasConnected: boolean
  /** Whether the token was replaced since the last connection. */
  hasNewToken: boolean
  receivedAt: number | undefined
}

/** A connection that is open. */
interface Connected {
  readonly connection: StreamConnection
  readonly secrets: readonly string[]
  readonly openedAt: number
}

/** How a connection ended, and what went wrong. */
interface Ending<E extends Endpoint> extends Pick<StreamDisconnectReport, 'reason' | 'detail'> {
  readonly fault: StreamFault
  readonly error: ApiError<E> | TransportError
}

/**
 * The bodies that arrive on a stream, over one connection at a time. A connection that ends is opened again, after the
 * wait that X asks for. Bytes are read only when the caller asks for the next body.
 *
 * @throws {@link ApiError} if X refuses the stream for good.
 * @throws {@link TransportError} if the signal is aborted, or if the limit of retries is reached.
 */
export async function* keepStream<E extends Endpoint>(
  transport: Transport,
  request: StreamCall<E>,
): AsyncGenerator<object, void> {
  const state: StreamState<E> = {
    transport: request.headers ? withSecrets(transport, Object.values(request.headers)) : transport,
    request,
    waits: createReconnectWaits(),
    attempts: 0,
    wasConnected: false,
    hasNewToken: false,
    receivedAt: undefined,
  }
  for (;;) {
    const connected = await connect(state)
    if (connected === undefined) continue
    try {
      const isComplete = yield* readConnection(state, connected)
      if (isComplete) return
    } finally {
      connected.connection.close()
    }
  }
}

function withSecrets(transport: Transport, secrets: readonly string[]): Transport {
  return { ...transport, secrets: [...transport.secrets, ...secrets] }
}

/** Opens a connection. `undefined` if that failed, after the wait. */
async function connect<E extends Endpoint>(state: StreamState<E>): Promise<Connected | undefined> {
  const { transport, request } = state
  const { endpoint, signal } = request
  const { baseUrl, emit, now } = transport
  const query = request.query(state.receivedAt)
  const outgoing = buildRequest(baseUrl, { method: 'GET', path: request.path, query })
  const authorization = await authorize(state, outgoing)
  if (authorization === undefined) return undefined
  state.attempts += 1
  const attempt = { endpoint, attempt: state.attempts }
  emit.request(() => attempt)
  const startedAt = now()
  const opened = await openStream(withHeaders(outgoing, state, authorization), { ...transport, ...timing(request) })
  const outcome = 'status' in opened ? opened.status : 'reason' in opened ? opened.reason : 200
  const trace = 'headers' in opened && opened.headers ? readTrace(opened.headers) : {}
  const durationMs = now() - startedAt
  const report: ResponseReport = { ...attempt, outcome, durationMs, ...trace }
  emit.response(() => report)
  const secrets = [...transport.secrets, ...authorization.secrets]
  if ('read' in opened) {
    const connectReport = { ...attempt, durationMs, ...trace }
    emit.streamConnect(() => connectReport)
    notify(request.on?.connect, connectReport)
    return { connection: opened, secrets, openedAt: now() }
  }
  const failure = toFailure(state, opened, secrets)
  if (failure.code === 'api' && failure.status === 401 && authorization.discardToken && !state.hasNewToken) {
    authorization.discardToken()
    state.hasNewToken = true
    return undefined
  }
  const fault = signal?.aborted ? undefined : faultOf(state, opened, failure)
  if (fault === undefined) throw fail(state, failure)
  await waitAfter(state, fault, failure, report)
  return undefined
}

function timing({ timeoutMs, signal }: StreamCall): Pick<StreamCall, 'timeoutMs' | 'signal'> {
  return { timeoutMs, signal }
}

function withHeaders<E extends Endpoint>(
  outgoing: OutgoingRequest,
  { transport, request }: StreamState<E>,
  { header }: Authorization,
): OutgoingRequest {
  const authorization = header === undefined ? undefined : { authorization: header }
  const headers = { ...outgoing.headers, 'user-agent': transport.userAgent, ...request.headers, ...authorization }
  return { ...outgoing, headers }
}

/** The authorization of the next request. `undefined` if the token could not be fetched, after the wait. */
async function authorize<E extends Endpoint>(
  state: StreamState<E>,
  outgoing: OutgoingRequest,
): Promise<Authorization | undefined> {
  const { authorizer, signal, endpoint } = state.request
  if (signal?.aborted) throw abortedError(state)
  try {
    return await rejectOnAbort(authorizer.authorize({ ...outgoing, signal }), signal)
  } catch (error) {
    if (signal?.aborted) throw abortedError(state)
    const fault = isTransportError(error) ? 'network' : isApiError(error) ? temporaryFault(error) : undefined
    if (fault === undefined) throw error
    const failure = error as ApiError<E> | TransportError
    const outcome = failure.code === 'api' ? failure.status : failure.reason
    await waitAfter(state, fault, failure, { endpoint, attempt: state.attempts + 1, outcome, durationMs: 0 })
    return undefined
  }
}

function toFailure<E extends Endpoint>(
  { transport, request, attempts }: StreamState<E>,
  raw: RawResponse | SendFailure,
  secrets: readonly string[],
): ApiError<E> | TransportError {
  const { endpoint, path, timeoutMs } = request
  if ('status' in raw) return mapFailure(raw, { endpoint, secrets, now: transport.now(), attempts })
  const { baseUrl, isOwnFetch } = transport
  return toTransportError(raw, { endpoint, method: 'GET', baseUrl, path, attempts, timeoutMs, isOwnFetch, secrets })
}

/** The fault of a connection that could not be opened. `undefined` if it makes no sense to try again. */
function faultOf<E extends Endpoint>(
  { transport, wasConnected }: StreamState<E>,
  raw: RawResponse | SendFailure,
  failure: ApiError<E> | TransportError,
): StreamFault | undefined {
  if (failure.code === 'api') return temporaryFault(failure, wasConnected)
  return 'reason' in raw && networkFailureKind(raw.cause, transport.isOwnFetch) === 'certificate'
    ? undefined
    : 'network'
}

/**
 * The fault of an error of X that may pass. Too many connections pass if one of them is an earlier one of this stream that
 * X has not given up yet. Otherwise other processes have them.
 */
function temporaryFault(error: ApiError, wasConnected = false): StreamFault | undefined {
  if (error.reason === 'TooManyConnections') return wasConnected ? 'rate_limit' : undefined
  if (error.limitedBy === 'usage_cap') return undefined
  if (error.status === 429) return 'rate_limit'
  return error.status >= 500 ? 'http' : undefined
}

/** Reads a connection to its end. Returns whether the stream is complete; otherwise it returns after the wait. */
async function* readConnection<E extends Endpoint>(
  state: StreamState<E>,
  { connection, secrets, openedAt }: Connected,
): AsyncGenerator<object, boolean> {
  const { transport, request } = state
  let deliveries = 0
  let ending: Ending<E> | undefined
  const splitter = createLineSplitter(transport.maxResponseBytes)
  while (ending === undefined) {
    const read = await connection.read()
    const lines: Iterable<StreamLine> =
      'bytes' in read ? splitter.split(read.bytes) : read.end === 'ended' ? splitter.end() : []
    state.receivedAt = 'bytes' in read ? transport.now() : state.receivedAt
    for (const line of lines) {
      if (request.signal?.aborted) throw fail(state, abortedError(state))
      const message = readMessage(line)
      if (message.type === 'error') {
        ending = refusedBy(state, connection, secrets, message)
        break
      }
      state.wasConnected = true
      if (message.type === 'skip') skip(state, message)
      if (message.type !== 'delivery') continue
      deliveries += 1
      resetAfter(state)
      yield message.body
    }
    if (request.signal?.aborted) throw fail(state, abortedError(state))
    if (transport.now() - openedAt >= healthyMs) resetAfter(state)
    if (ending === undefined && 'end' in read) ending = endOf(state, read, secrets)
  }
  const isComplete = ending.reason === 'ended' && request.hasEnd
  const report = {
    endpoint: request.endpoint,
    reason: ending.reason,
    connectedMs: transport.now() - openedAt,
    deliveries,
  }
  await disconnect(state, ending, report, isComplete)
  return isComplete
}

/** A connection that lasts this long is healthy, also without a delivery. */
const healthyMs = 20_000

function resetAfter<E extends Endpoint>(state: StreamState<E>): void {
  state.attempts = 0
  state.hasNewToken = false
  state.waits.reset()
}

function skip<E extends Endpoint>(
  { transport, request }: StreamState<E>,
  { reason, bytes }: Extract<StreamMessage, { type: 'skip' }>,
): void {
  const report = { endpoint: request.endpoint, reason, bytes }
  transport.emit.streamSkip(() => report)
  notify(request.on?.skip, report)
}

/** Disconnects of X after which the network schedule is right: X closes the connection for reasons of its own. */
const harmlessDisconnects =
  /^(OperationalDisconnect|UpstreamOperationalDisconnect|UpstreamUncleanDisconnect|SlowReader)$/

/** The ending by an error that X sent in the stream. */
function refusedBy<E extends Endpoint>(
  state: StreamState<E>,
  { headers }: StreamConnection,
  secrets: readonly string[],
  { text, detail }: Extract<StreamMessage, { type: 'error' }>,
): Ending<E> {
  const error = mapFailure(
    { status: 200, headers, text },
    { endpoint: state.request.endpoint, secrets, now: state.transport.now(), attempts: state.attempts },
  )
  const isFinal = error.reason === 'Unauthorized' || error.reason === 'Forbidden' || error.limitedBy === 'usage_cap'
  if (isFinal || (error.reason === 'TooManyConnections' && !state.wasConnected)) throw fail(state, error)
  const isLimited = error.reason === 'TooManyConnections' || error.reason === 'RateLimited'
  const fault = isLimited ? 'rate_limit' : harmlessDisconnects.test(detail ?? '') ? 'network' : 'http'
  return { reason: 'refused', ...(detail !== undefined && { detail }), fault, error }
}

/** The ending of a connection that was closed, lost or silent. */
function endOf<E extends Endpoint>(
  state: StreamState<E>,
  read: { readonly end: 'ended' | 'stalled' | 'aborted' | 'network'; readonly cause?: unknown },
  secrets: readonly string[],
): Ending<E> {
  const reason = read.end === 'ended' || read.end === 'stalled' ? read.end : 'network'
  const message = reason === 'stalled' ? 'No byte arrived for 20 seconds.' : 'X closed the stream.'
  const cause = read.cause ?? Object.assign(new Error(message), { code: 'ECONNRESET' })
  return { reason, fault: 'network', error: toFailure(state, { reason: 'network', cause }, secrets) }
}

async function disconnect<E extends Endpoint>(
  state: StreamState<E>,
  { detail, fault, error }: Ending<E>,
  ended: Omit<StreamDisconnectReport, 'detail' | 'waitMs'>,
  isComplete: boolean,
): Promise<void> {
  const { transport, request } = state
  const waitMs = isComplete ? undefined : planWait(state, fault, error)
  const report = { ...ended, ...(detail !== undefined && { detail }), ...(waitMs !== undefined && { waitMs }) }
  transport.emit.streamDisconnect(() => report)
  notify(request.on?.disconnect, report)
  if (isComplete) return
  if (waitMs === undefined) throw fail(state, error)
  await wait(state, waitMs)
}

/** Waits before the next attempt, or throws the failure if the limit of retries is reached. */
async function waitAfter<E extends Endpoint>(
  state: StreamState<E>,
  fault: StreamFault,
  failure: ApiError<E> | TransportError,
  report: ResponseReport,
): Promise<void> {
  const waitMs = planWait(state, fault, failure)
  if (waitMs === undefined) throw fail(state, failure)
  const retry = { ...report, waitMs }
  state.transport.emit.retry(() => retry)
  notify(state.request.on?.retry, retry)
  await wait(state, waitMs)
}

/** Milliseconds to wait before the next connection. `undefined` if the caller allows no more retries. */
function planWait<E extends Endpoint>(
  { transport, request, waits }: StreamState<E>,
  fault: StreamFault,
  failure: ApiError<E> | TransportError,
): number | undefined {
  const scheduled = waits.next(fault)
  if (request.retry !== undefined && waits.count() > request.retry.limit) return undefined
  const retryAt = failure.code === 'api' ? failure.retryAt : undefined
  return retryAt === undefined ? scheduled : Math.max(scheduled, retryAt.getTime() - transport.now())
}

async function wait<E extends Endpoint>(state: StreamState<E>, ms: number): Promise<void> {
  const { signal, retry = state.transport.retry } = state.request
  try {
    await rejectOnAbort(retry.sleep(ms, signal), signal)
  } catch (error) {
    throw signal?.aborted ? fail(state, abortedError(state)) : error
  }
}

function fail<E extends Endpoint, F extends Error>({ transport }: StreamState<E>, failure: F): F {
  transport.emit.failure(failure)
  return failure
}

function abortedError<E extends Endpoint>(state: StreamState<E>): Error {
  const { secrets } = state.transport
  return toFailure(state, { reason: 'aborted', cause: state.request.signal?.reason }, secrets)
}
