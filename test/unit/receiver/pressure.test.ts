import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { toNodeHandler } from 'x-account-activity/node'
import { createReceiver, type ErrorContext, type ReceiverOptions } from 'x-account-activity/receiver'
import { deferred } from '../../support/deferred.ts'
import { listen } from '../../support/listen.ts'
import { sendRaw } from '../../support/send-raw.ts'
import { deliveryRequest, followBody, secret, signatureOf } from '../../support/x-request.ts'

function setUp(options: Partial<ReceiverOptions> = {}) {
  const errors: { error: unknown; context: ErrorContext }[] = []
  const onError = (error: unknown, context: ErrorContext) => errors.push({ error, context })
  return { receiver: createReceiver({ consumerSecret: secret, onError, ...options }), errors }
}

/** A receiver that is full: its handlers hang until the test lets them go. */
function setUpFull(max: number, options: Partial<ReceiverOptions> = {}) {
  const hanging = deferred()
  const follow = vi.fn(() => hanging.promise)
  const set = setUp({ maxConcurrentDeliveries: max, handlerTimeoutMs: 60_000, on: { follow }, ...options })
  return { ...set, hanging, follow }
}

const signed = (body: string) => ({ 'x-twitter-webhooks-signature': signatureOf(body) })

describe('more deliveries than are let in', () => {
  it.each(['after-handlers', 'after-accept'] as const)('are answered with 503, by one, with ack %s', async (ack) => {
    const { receiver, hanging, follow } = setUpFull(2, { ack })
    const deliver = (at: number) => receiver.fetch(deliveryRequest(followBody({ at })))
    const first = [deliver(1), deliver(2)]
    await vi.waitFor(() => expect(follow).toHaveBeenCalledTimes(2))
    const refused = await deliver(3)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toMatchObject({ error: 'busy' })
    hanging.resolve()
    await Promise.all(first)
    await new Promise(setImmediate)
    expect((await deliver(3)).status).toBe(200)
  })

  it('that nobody signed take nobody’s place', async () => {
    const { receiver, hanging, follow } = setUpFull(1)
    const forged = await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))
    expect(forged.status).toBe(401)
    const body = new ReadableStream({ start: () => {} })
    const unfinished = new Request('https://app.example/', {
      method: 'POST',
      headers: signed('{}'),
      body,
      duplex: 'half',
    } as RequestInit)
    void receiver.fetch(unfinished)
    void receiver.fetch(deliveryRequest(followBody()))
    await vi.waitFor(() => expect(follow).toHaveBeenCalledOnce())
    hanging.resolve()
  })

  it('leave the CRC alone: over HTTP, each of 200 is answered within 3 seconds', async () => {
    const { receiver, hanging, follow } = setUpFull(50)
    const url = await listen(toNodeHandler(receiver))
    const deliver = (at: number) => {
      const body = followBody({ at })
      return sendRaw(url, { headers: signed(body), pieces: [body] })
    }
    const held = Array.from({ length: 50 }, (_, at) => deliver(at))
    await vi.waitFor(() => expect(follow).toHaveBeenCalledTimes(50))
    const refused = Array.from({ length: 1_000 }, (_, at) => deliver(1_000 + at))
    const challenges = Array.from({ length: 200 }, async () => {
      const startedAt = performance.now()
      const { status } = await sendRaw(`${url}/?crc_token=challenge_string`, { method: 'GET' })
      return { status, isInTime: performance.now() - startedAt < 3_000 }
    })
    for (const challenge of await Promise.all(challenges)) expect(challenge).toEqual({ status: 200, isInTime: true })
    for (const { status, headers } of await Promise.all(refused)) {
      expect([status, headers['retry-after'], headers.connection]).toEqual([503, '1', 'keep-alive'])
    }
    hanging.resolve()
    for (const { status } of await Promise.all(held)) expect(status).toBe(200)
  })
})

describe('a body that takes too long', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  function neverEnding() {
    const cancelled = vi.fn()
    const start = (controller: ReadableStreamDefaultController) => controller.enqueue(new TextEncoder().encode('{'))
    const body = new ReadableStream({ start, cancel: cancelled })
    const init = { method: 'POST', headers: signed('{}'), body, duplex: 'half' }
    return { request: new Request('https://app.example/', init as RequestInit), cancelled }
  }

  it.each([
    ['5 seconds unless set', {}, 5_000],
    ['what is set', { bodyTimeoutMs: 100 }, 100],
  ])('is answered with 408 after %s, and let go of', async (_, options, limit) => {
    vi.useFakeTimers()
    const console_ = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => console_.mockRestore())
    const { request, cancelled } = neverEnding()
    const receiver = createReceiver({ consumerSecret: secret, ...options })
    const answered = vi.fn()
    const answer = receiver.fetch(request)
    void answer.then(answered)
    await vi.advanceTimersByTimeAsync(limit - 1)
    expect(answered).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    const response = await answer
    expect([response.status, await response.json()]).toMatchObject([408, { error: 'body_too_slow' }])
    expect(cancelled).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
    // Everyone can do that: it does not fill the log.
    const again = receiver.fetch(neverEnding().request)
    await vi.advanceTimersByTimeAsync(limit)
    await again
    expect(console_).toHaveBeenCalledOnce()
  })

  it('is reported, and makes unwrap throw', async () => {
    vi.useFakeTimers()
    const { receiver, errors } = setUp()
    const answer = receiver.fetch(neverEnding().request)
    const unwrapped = expect(receiver.unwrap(neverEnding().request)).rejects.toThrow('did not arrive within 5000 ms')
    await vi.advanceTimersByTimeAsync(5_000)
    await answer
    await unwrapped
    expect(errors).toMatchObject([{ error: { name: 'BodyTooSlowError' }, context: { phase: 'request' } }])
  })

  it('of a source that lets go of nothing is answered all the same', async () => {
    vi.useFakeTimers()
    const { receiver } = setUp()
    const body = (async function* () {
      yield new Uint8Array([123])
      await new Promise(() => {})
    })()
    const answer = receiver.handle({ method: 'POST', url: '/', headers: signed('{}'), body })
    await vi.advanceTimersByTimeAsync(5_000)
    expect((await answer).status).toBe(408)
  })

  it('over HTTP is cut off, whether it stops at its beginning or in the middle', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { receiver, errors } = setUp()
    const url = new URL(await listen(toNodeHandler(receiver)))
    for (const part of ['', '{"for']) {
      const head = `POST / HTTP/1.1\r\nhost: a\r\nx-twitter-webhooks-signature: ${signatureOf('')}\r\ncontent-length: 100\r\n\r\n`
      const socket = connect(Number(url.port), url.hostname, () => socket.write(head + part))
      const { answer, closed } = watch(socket)
      await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0))
      // The body timer and nothing else is faked: time passes only here.
      await vi.advanceTimersByTimeAsync(5_000)
      vi.useRealTimers()
      expect(await answer).toMatch(/^HTTP\/1\.1 408 /)
      await closed
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    }
    expect(errors).toHaveLength(2)
  })
})

function watch(socket: Socket): { answer: Promise<string>; closed: Promise<void> } {
  const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())))
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  return { answer, closed }
}
