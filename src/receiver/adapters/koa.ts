import type { Middleware, Request } from 'koa'
import type { Receiver } from '../receiver.ts'
import { rawBody } from './raw-body.node.ts'

/**
 * A receiver as a middleware for Koa, which answers every request that it is given: mount it at the path of the webhook.
 *
 * A body parser that comes first must keep the raw text, as `koa-bodyparser` does in `ctx.request.rawBody`.
 *
 * @see https://docs.x.com/x-api/webhooks/introduction
 *
 * @example
 * import Koa from 'koa'
 * import { toKoaMiddleware } from 'x-account-activity/koa'
 * import { createReceiver } from 'x-account-activity/receiver'
 *
 * const receiver = createReceiver({
 *   consumerSecret: 'consumer-secret',
 *   on: { follow: (event) => console.log(event.sourceId) },
 * })
 * const webhook = toKoaMiddleware(receiver)
 * const app = new Koa()
 * app.use((context, next) => (context.path === '/webhook' ? webhook(context, next) : next()))
 */
export function toKoaMiddleware(receiver: Receiver): Middleware {
  return async (context) => {
    const request: Request & { readonly body?: unknown; readonly rawBody?: unknown } = context.request
    const { status, headers, body } = await receiver.handle({
      method: context.method,
      url: context.url,
      headers: context.headers,
      body: rawBody({ request: context.req, parsed: request.body, kept: request.rawBody }),
    })
    context.status = status
    context.body = body
    context.set(headers)
    if (!context.req.complete) context.set('connection', 'close')
  }
}
