import type { Fetch } from '../../src/http/send.ts'

/** One connection to a stream of X, as the server sees it. */
export interface ServedStream {
  readonly url: string
  readonly headers: Headers
  readonly signal: AbortSignal
  /** Sends text in one chunk, or bytes as they are. */
  readonly send: (chunk: string | Uint8Array) => void
  /** Ends the response. */
  readonly end: () => void
  /** Breaks the connection. */
  readonly lose: () => void
  /** The number of chunks that the client asked for. */
  readonly pulls: () => number
  /** Whether the client closed the body. */
  readonly isCancelled: () => boolean
}

/** What the server does with a connection: serve a stream, or return another response. */
export type Serve = (stream: ServedStream) => unknown

/** A `fetch` whose responses are streams. Each connection is served by the next function; the last one repeats. */
export function createStreamServer(...serves: readonly Serve[]): { fetch: Fetch; connections: ServedStream[] } {
  const connections: ServedStream[] = []
  const fetch: Fetch = async (url, init) => {
    let pulls = 0
    let isCancelled = false
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined
    const body = new ReadableStream<Uint8Array>(
      {
        start: (started) => {
          controller = started
        },
        pull: () => {
          pulls += 1
        },
        cancel: () => {
          isCancelled = true
        },
      },
      { highWaterMark: 0 },
    )
    const connection: ServedStream = {
      url,
      headers: new Headers(init.headers),
      signal: init.signal as AbortSignal,
      send: (chunk) => controller?.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk),
      end: () => controller?.close(),
      lose: () => controller?.error(Object.assign(new TypeError('terminated'), { code: 'ECONNRESET' })),
      pulls: () => pulls,
      isCancelled: () => isCancelled,
    }
    const serve = serves[Math.min(connections.length, serves.length - 1)]
    connections.push(connection)
    const response: unknown = await serve?.(connection)
    return response instanceof Response ? response : new Response(body)
  }
  return { fetch, connections }
}
