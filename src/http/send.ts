import ky from 'ky'
import { rejectOnAbort } from './until-aborted.ts'

/** How requests go out: `fetch`, or what stands in for it. */
export type Fetch = (request: Request) => Promise<Response>

/** One request, ready to go. */
export interface OutgoingRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** How long it may take, and how it goes out. */
export interface SendOptions {
  readonly fetch: Fetch
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/** The answer to one request, read to its end. */
export interface RawResponse {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Why there is none. */
export interface SendFailure {
  readonly reason: 'timeout' | 'aborted' | 'network'
  /** What was thrown underneath. It may hold the request: see `plainCause`. */
  readonly cause: unknown
}

/**
 * Sends one request once, and reads the whole answer, whatever its status. Never throws for what the network does.
 *
 * No redirect is followed: the `Authorization` header would go with it to wherever it points.
 *
 * @throws TypeError when `fetch` does not answer with a `Response`.
 */
export async function send(request: OutgoingRequest, options: SendOptions): Promise<RawResponse | SendFailure> {
  const deadline = startDeadline(options)
  try {
    return await rejectOnAbort(fetchResponse(request, options.fetch, deadline.signal), deadline.signal)
  } catch (cause) {
    if (cause instanceof NotAResponseError) throw new TypeError(cause.message)
    if (options.signal?.aborted) return { reason: 'aborted', cause: options.signal.reason }
    return { reason: deadline.signal.aborted ? 'timeout' : 'network', cause }
  } finally {
    deadline.stop()
  }
}

/** A fault of the program, not of the network: it is neither hidden nor tried again. */
class NotAResponseError extends Error {}

function assertResponse(response: Response): Response {
  if (typeof response?.text === 'function' && typeof response.headers?.get === 'function') return response
  throw new NotAResponseError('"fetch" must answer with a Response')
}

async function fetchResponse(request: OutgoingRequest, fetch: Fetch, signal: AbortSignal): Promise<RawResponse> {
  const { url, ...init } = request
  const response = await ky(url, {
    ...init,
    signal,
    fetch: async (input) => assertResponse(await fetch(input as Request)),
    redirect: 'manual',
    // Retries and time-outs are ours: an attempt is signed anew, and may take as long as its body needs.
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** One signal for the time that an attempt may take and for the caller's own; `stop` leaves nothing of either behind. */
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
