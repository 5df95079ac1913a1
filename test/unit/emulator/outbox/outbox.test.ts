import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { EmulatorHarness, hookUrl } from '../../../support/emulator-harness.ts'
import { callSigned, harnessWithWebhook } from '../../../support/emulator-v1.ts'

afterEach(() => void vi.useRealTimers())

describe('a delivery', () => {
  it('is a POST of ASCII JSON with a signature of the exact bytes', async () => {
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice')
    await alice.post('Grüße 👋 und <3, siehe a/b')
    const [delivery] = await harness.flush()
    const body = delivery?.body ?? ''
    expect(body).toMatch(/^[\x20-\x7e]+$/)
    expect(body).toContain('"text":"Gr\\u00fc\\u00dfe \\ud83d\\udc4b und &lt;3, siehe a\\/b","source":"\\u003ca href=')
    expect(body).toMatch(/"id":(\d{19}),"id_str":"\1"/)
    const mac = createHmac('sha256', harness.x.app.consumerSecret).update(body).digest('base64')
    expect(Object.fromEntries(delivery?.headers ?? [])).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/./),
      'x-twitter-webhooks-signature': `sha256=${mac}`,
    })
  })

  it('is logged with the exact body', async () => {
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice')
    await alice.post('Hello')
    const [received] = await harness.flush()
    expect(harness.x.deliveries).toEqual([
      {
        number: 1,
        kind: 'live',
        api: 'account_activity',
        webhookId: expect.stringMatching(/^\d{19}$/),
        url: hookUrl,
        forUserId: alice.id,
        body: received?.body,
        signature: received?.headers.get('x-twitter-webhooks-signature'),
        attempt: 1,
        at: harness.x.now(),
        outcome: 'delivered',
        status: 200,
      },
    ])
  })

  it.each([201, 202, 204, 302, 400, 404, 500, 503])('fails with status %i', async (status) => {
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice')
    harness.onDelivery = () => new Response(null, { status })
    await alice.post('Hello')
    expect(await harness.flush()).toHaveLength(1)
    expect(harness.x.deliveries).toMatchObject([
      { outcome: 'failed', status, failure: `Status ${status} instead of 200` },
    ])
  })

  it('fails when the connection fails, with the reason', async () => {
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice')
    harness.onDelivery = () =>
      Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }))
    await alice.post('Hello')
    await harness.flush()
    expect(harness.x.deliveries).toMatchObject([{ outcome: 'failed', failure: 'fetch failed: connect ECONNREFUSED' }])
    expect(harness.x.deliveries[0]).not.toHaveProperty('status')
  })

  it('fails after 10 seconds without an answer', async () => {
    vi.useFakeTimers()
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice')
    harness.onDelivery = () => new Promise(() => {})
    await alice.post('Hello')
    await vi.advanceTimersByTimeAsync(9999)
    expect(harness.x.deliveries).toMatchObject([{ outcome: 'pending' }])
    await vi.advanceTimersByTimeAsync(1)
    expect(harness.x.deliveries).toMatchObject([{ outcome: 'failed', failure: 'No answer within 10 seconds' }])
    await harness.x.idle()
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([
    [10_000, 'delivered'],
    [10_001, 'failed'],
  ])('that is answered after %i ms of the injected clock is %s', async (ms, outcome) => {
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice')
    harness.onDelivery = () => {
      harness.time += ms
      return new Response()
    }
    await alice.post('Hello')
    await harness.flush()
    expect(harness.x.deliveries).toMatchObject([{ outcome }])
  })

  // https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity: 3 seconds
  it.each([
    [3000, 'delivered'],
    [3001, 'failed'],
  ])('to a webhook of version 1.1 that is answered after %i ms is %s', async (ms, outcome) => {
    const { harness, alice, subscription } = await harnessWithWebhook()
    await callSigned(harness, alice, { method: 'POST', path: subscription })
    harness.onDelivery = () => {
      harness.time += ms
      return new Response()
    }
    await alice.post('Hello')
    await harness.flush()
    expect(harness.x.deliveries).toMatchObject([{ outcome }])
  })

  it('is not late when the clock is advanced while it is pending', async () => {
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice')
    await alice.post('Hello')
    await harness.x.advance({ hours: 4 })
    await harness.flush()
    expect(harness.x.deliveries).toMatchObject([{ outcome: 'delivered' }])
  })

  it('waits while 50 others are pending, and keeps the order', async () => {
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice')
    const open: (() => void)[] = []
    harness.onDelivery = () => new Promise((resolve) => open.push(() => resolve(new Response())))
    for (let count = 0; count < 120; count += 1) await alice.post(`Post ${count}`)
    const countReceived = async () => {
      // A delivery needs some microtasks to reach the receiver.
      await new Promise((resolve) => setImmediate(resolve))
      return harness.received.length
    }
    expect(await countReceived()).toBe(50)
    open[0]?.()
    expect(await countReceived()).toBe(51)
    for (let done = 1; done < 120; done += 1) {
      open[done]?.()
      await countReceived()
    }
    const texts = (await harness.flush()).map(({ json }) => json.tweet_create_events[0].text)
    expect(texts).toEqual(Array.from({ length: 120 }, (_, count) => `Post ${count}`))
  })
})
