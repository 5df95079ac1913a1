import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { toNodeHandler } from 'x-account-activity/node'
import { createReceiver } from 'x-account-activity/receiver'
import { headerOf } from '../../../../src/receiver/delivery/read-request.ts'
import { listen } from '../../../support/listen.ts'
import { createTestReceiver, readAnswer, signatureHeader } from '../../../support/receiver.ts'
import { deliveryRequest, followBody, secret, signatureOf } from '../../../support/x-request.ts'

const signed = { 'X-Twitter-Webhooks-Signature': signatureOf(followBody()) }
const post = { method: 'POST', url: '/webhook', headers: signed }

async function* piecesOf(text: string) {
  for (const byte of new TextEncoder().encode(text)) yield Uint8Array.of(byte)
}

describe('headerOf', () => {
  it.each([
    ['Headers', new Headers({ 'X-Name': 'a' }), 'a'],
    ['Headers without the header', new Headers(), undefined],
    ['an object', { 'x-name': 'a' }, 'a'],
    ['an object with another case', { 'X-NAME': 'a' }, 'a'],
    ['an object without the header', {}, undefined],
    ['an object with undefined', { 'x-name': undefined }, undefined],
    ['an array of one value', { 'x-name': ['a'] }, 'a'],
    ['an array of two values', { 'x-name': ['a', 'b'] }, 'a, b'],
    ['an object without a prototype', Object.assign(Object.create(null), { 'x-name': 'a' }), 'a'],
    ['an object that inherits the header', Object.create({ 'x-name': 'a' }), undefined],
    ['an object that has it in two other cases', { 'X-Name': 'a', 'X-NAME': ['b'] }, 'a, b'],
  ])('reads %s', (_, headers, value) => {
    expect(headerOf(headers, 'x-name')).toBe(value)
  })
})

describe('a body', () => {
  it.each([
    ['a text', followBody()],
    ['bytes', new TextEncoder().encode(followBody())],
    ['pieces', piecesOf(followBody())],
  ])('can be %s, with headers in any case', async (_, body) => {
    expect(await createTestReceiver().receiver.handle({ ...post, body })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      body: '{}',
    })
  })

  it.each([
    ['in an array', { 'x-twitter-webhooks-signature': [signatureOf(followBody())] }, 200],
    ['twice in an array', { 'x-twitter-webhooks-signature': Array(2).fill(signatureOf(followBody())) }, 401],
    ['twice, in two cases', { ...signed, 'x-twitter-webhooks-signature': 'sha256=' }, 401],
    ['in a Headers object', new Headers(signed), 200],
    ['as undefined', { 'x-twitter-webhooks-signature': undefined }, 401],
    ['only by inheritance', Object.create({ 'x-twitter-webhooks-signature': signatureOf(followBody()) }), 401],
  ])('whose signature is given %s is answered', async (_, headers, status) => {
    const { receiver } = createTestReceiver()
    expect((await receiver.handle({ ...post, headers, body: followBody() })).status).toBe(status)
  })

  it.each([
    ['a parsed body', JSON.parse(followBody())],
    ['a number', 1],
    ['an array', [1]],
    [
      'pieces of text',
      (async function* () {
        yield followBody()
      })(),
    ],
  ])('that is %s is not raw, and is answered with 500', async (_, body) => {
    const answer = await createTestReceiver().receiver.handle({ ...post, body: body as never })
    expect(answer.status).toBe(500)
    expect(answer.body).toContain('body_not_raw')
  })

  it('of a Request that was read before is answered with 500, and the error says why', async () => {
    const { receiver, errors } = createTestReceiver()
    const request = deliveryRequest(followBody())
    await request.json()
    const answer = await readAnswer(await receiver.fetch(request))
    expect(answer).toMatchObject({ status: 500, body: { error: 'body_not_raw' } })
    expect(errors).toMatchObject([{ error: { reason: 'body_not_raw' } }])
  })

  it('that breaks off is answered with 500', async () => {
    const body = (async function* () {
      yield Uint8Array.of(123)
      throw new Error('connection reset')
    })()
    const { receiver, errors } = createTestReceiver()
    expect((await receiver.handle({ ...post, body })).status).toBe(500)
    expect(errors).toMatchObject([{ error: { cause: { message: 'connection reset' } }, context: { phase: 'request' } }])
  })
})

describe('a body that is too large', () => {
  it('is refused with 413 when it has one byte more than the limit', async () => {
    const body = followBody()
    const size = new TextEncoder().encode(body).length
    const atLimit = createTestReceiver({ maxBodyBytes: size }).receiver
    const belowLimit = createTestReceiver({ maxBodyBytes: size - 1 }).receiver
    expect((await atLimit.fetch(deliveryRequest(body))).status).toBe(200)
    const answer = await readAnswer(await belowLimit.fetch(deliveryRequest(body)))
    expect(answer).toMatchObject({ status: 413, body: { error: 'body_too_large' } })
  })

  it.each([
    ['pieces', (body: string) => ({ body: piecesOf(body) })],
    ['a text', (body: string) => ({ body })],
  ])('is measured in bytes and not in characters, as %s', async (_, toRequest) => {
    // 400 characters of UTF-16, 800 bytes of UTF-8.
    const body = JSON.stringify({ text: '🎉'.repeat(200) })
    const { receiver } = createTestReceiver({ maxBodyBytes: 600 })
    const answer = await receiver.handle({ ...post, headers: signatureHeader(body), ...toRequest(body) })
    expect(answer.status).toBe(413)
  })

  it('is refused by the length that it announces, before it is read', async () => {
    const { receiver } = createTestReceiver({ maxBodyBytes: 100 })
    const headers = { ...signatureHeader('{}'), 'content-length': '101' }
    expect((await receiver.handle({ ...post, headers, body: piecesOf('{}') })).status).toBe(413)
  })

  it('is not read to its end', async () => {
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(1000))
      },
    })
    const init = { method: 'POST', headers: signatureHeader('a'), body: endless, duplex: 'half' } as const
    const { receiver } = createTestReceiver({ maxBodyBytes: 5000 })
    expect((await receiver.fetch(new Request('https://app.example/', init))).status).toBe(413)
    expect(pulled).toBeLessThan(10)
  })
})

describe('a body that takes too long', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  /** A request whose body begins and never ends. */
  function neverEnding() {
    const cancelled = vi.fn()
    const start = (controller: ReadableStreamDefaultController) => controller.enqueue(new TextEncoder().encode('{'))
    const body = new ReadableStream({ start, cancel: cancelled })
    const init = { method: 'POST', headers: signatureHeader('{}'), body, duplex: 'half' }
    return { request: new Request('https://app.example/', init as RequestInit), cancelled }
  }

  it.each([
    ['5 seconds by default', {}, 5_000],
    ['bodyTimeoutMs', { bodyTimeoutMs: 100 }, 100],
  ])('is answered with 408 after %s, and is cancelled', async (_, options, limit) => {
    vi.useFakeTimers()
    const write = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => write.mockRestore())
    const { request, cancelled } = neverEnding()
    const receiver = createReceiver({ consumerSecret: secret, ...options })
    const answered = vi.fn()
    const answer = receiver.fetch(request)
    void answer.then(answered)
    await vi.advanceTimersByTimeAsync(limit - 1)
    expect(answered).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(await readAnswer(await answer)).toMatchObject({ status: 408, body: { error: 'body_too_slow' } })
    expect(cancelled).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
    // Anyone can send such a request, so it is written to the console only once.
    const again = receiver.fetch(neverEnding().request)
    await vi.advanceTimersByTimeAsync(limit)
    await again
    expect(write).toHaveBeenCalledOnce()
  })

  it('is reported, and makes unwrap reject', async () => {
    vi.useFakeTimers()
    const { receiver, errors } = createTestReceiver()
    const answer = receiver.fetch(neverEnding().request)
    const unwrapped = expect(receiver.unwrap(neverEnding().request)).rejects.toThrow('did not arrive within 5000 ms')
    await vi.advanceTimersByTimeAsync(5_000)
    await answer
    await unwrapped
    expect(errors).toMatchObject([{ error: { name: 'BodyTooSlowError' }, context: { phase: 'request' } }])
  })

  it('is answered in time when its source cannot be cancelled', async () => {
    vi.useFakeTimers()
    const { receiver } = createTestReceiver()
    const body = (async function* () {
      yield new Uint8Array([123])
      await new Promise(() => {})
    })()
    const answer = receiver.handle({ method: 'POST', url: '/', headers: signatureHeader('{}'), body })
    await vi.advanceTimersByTimeAsync(5_000)
    expect((await answer).status).toBe(408)
  })

  it.each([
    ['at its beginning', ''],
    ['in the middle', '{"for'],
  ])('closes the connection when it stops %s', async (_, part) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { receiver, errors } = createTestReceiver()
    const url = new URL(await listen(toNodeHandler(receiver)))
    const head = `POST / HTTP/1.1\r\nhost: a\r\nx-twitter-webhooks-signature: ${signatureOf('')}\r\ncontent-length: 100\r\n\r\n`
    const socket = connect(Number(url.port), url.hostname, () => socket.write(head + part))
    const { answer, closed } = watch(socket)
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0))
    // Only the timer of the body is faked, so time passes only here.
    await vi.advanceTimersByTimeAsync(5_000)
    vi.useRealTimers()
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /)
    await closed
    expect(errors).toHaveLength(1)
  })
})

function watch(socket: Socket): { answer: Promise<string>; closed: Promise<void> } {
  const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())))
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  return { answer, closed }
}
