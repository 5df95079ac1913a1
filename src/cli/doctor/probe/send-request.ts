import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction, Socket } from 'node:net'
import type { SecureContextOptions } from 'node:tls'
import { sleep } from '../../../internal/timers.ts'
import { describeNetworkError } from './describe-network-error.ts'

/** A request to send, byte for byte. */
export interface ProbeRequest {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** The body in the pieces that it is written in, each as a packet of its own. No body when empty. */
  readonly pieces: readonly Uint8Array[]
  /** Milliseconds until the end of the answer. */
  readonly timeoutMs: number
}

/** How requests are sent. */
export interface SendContext {
  /** Resolves host names. */
  readonly lookup: LookupFunction
  /** Certificates to trust instead of those of Node.js. */
  readonly ca: SecureContextOptions['ca']
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Ends the request. */
  readonly signal: AbortSignal | undefined
}

/** A complete answer. */
export interface Answer {
  readonly kind: 'answer'
  readonly status: number
  /** Header values by names in lower case. Several values are joined. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The body as it was sent, at most {@link longestAnswer} bytes. */
  readonly body: Buffer
  /** Whether the body is longer than that. */
  readonly isCut: boolean
  /** Milliseconds from the start of the request to the end of the answer. */
  readonly durationMs: number
  /** When the request was started, in milliseconds since 1970. */
  readonly startedAt: number
}

/** No complete answer. */
export interface NoAnswer {
  readonly kind: 'timeout' | 'network'
  /** What happened, as a clause: `the connection was refused (ECONNREFUSED)`. */
  readonly what: string
  /** Whether there was a connection. */
  readonly isConnected: boolean
}

/** What came of a request. */
export type Outcome = Answer | NoAnswer

/** A CRC answer has about 70 bytes. */
export const longestAnswer = 65_536

/**
 * Sends a request over a connection of its own. It neither follows redirects nor decompresses. The certificate is not
 * checked here: a wrong one is a finding of another check, and the other checks go on.
 *
 * @throws the reason of the signal when it aborts. It never throws because of what the server does.
 */
export function sendRequest(outgoing: ProbeRequest, context: SendContext): Promise<Outcome> {
  const { url, method, headers, pieces, timeoutMs } = outgoing
  const { lookup, ca, now, signal } = context
  signal?.throwIfAborted()
  return new Promise((resolve, reject) => {
    const startedAt = now()
    let isConnected = false
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(url, { method, headers, lookup, ca, agent: false, rejectUnauthorized: false })
    const end = (settle: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      settle()
      request.destroy()
    }
    const abort = () => end(() => reject(signal?.reason))
    const timer = setTimeout(
      () =>
        end(() => resolve({ kind: 'timeout', what: `no complete answer came within ${timeoutMs} ms`, isConnected })),
      timeoutMs,
    )
    const fail = (error: Error) =>
      end(() => resolve({ kind: 'network', what: describeNetworkError(error), isConnected }))
    signal?.addEventListener('abort', abort, { once: true })
    request.on('socket', (socket) => {
      socket.once('connect', () => {
        isConnected = true
      })
      writePieces(request, socket, pieces).catch(fail)
    })
    let hasBegun = false
    request.on('response', (response) => {
      hasBegun = true
      readAnswer(response).then(
        ({ body, isCut }) =>
          end(() => {
            const { statusCode: status = 0, headers } = response
            resolve({
              kind: 'answer',
              status,
              headers: joinHeaders(headers),
              body,
              isCut,
              durationMs: now() - startedAt,
              startedAt,
            })
          }),
        fail,
      )
    })
    // Without a listener, Node.js closes the connection silently.
    request.on('upgrade', (_, socket) => {
      socket.destroy()
      fail(new Error('the server switched to another protocol (HTTP 101)'))
    })
    request.on('error', fail)
    request.on('close', () => {
      // An answer that has begun ends by itself.
      if (!hasBegun) fail(new Error('the connection was closed before the answer'))
    })
  })
}

/** The pieces of a body are written within about 100 milliseconds. */
const spreadMs = 100

/** Writes each piece as a packet of its own. */
async function writePieces(request: ClientRequest, socket: Socket, pieces: readonly Uint8Array[]): Promise<void> {
  socket.setNoDelay(true)
  for (const piece of pieces) {
    // The server may answer and close before it has read everything: its answer is what counts.
    if (request.destroyed || request.errored) return
    await new Promise<void>((resolve) => request.write(piece, () => resolve()))
    // Two writes without a pause could arrive as one.
    if (pieces.length > 1) await sleep(spreadMs / pieces.length)
  }
  request.end()
}

async function readAnswer(response: IncomingMessage): Promise<{ readonly body: Buffer; readonly isCut: boolean }> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > longestAnswer) break
  }
  return { body: Buffer.concat(chunks).subarray(0, longestAnswer), isCut: size > longestAnswer }
}

function joinHeaders(headers: IncomingMessage['headers']): Answer['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
}
