import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Receiver, ReceiverOptions } from 'x-account-activity/receiver'
import { crcAnswers, createTestReceiver, signatureHeader } from './receiver.ts'
import { sendRaw } from './send-raw.ts'
import { followBody, signatureOf } from './x-request.ts'

/** Serves a receiver at `/webhook` over real HTTP. Resolves to the URL of the server. */
export type Serve = (receiver: Receiver) => Promise<string>

const signed = (body: string | Uint8Array) => ({ 'content-type': 'application/json', ...signatureHeader(body) })

/** A receiver that is served, the URL of its webhook, and the handler of its follows. */
async function setUp(serve: Serve, options: Partial<ReceiverOptions> = {}) {
  const follow = vi.fn()
  const { receiver } = createTestReceiver({ on: { follow }, ...options })
  return { url: `${await serve(receiver)}/webhook`, follow }
}

/** Tests what every adapter and every framework must do. */
export function describeAdapter(name: string, serve: Serve): void {
  describe(name, () => {
    answerCases(serve)
    bodyCases(serve)
    refusalCases(serve)
  })
}

function answerCases(serve: Serve): void {
  it('answers a CRC', async () => {
    const { url } = await setUp(serve)
    const answer = await sendRaw(`${url}?crc_token=challenge_string&nonce=a%2Bb`, { method: 'GET' })
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(JSON.parse(answer.body)).toEqual(crcAnswers.consumer)
  })

  it.each(['', '?crc_token=', '?crc_token=a&crc_token=b', '?crc_token=%7B%7D'])(
    'refuses a CRC with the query %j',
    async (query) => {
      const { url } = await setUp(serve)
      expect((await sendRaw(`${url}${query}`, { method: 'GET' })).status).toBe(400)
    },
  )

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'])('refuses the method %s', async (method) => {
    const { url } = await setUp(serve)
    expect(await sendRaw(url, { method })).toMatchObject({ status: 405, headers: { allow: 'GET, POST' } })
  })

  it.each([
    '',
    'a',
    'application',
    'application/',
    '/json',
    ';;',
    'application/json;charset',
    'text/plain; charset=latin1',
  ])('accepts a delivery whose content type is %j', async (contentType) => {
    const { url, follow } = await setUp(serve)
    const headers = { ...signed(followBody()), 'content-type': contentType }
    expect((await sendRaw(url, { headers, pieces: [followBody()] })).status).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('answers with 500 when a handler fails, and handles the next delivery', async () => {
    const follow = vi.fn().mockRejectedValueOnce(new Error('database is down'))
    const { url } = await setUp(serve, { on: { follow } })
    const send = () => sendRaw(url, { headers: signed(followBody()), pieces: [followBody()] })
    const failed = await send()
    expect(failed.status).toBe(500)
    expect(failed.body).not.toContain('database')
    expect((await send()).status).toBe(200)
    expect((await send()).status).toBe(200)
    expect(follow).toHaveBeenCalledTimes(2)
  })
}

function bodyCases(serve: Serve): void {
  it('hands a delivery with emoji and escapes to its handler', async () => {
    const { url, follow } = await setUp(serve)
    const body = followBody().replace('{', '{"note":"\\u003c3 https:\\/\\/x.com 🎉",')
    expect(await sendRaw(url, { headers: signed(body), pieces: [body] })).toMatchObject({ status: 200, body: '{}' })
    expect(follow).toHaveBeenCalledOnce()
  })

  it('joins a delivery whose pieces split characters', async () => {
    const { url, follow } = await setUp(serve)
    const bytes = Buffer.from(followBody().replace('{', '{"note":"🎉",'))
    const pieces = Array.from(bytes, (byte) => Buffer.of(byte))
    expect((await sendRaw(url, { headers: signed(bytes), pieces })).status).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
  })

  it('accepts a delivery of any content type, and of none', async () => {
    const { url, follow } = await setUp(serve)
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-8',
      'application/octet-stream',
    ]
    for (const [index, type] of [...types, undefined].entries()) {
      const body = followBody({ at: index })
      const headers = { ...signatureHeader(body), ...(type && { 'content-type': type }) }
      expect([type, (await sendRaw(url, { headers, pieces: [body] })).status]).toEqual([type, 200])
    }
    expect(follow).toHaveBeenCalledTimes(5)
  })

  it('finds the signature header in any case', async () => {
    const { url } = await setUp(serve)
    const headers = { 'X-TWITTER-Webhooks-Signature': signatureOf(followBody()) }
    expect((await sendRaw(url, { headers, pieces: [followBody()] })).status).toBe(200)
  })
}

function refusalCases(serve: Serve): void {
  it.each([
    ['unsigned', {}],
    ['signed with another key', signatureHeader(followBody(), 'another')],
    ['signed twice', { 'x-twitter-webhooks-signature': Array(2).fill(signatureOf(followBody())) }],
    ['signed for another body', signatureHeader('{}')],
  ])('refuses a delivery that is %s', async (_, signature) => {
    const { url, follow } = await setUp(serve)
    const headers = { 'content-type': 'application/json', ...signature }
    expect((await sendRaw(url, { headers, pieces: [followBody()] })).status).toBe(401)
    expect(follow).not.toHaveBeenCalled()
  })

  it('refuses a signed body that is not a delivery', async () => {
    const { url } = await setUp(serve)
    for (const body of ['[]', 'null', 'hello', '{']) {
      expect((await sendRaw(url, { headers: signed(body), pieces: [body] })).status).toBe(400)
    }
  })

  it('refuses a compressed body, which is not what X signed', async () => {
    const { url } = await setUp(serve)
    const headers = { ...signed(followBody()), 'content-encoding': 'gzip' }
    expect((await sendRaw(url, { headers, pieces: [gzipSync(followBody())] })).status).toBe(401)
  })

  it('refuses a body of one byte more than the limit, with and without its length', async () => {
    const body = followBody()
    const exact = await setUp(serve, { maxBodyBytes: body.length })
    const tooSmall = await setUp(serve, { maxBodyBytes: body.length - 1 })
    const headers = { ...signed(body), 'content-length': String(body.length) }
    expect((await sendRaw(exact.url, { headers, pieces: [body] })).status).toBe(200)
    expect((await sendRaw(tooSmall.url, { headers, pieces: [body] })).status).toBe(413)
    expect((await sendRaw(tooSmall.url, { headers: signed(body), pieces: [body] })).status).toBe(413)
  })
}

/** Tests a server that passes a body on while it arrives. A gateway in front of a function waits for the whole of it. */
export function describeStreaming(name: string, serve: Serve): void {
  describe(name, () => {
    it('answers with 408 when the body does not end, and runs no handler', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      onTestFinished(() => void vi.useRealTimers())
      const { url, follow } = await setUp(serve, { bodyTimeoutMs: 3_600_000 })
      const headers = { ...signed(followBody()), 'content-length': String(followBody().length) }
      const answer = sendRaw(url, { headers, pieces: [followBody().slice(0, 10)], isCutShort: true })
      await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0))
      await vi.advanceTimersByTimeAsync(3_600_000)
      expect((await answer).status).toBe(408)
      expect(follow).not.toHaveBeenCalled()
    })
  })
}
