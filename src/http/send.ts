import ky from 'ky'
import { readBody } from './read-body.ts'
import { rejectOnAbort } from './reject-on-abort.ts'

/**
 * Sends a request and returns the response: the global `fetch`, or a function with the same contract. It is called with
 * the URL and the options of the request, so that the `fetch` of undici, a proxy or a mock can take its place.
 */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** One request, ready to be sent. */
export interface OutgoingRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** How one request is sent. */
export interface SendOptions {
  readonly fetch: Fetch
  /** Additional options for `fetch`. */
  readonly fetchOptions?: object | undefined
  /** Milliseconds until the whole response must have arrived. */
  readonly timeoutMs: number
  /** How many bytes of the body are read. */
  readonly maxResponseBytes: number
  readonly signal?: AbortSignal | undefined
}

/** The response to one request, with its body. */
export interface RawResponse {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Whether the body was longer than `maxResponseBytes`, so that `text` has only its beginning. */
  readonly isCut?: boolean
}

/** Why a request got no response. */
export interface SendFailure {
  readonly reason: 'timeout' | 'aborted' | 'network'
  /** The error that was thrown. It may contain the request: see `plainCause`. */
  readonly cause: unknown
  /** The headers of a response whose body did not arrive completely. Absent if no response began. */
  readonly headers?: Headers | undefined
}

/**
 * Sends one request once and reads the complete response, whatever its status. A failure of the network is returned,
 * not thrown.
 *
 * Redirects are not followed, because the `Authorization` header would be sent to their target.
 *
 * @throws TypeError if `fetch` does not return a `Response`.
 */
export async function send(request: OutgoingRequest, options: SendOptions): Promise<RawResponse | SendFailure> {
  const deadline = startDeadline(options)
  let headers: Headers | undefined
  const onHeaders = (received: Headers) => {
    headers = received
  }
  try {
    return await rejectOnAbort(fetchResponse(request, options, deadline.signal, onHeaders), deadline.signal)
  } catch (cause) {
    if (cause instanceof NotAResponseError) throw new TypeError(cause.message)
    if (options.signal?.aborted) return { reason: 'aborted', cause: options.signal.reason, headers }
    return { reason: deadline.signal.aborted ? 'timeout' : 'network', cause, headers }
  } finally {
    deadline.stop()
  }
}

/** An error in the program, not in the network: it is thrown, and the request is not retried. */
export class NotAResponseError extends Error {}

/** Checks what `fetch` returned. */
export function assertResponse(response: Response): Response {
  if (typeof response?.text !== 'function' || typeof response.headers?.get !== 'function') {
    throw new NotAResponseError('"fetch" must return a Response')
  }
  // A service worker, or a mock of `fetch`, reports a failed connection in this way.
  if (response.type === 'error') throw new TypeError('fetch returned Response.error()')
  return response
}

async function fetchResponse(
  { url, ...request }: OutgoingRequest,
  { fetch, fetchOptions, maxResponseBytes }: SendOptions,
  signal: AbortSignal,
  onHeaders: (headers: Headers) => void,
): Promise<RawResponse> {
  const init: RequestInit = { ...fetchOptions, ...request, redirect: 'manual', signal }
  const response = await ky(url, {
    ...request,
    signal,
    fetch: async () => assertResponse(await fetch(url, init)),
    // Retries and timeouts are handled in `call`: each attempt needs a new signature, and the timeout includes the
    // body.
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
  })
  onHeaders(response.headers)
  return { status: response.status, headers: response.headers, ...(await readBody(response, maxResponseBytes, signal)) }
}

/**
 * A signal that is aborted by the timeout or by the signal of the caller. `stop` removes the timer and the listener.
 */
function startDeadline({ timeoutMs, signal }: SendOptions): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const timer = setTimeout(abort, timeoutMs)
  if (signal?.aborted) abort()
  else signal?.addEventListener('abort', abort, { once: true })
  const stop = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
  return { signal: controller.signal, stop }
}
