import { readBody } from '../read-body.ts'
import { rejectOnAbort } from '../reject-on-abort.ts'
import {
  assertResponse,
  NotAResponseError,
  type OutgoingRequest,
  type RawResponse,
  type SendFailure,
  type SendOptions,
} from '../send.ts'

/** An open connection whose response is a stream. */
export interface StreamConnection {
  readonly headers: Headers
  /** The next bytes. Nothing is read before it is called. */
  readonly read: () => Promise<StreamRead>
  /** Closes the connection. */
  readonly close: () => void
}

/** What came out of one read. */
export type StreamRead =
  | { readonly bytes: Uint8Array }
  | { readonly end: 'ended' | 'stalled' | 'aborted' }
  | { readonly end: 'network'; readonly cause: unknown }

/** The longest time without a byte: X sends at least a keep-alive every 20 seconds. */
const longestSilenceMs = 20_000

/**
 * Sends a request whose response is a stream, and waits for the head of the response. X sends the head with the first
 * byte, which may take 20 seconds. The body of a response that is not a success is read to its end.
 *
 * @throws TypeError if `fetch` does not return a `Response`.
 */
export async function openStream(
  { url, ...request }: OutgoingRequest,
  options: SendOptions,
): Promise<StreamConnection | RawResponse | SendFailure> {
  const { fetch, fetchOptions, timeoutMs, maxResponseBytes, signal } = options
  const link = linkSignal(signal)
  const timer = setTimeout(link.abort, timeoutMs)
  let isOpen = false
  try {
    const init: RequestInit = { ...fetchOptions, ...request, redirect: 'manual', signal: link.signal }
    const response = assertResponse(await rejectOnAbort(fetch(url, init), link.signal))
    const { status, headers } = response
    if (status >= 200 && status <= 299) {
      isOpen = true
      return toConnection(response, link)
    }
    const body = await rejectOnAbort(readBody(response, maxResponseBytes, link.signal), link.signal)
    return { status, headers, ...body }
  } catch (cause) {
    if (cause instanceof NotAResponseError) throw new TypeError(cause.message)
    if (signal?.aborted) return { reason: 'aborted', cause: signal.reason }
    return { reason: link.signal.aborted ? 'timeout' : 'network', cause }
  } finally {
    clearTimeout(timer)
    if (!isOpen) link.abort()
  }
}

interface LinkedSignal {
  readonly signal: AbortSignal
  /** Aborts the linked signal only, and leaves no listener. */
  readonly abort: () => void
}

/** A signal that is aborted with another one, or by itself. */
function linkSignal(outer: AbortSignal | undefined): LinkedSignal {
  const controller = new AbortController()
  const abort = () => {
    outer?.removeEventListener('abort', abort)
    controller.abort()
  }
  if (outer?.aborted) abort()
  else outer?.addEventListener('abort', abort, { once: true })
  return { signal: controller.signal, abort }
}

function toConnection({ headers, body }: Response, { signal, abort }: LinkedSignal): StreamConnection {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = body?.getReader()
  // A mock of `fetch` may not close the body by itself when the signal is aborted.
  signal.addEventListener('abort', () => void reader?.cancel().catch(() => undefined), { once: true })
  let isStalled = false
  const stall = () => {
    isStalled = true
    abort()
  }
  const read = async (): Promise<StreamRead> => {
    if (signal.aborted) return { end: 'aborted' }
    // More than 20 seconds, because a keep-alive may come at the last moment.
    const timer = setTimeout(stall, longestSilenceMs + 1)
    try {
      if (reader === undefined) return { end: 'ended' }
      const { value } = await rejectOnAbort(reader.read(), signal)
      return value === undefined ? { end: 'ended' } : { bytes: value }
    } catch (cause) {
      if (isStalled) return { end: 'stalled' }
      return signal.aborted ? { end: 'aborted' } : { end: 'network', cause }
    } finally {
      clearTimeout(timer)
    }
  }
  return { headers, read, close: abort }
}
