import Koa, { type Middleware } from 'koa'
import { describe, expect, it } from 'vitest'
import { toKoaMiddleware } from 'x-account-activity/koa'
import { describeAdapter, describeStreaming, type Serve } from '../../../support/adapter-cases.ts'
import { listen } from '../../../support/listen.ts'
import { createTestReceiver, signatureHeader } from '../../../support/receiver.ts'
import { sendRaw } from '../../../support/send-raw.ts'
import { followBody } from '../../../support/x-request.ts'

const serve: Serve = (receiver) => listen(new Koa().use(toKoaMiddleware(receiver)).callback())

describeAdapter('toKoaMiddleware', serve)
describeStreaming('toKoaMiddleware', serve)

describe('toKoaMiddleware after a body parser', () => {
  /** Reads the body, and sets on the request what `keep` returns for it. */
  const parser =
    (keep: (text: string) => object): Middleware =>
    async (context, next) => {
      const chunks: Buffer[] = []
      for await (const chunk of context.req) chunks.push(chunk)
      Object.assign(context.request, keep(Buffer.concat(chunks).toString()))
      await next()
    }

  async function send(keep: (text: string) => object) {
    const middleware = toKoaMiddleware(createTestReceiver().receiver)
    const url = await listen(new Koa().use(parser(keep)).use(middleware).callback())
    return sendRaw(url, { headers: signatureHeader(followBody()), pieces: [followBody()] })
  }

  it('uses the text that the parser kept', async () => {
    expect((await send((text) => ({ body: JSON.parse(text), rawBody: text }))).status).toBe(200)
  })

  it('answers with 500 when the parser kept no text', async () => {
    const answer = await send((text) => ({ body: JSON.parse(text) }))
    expect(answer).toMatchObject({ status: 500, body: expect.stringContaining('body_not_raw') })
  })
})
