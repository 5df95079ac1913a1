import express from 'express'
import { describe, expect, it, vi } from 'vitest'
import { type NodeHandler, type NodeRequest, toNodeHandler } from 'x-account-activity/node'
import { describeAdapter, describeStreaming } from '../../../support/adapter-cases.ts'
import { listen } from '../../../support/listen.ts'
import { crcAnswers, createTestReceiver, signatureHeader } from '../../../support/receiver.ts'
import { followBody } from '../../../support/x-request.ts'

const servers: [string, (handler: NodeHandler) => Promise<string>][] = [
  ['node:http', (handler) => listen(handler)],
  ['Express', (handler) => listen(express().use('/webhook', handler))],
]

for (const [name, serve] of servers) {
  describeAdapter(`toNodeHandler in ${name}`, (receiver) => serve(toNodeHandler(receiver)))
  describeStreaming(`toNodeHandler in ${name}`, (receiver) => serve(toNodeHandler(receiver)))
}

const post = (body: string, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...signatureHeader(body), ...headers },
  body,
})

const parsers: [string, (handler: NodeHandler) => Promise<string>][] = [
  ...servers,
  ['Express, after express.raw', (handler) => listen(express().use(express.raw({ type: '*/*' }), handler))],
  ['Express, after express.text', (handler) => listen(express().use(express.text({ type: '*/*' }), handler))],
  [
    'a platform that keeps rawBody',
    (handler) =>
      listen(
        express().use(
          express.json({
            verify: (request, _, bytes) => {
              Object.assign(request, { rawBody: bytes })
            },
          }),
          handler,
        ),
      ),
  ],
]

describe.each(parsers)('toNodeHandler in %s', (_, serve) => {
  function setUp(maxBodyBytes?: number) {
    const follow = vi.fn()
    const { receiver } = createTestReceiver({ on: { follow }, maxBodyBytes })
    return { handler: toNodeHandler(receiver), follow }
  }

  it('answers the CRC, with its length', async () => {
    const response = await fetch(`${await serve(setUp().handler)}/webhook?crc_token=challenge_string&nonce=a`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('72')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual(crcAnswers.consumer)
  })

  it('hands a delivery with emoji and escapes to its handler', async () => {
    const { handler, follow } = setUp()
    const body = followBody().replace('{', '{"note":"\\u003c3 https:\\/\\/x.com 🎉",')
    const response = await fetch(`${await serve(handler)}/webhook`, post(body))
    expect(response.status).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('refuses what X did not sign', async () => {
    const { handler, follow } = setUp()
    const url = `${await serve(handler)}/webhook`
    expect((await fetch(url, post(followBody(), signatureHeader('another body')))).status).toBe(401)
    expect((await fetch(url, { method: 'POST', body: followBody() })).status).toBe(401)
    expect(follow).not.toHaveBeenCalled()
  })

  it('refuses other methods, and names those that it accepts', async () => {
    const url = `${await serve(setUp().handler)}/webhook`
    for (const method of ['PUT', 'DELETE', 'HEAD']) {
      const response = await fetch(url, { method })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
    }
  })

  it('refuses a body that is too large', async () => {
    const url = `${await serve(setUp(50).handler)}/webhook`
    expect((await fetch(url, post(followBody()))).status).toBe(413)
  })
})

describe('toNodeHandler', () => {
  it('keeps the connection open after the answer to a complete request', async () => {
    const url = await listen(toNodeHandler(createTestReceiver().receiver))
    expect((await fetch(`${url}?crc_token=foo`)).headers.get('connection')).toBe('keep-alive')
    expect((await fetch(url, post(followBody()))).headers.get('connection')).toBe('keep-alive')
  })

  it('calls next with an error that it cannot answer', async () => {
    const next = vi.fn()
    const handler = toNodeHandler(createTestReceiver().receiver)
    await handler({ readableDidRead: true } as NodeRequest, {} as never, next)
    expect(next).toHaveBeenCalledExactlyOnceWith(new RangeError('"request.method" must not be empty'))
  })

  it('closes the connection without next when it cannot answer', async () => {
    const destroy = vi.fn()
    const handler = toNodeHandler(createTestReceiver().receiver)
    await handler({ readableDidRead: true } as NodeRequest, { destroy } as never)
    expect(destroy).toHaveBeenCalledOnce()
  })
})
