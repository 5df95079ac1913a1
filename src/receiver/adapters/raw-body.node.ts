import type { IncomingMessage } from 'node:http'
import { isBytes } from '../../internal/bytes.ts'
import type { WebhookRequest } from '../receiver.ts'

/** A request of `node:http`, with the results of those that may have read its body before. */
export interface ReadableRequest {
  readonly request: IncomingMessage
  /**
   * Returns the result of a body parser. It can be used only when it is text or bytes. Called only when the body was read:
   * on some platforms this is a getter that parses the body, and throws.
   */
  readonly getParsed: () => unknown
  /** The raw bytes, when a platform or a plugin read the body and kept them. */
  readonly kept?: unknown
}

/** Finds the raw bytes of a request: kept by a platform, left by a parser, received already, or still to be read. */
export function rawBody({ request, getParsed, kept }: ReadableRequest): WebhookRequest['body'] {
  if (kept !== undefined && kept !== null) return kept as WebhookRequest['body']
  // Text and bytes are accepted. Anything else, the receiver refuses with the reason `body_not_raw`.
  if (request.readableDidRead) return (getParsed() ?? {}) as WebhookRequest['body']
  return readWhole(request) ?? { [Symbol.asyncIterator]: () => iterate(request) }
}

/** Reads a body that was received completely, which most are. Reading it in pieces would be slower. */
function readWhole(request: IncomingMessage): Uint8Array | undefined {
  const { readableLength, readableEncoding, headers } = request
  if (readableLength === 0 || readableLength !== Number(headers['content-length'])) return undefined
  if (readableEncoding !== null) return undefined
  const bytes: Uint8Array = request.read()
  // Without it, Node.js would not notice the end of the request.
  request.resume()
  return bytes
}

/**
 * Whether a part of a request was not read, so that its connection cannot be used for another request. In HTTP/2 a
 * connection is not tied to a request.
 */
export function isUnfinished(request: IncomingMessage, body: WebhookRequest['body']): boolean {
  if (request.httpVersionMajor > 1) return false
  // A body that was read as a whole may be answered before Node.js has set `complete`.
  return !request.complete && !isBytes(body)
}

/**
 * Iterates over the pieces of a body. The iterator of Node.js is slower. When it is stopped early, it destroys the
 * socket, which is needed for the answer, and it waits for the next piece. This one does neither.
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
    if (end === undefined) finish(new Error('The connection was closed before the end of the body.'))
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
      // Not `instanceof Error`: in a test runner, the errors of Node.js are of another realm.
      if (end !== 'done') throw end
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
