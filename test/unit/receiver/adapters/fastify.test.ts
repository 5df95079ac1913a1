import Fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { toFastifyPlugin } from 'x-account-activity/fastify'
import { describeAdapter, describeStreaming, type Serve } from '../../../support/adapter-cases.ts'
import { createTestReceiver, signatureHeader } from '../../../support/receiver.ts'
import { sendRaw } from '../../../support/send-raw.ts'
import { followBody } from '../../../support/x-request.ts'

/** Starts an app on a free port until the test ends. Resolves to its URL. */
function start(app: FastifyInstance): Promise<string> {
  onTestFinished(() => app.close())
  return app.listen({ host: '127.0.0.1', port: 0 })
}

const serve: Serve = async (receiver) => {
  const app = Fastify()
  await app.register(toFastifyPlugin(receiver), { prefix: '/webhook' })
  return start(app)
}

describeAdapter('toFastifyPlugin', serve)
describeStreaming('toFastifyPlugin', serve)

describe('toFastifyPlugin', () => {
  it('uses the bytes that another plugin kept when it read the body', async () => {
    const app = Fastify()
    app.addHook('preParsing', async (request, _reply, payload) => {
      const chunks: Buffer[] = []
      for await (const chunk of payload) chunks.push(chunk as Buffer)
      Object.assign(request, { rawBody: Buffer.concat(chunks) })
    })
    await app.register(toFastifyPlugin(createTestReceiver().receiver))
    const answer = await sendRaw(await start(app), { headers: signatureHeader(followBody()), pieces: [followBody()] })
    expect(answer.status).toBe(200)
  })

  it('does not change how other routes parse their bodies', async () => {
    const app = Fastify()
    await app.register(toFastifyPlugin(createTestReceiver().receiver), { prefix: '/webhook' })
    app.post('/other', async (request) => request.body)
    const answer = await sendRaw(`${await start(app)}/other`, {
      headers: { 'content-type': 'application/json' },
      pieces: ['{"a":1}'],
    })
    expect(JSON.parse(answer.body)).toEqual({ a: 1 })
  })
})
