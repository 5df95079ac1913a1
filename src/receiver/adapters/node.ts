import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Receiver, WebhookAnswer } from '../receiver.ts'
import { isUnfinished, rawBody } from './raw-body.node.ts'

/** A request of `node:http`, with the properties that body parsers and platforms add to it. */
export interface NodeRequest extends IncomingMessage {
  /** The result of a body parser. It can be used only when it is text or bytes, as after `express.raw`. */
  readonly body?: unknown
  /** The raw bytes, when a platform such as Google Cloud Functions read the body and kept them. */
  readonly rawBody?: unknown
}

/** A request handler for `node:http`, Express and Connect. */
export type NodeHandler = (
  request: NodeRequest,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => Promise<void>

/**
 * Turns a receiver into a handler for `node:http`, Express and Connect. It answers every request that it gets, so mount
 * it at the path of the webhook.
 *
 * No body parser may come first, except one that keeps the bytes: `express.raw`, `express.text`, or a platform that
 * sets `rawBody`. After `express.json` the bytes are lost: every delivery is answered with 500, and `onError` gets a
 * `VerificationError` with the reason `body_not_raw`.
 *
 * The promise of the handler never rejects. An error that cannot be answered is passed to `next`; without `next`, the
 * connection is closed.
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
      // Node.js parses a body that came together with its headers in the meantime. It can then be read without waiting.
      await undefined
      const { method = '', url = '/', headers } = request
      const body = rawBody({ request, getParsed: () => request.body, kept: request.rawBody })
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
