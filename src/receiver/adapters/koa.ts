import type { Middleware, Request } from 'koa'
import type { Receiver } from '../receiver.ts'
import { isUnfinished, rawBody } from './raw-body.node.ts'

/**
 * Turns a receiver into a middleware for Koa. It answers every request that it gets, so mount it at the path of the
 * webhook. It does not call `next`.
 *
 * A body parser that comes first must keep the raw text in `ctx.request.rawBody`, as `koa-bodyparser` does. Otherwise
 * every delivery is answered with 500, and `onError` gets a `VerificationError` with the reason `body_not_raw`.
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
    const { req, method, url, headers } = context
    const body = rawBody({ request: req, getParsed: () => request.body, kept: request.rawBody })
    const answer = await receiver.handle({ method, url, headers, body })
    context.status = answer.status
    context.body = answer.body
    context.set(answer.headers)
    if (isUnfinished(req, body)) context.set('connection', 'close')
  }
}
