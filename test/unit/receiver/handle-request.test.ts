import { describe, expect, it, vi } from 'vitest'
import { toNodeHandler } from 'x-account-activity/node'
import type { ReceiverOptions } from 'x-account-activity/receiver'
import { deferred } from '../../support/deferred.ts'
import { listen } from '../../support/listen.ts'
import { createTestReceiver, readAnswer, settle, signatureHeader } from '../../support/receiver.ts'
import { sendRaw } from '../../support/send-raw.ts'
import { deliveryRequest, followBody } from '../../support/x-request.ts'

describe('a request', () => {
  it.each(['PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])('with the method %s is refused with 405', async (method) => {
    const { receiver } = createTestReceiver()
    const response = await receiver.fetch(new Request('https://app.example/webhook', { method }))
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, POST')
  })

  it.each([
    ['an unknown kind of event', '{"for_user_id":"11","spaces_events":[{"id":"1"}]}'],
    ['no known key', '{"hello":"world"}'],
    ['no events', '{"for_user_id":"11","follow_events":[]}'],
    ['a malformed event', '{"for_user_id":"11","follow_events":[null]}'],
  ])('with a delivery of %s is answered with 200', async (_, body) => {
    const { receiver, errors } = createTestReceiver()
    expect((await receiver.fetch(deliveryRequest(body))).status).toBe(200)
    expect(errors).toEqual([])
  })
})

describe('a delivery over the limit of maxConcurrentDeliveries', () => {
  /** A receiver whose handlers hang until the test resolves `hanging`. */
  function setUp(max: number, options: Partial<ReceiverOptions> = {}) {
    const hanging = deferred()
    const follow = vi.fn(() => hanging.promise)
    const limits = { maxConcurrentDeliveries: max, handlerTimeoutMs: 60_000 }
    return { ...createTestReceiver({ ...limits, on: { follow }, ...options }), hanging, follow }
  }

  it.each(['after-handlers', 'after-accept'] as const)('is answered with 503, with ack %s', async (ack) => {
    const { receiver, hanging, follow } = setUp(2, { ack })
    const deliver = (at: number) => receiver.fetch(deliveryRequest(followBody({ at })))
    const first = [deliver(1), deliver(2)]
    await vi.waitFor(() => expect(follow).toHaveBeenCalledTimes(2))
    const refused = await deliver(3)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await readAnswer(refused)).toMatchObject({ status: 503, body: { error: 'busy' } })
    hanging.resolve()
    await Promise.all(first)
    await settle()
    expect((await deliver(3)).status).toBe(200)
  })

  it('is not over it because of requests that are unsigned or not read to their end', async () => {
    const { receiver, hanging, follow } = setUp(1)
    const forged = await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))
    expect(forged.status).toBe(401)
    const body = new ReadableStream({ start: () => {} })
    const unfinished = new Request('https://app.example/', {
      method: 'POST',
      headers: signatureHeader('{}'),
      body,
      duplex: 'half',
    } as RequestInit)
    void receiver.fetch(unfinished)
    void receiver.fetch(deliveryRequest(followBody()))
    await vi.waitFor(() => expect(follow).toHaveBeenCalledOnce())
    hanging.resolve()
  })

  it('does not delay the CRC: over HTTP, each of 200 is answered within 3 seconds', async () => {
    const { receiver, hanging, follow } = setUp(50)
    const url = await listen(toNodeHandler(receiver))
    const deliver = (at: number) => {
      const body = followBody({ at })
      return sendRaw(url, { headers: signatureHeader(body), pieces: [body] })
    }
    const held = Array.from({ length: 50 }, (_, at) => deliver(at))
    await vi.waitFor(() => expect(follow).toHaveBeenCalledTimes(50))
    const refused = Array.from({ length: 300 }, (_, at) => deliver(1_000 + at))
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
