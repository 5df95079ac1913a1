import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Receiver, WebhookAnswer } from '../receiver.ts'
import { isUnfinished, rawBody } from './raw-body.node.ts'

/** A request of `node:http`, and what frameworks and platforms hang on it. */
export interface NodeRequest extends IncomingMessage {
  /** What a body parser made of the body: usable only where it left it as text or bytes. */
  readonly body?: unknown
  /** The raw bytes, where a platform (Google Cloud Functions, for one) read the body and kept them. */
  readonly rawBody?: unknown
}

/** A handler for `node:http`, Express and Connect. */
export type NodeHandler = (
  request: NodeRequest,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => Promise<void>

/**
 * A receiver as a handler for `node:http`, Express and Connect.
 *
 * Mount it where no body parser comes first. Where one does, `express.raw` and `express.text` leave the bytes usable, and
 * so does a platform that keeps `rawBody`; after `express.json` the bytes are gone, every delivery is answered with 500,
 * and `onError` is told `body_not_raw`.
 *
 * @see https://docs.x.com/x-api/webhooks/introduction
 *
 * @example
 * import { createServer } from 'node:http'
 * import { toNodeHandler } from 'x-account-activity/node'
 * import { createReceiver } from 'x-account-activity/receiver'
 *
 * const receiver = createReceiver({
 *   consumerSecret: 'consumer-secret',
 *   on: { follow: (event) => console.log(event.sourceId) },
 * })
 * const server = createServer(toNodeHandler(receiver))
 */
export function toNodeHandler(receiver: Receiver): NodeHandler {
  return async (request, response, next) => {
    try {
      // A body that came along with its headers is parsed after them, but before this goes on.
      await undefined
      const { method = '', url = '/', headers } = request
      const body = rawBody({ request, parsed: request.body, kept: request.rawBody })
      const answer = await receiver.handle({ method, url, headers, body })
      if (isUnfinished(request, body)) response.setHeader('connection', 'close')
      send(response, answer)
    } catch (error) {
      if (next === undefined) response.destroy()
      else next(error)
    }
  }
}

function send(response: ServerResponse, { status, headers, body }: WebhookAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
