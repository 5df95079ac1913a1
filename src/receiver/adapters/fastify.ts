import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { Receiver } from '../receiver.ts'
import { isUnfinished, rawBody } from './raw-body.node.ts'

/**
 * Turns a receiver into a Fastify plugin. It answers at the `prefix` that it is registered with.
 *
 * Inside the plugin, Fastify does not parse bodies, so that the receiver gets the bytes as X sent them. Other routes
 * are not changed. A plugin that reads bodies before must keep the bytes in `request.rawBody`, as `fastify-raw-body`
 * does.
 *
 * @see https://docs.x.com/x-api/webhooks/introduction
 *
 * @example
 * import Fastify from 'fastify'
 * import { toFastifyPlugin } from 'x-account-activity/fastify'
 * import { createReceiver } from 'x-account-activity/receiver'
 *
 * const receiver = createReceiver({
 *   consumerSecret: 'consumer-secret',
 *   on: { follow: (event) => console.log(event.sourceId) },
 * })
 * const app = Fastify()
 * await app.register(toFastifyPlugin(receiver), { prefix: '/webhook' })
 */
export function toFastifyPlugin(receiver: Receiver): FastifyPluginAsync {
  return async (fastify) => {
    fastify.removeAllContentTypeParsers()
    fastify.addContentTypeParser('*', (_request, _payload, done) => done(null))
    // Fastify answers a content type that it cannot parse with 415, though the receiver does not look at it.
    fastify.addHook('onRequest', async (request) => {
      request.headers = { ...request.headers, 'content-type': 'application/octet-stream' }
    })
    fastify.all('/', async (request, reply) => {
      const { method = request.method, url = request.url, headers } = request.raw
      const body = rawBody({ request: request.raw, getParsed: () => request.body, kept: keptBody(request) })
      const answer = await receiver.handle({ method, url, headers, body })
      if (isUnfinished(request.raw, body)) reply.header('connection', 'close')
      return reply.code(answer.status).headers(answer.headers).send(answer.body)
    })
  }
}

/** Plugins that read the body, such as `fastify-raw-body`, keep it here. */
function keptBody(request: FastifyRequest & { readonly rawBody?: unknown }): unknown {
  return request.rawBody
}
