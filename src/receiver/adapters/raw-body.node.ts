import type { IncomingMessage } from 'node:http'
import { isBytes } from '../../internal/bytes.ts'
import type { WebhookRequest } from '../receiver.ts'

/** A request of `node:http`, and where frameworks and platforms keep what they read of it. */
export interface ReadableRequest {
  readonly request: IncomingMessage
  /** What a body parser made of the body: usable only where it left it as text or bytes. */
  readonly parsed?: unknown
  /** The raw bytes, where a platform or plugin read the body and kept them. */
  readonly kept?: unknown
}

/** The raw bytes wherever they are: kept by somebody, left by a parser, here already, or still to come. */
export function rawBody({ request, parsed, kept }: ReadableRequest): WebhookRequest['body'] {
  if (kept !== undefined) return kept as WebhookRequest['body']
  // What a parser left: the receiver takes text and bytes, and says what is wrong with anything else.
  if (request.readableDidRead) return (parsed ?? {}) as WebhookRequest['body']
  return readWhole(request) ?? { [Symbol.asyncIterator]: () => iterate(request) }
}

/** The whole of a body, if it is here: most are, and then nothing has to wait for pieces. */
function readWhole(request: IncomingMessage): Uint8Array | undefined {
  const { readableLength, readableEncoding, headers } = request
  if (readableLength === 0 || readableLength !== Number(headers['content-length'])) return undefined
  if (readableEncoding !== null) return undefined
  const bytes: Uint8Array = request.read()
  // Lets Node.js see that the request has ended.
  request.resume()
  return bytes
}

/** Whether there is more of a request than was read of it: its connection is then no good for another one. */
export function isUnfinished(request: IncomingMessage, body: WebhookRequest['body']): boolean {
  // What was here as a whole may be answered before the parser gets to the end of the request.
  return !request.complete && !isBytes(body)
}

/**
 * The pieces of a body. Node.js has an iterator of its own; this one is lighter, leaves the socket alone, which the answer
 * has to go through, and lets go without waiting for a piece.
 */
function iterate(request: IncomingMessage): AsyncIterator<Uint8Array, undefined> {
  const pieces: Uint8Array[] = []
  let end: Error | 'done' | undefined
  let wake = () => {}

  const take = (piece: Uint8Array) => {
    pieces.push(piece)
    wake()
  }
  const finish = (how: Error | 'done') => {
    end ??= how
    request.off('data', take)
    wake()
  }
  const breakOff = () => {
    if (end === undefined) finish(new Error('The request broke off'))
  }
  if (request.destroyed) breakOff()
  else
    request
      .on('data', take)
      .on('end', () => finish('done'))
      .on('error', finish)
      .on('close', breakOff)

  return {
    async next() {
      while (pieces.length === 0 && end === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      const value = pieces.shift()
      if (value !== undefined) return { done: false, value }
      if (end instanceof Error) throw end
      return { done: true, value: undefined }
    },
    async return() {
      pieces.length = 0
      finish('done')
      request.pause()
      return { done: true, value: undefined }
    },
  }
}
