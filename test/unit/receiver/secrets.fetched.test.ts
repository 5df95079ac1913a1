import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReceiver, type ReceiverOptions } from 'x-account-activity/receiver'
import { deferred } from '../../support/deferred.ts'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 28) })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

function setUp(options: Partial<ReceiverOptions>) {
  const errors: unknown[] = []
  const receiver = createReceiver({ consumerSecret: secret, onError: (error) => errors.push(error), ...options })
  const deliver = async (key = secret, body: string = followBody()) =>
    (await receiver.fetch(deliveryRequest(body, { key }))).status
  const ask = async () => (await receiver.fetch(new Request('https://app.example/?crc_token=foo'))).status
  return { receiver, errors, deliver, ask }
}

describe('a secret that a function promises', () => {
  it.each([
    ['a minute by default', {}, 60_000],
    ['secretTtlMs', { secretTtlMs: 10_000 }, 10_000],
  ])('is used for %s', async (_, options, ttlMs) => {
    const consumerSecret = vi.fn(async () => secret)
    const { deliver, ask } = setUp({ consumerSecret, ...options })
    expect([await deliver(), await deliver(), await ask()]).toEqual([200, 200, 200])
    await vi.advanceTimersByTimeAsync(ttlMs - 1)
    expect(await deliver()).toBe(200)
    expect(consumerSecret).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(1)
    expect(await deliver()).toBe(200)
    expect(consumerSecret).toHaveBeenCalledTimes(2)
  })

  it('is fetched each time with secretTtlMs 0, and once for all who wait', async () => {
    const waiting = deferred()
    const consumerSecret = vi.fn(async () => {
      await waiting.promise
      return secret
    })
    const { deliver } = setUp({ consumerSecret, secretTtlMs: 0 })
    const answers = [deliver(), deliver(), deliver()]
    await vi.advanceTimersByTimeAsync(0)
    waiting.resolve()
    expect(await Promise.all(answers)).toEqual([200, 200, 200])
    expect(consumerSecret).toHaveBeenCalledOnce()
    await deliver()
    expect(consumerSecret).toHaveBeenCalledTimes(2)
  })

  it('is found when it has been replaced, and forged requests do not have it fetched more than every 5 seconds', async () => {
    let current = 'old-secret'
    const consumerSecret = vi.fn(async () => current)
    const { deliver } = setUp({ consumerSecret })
    expect(await deliver('old-secret')).toBe(200)
    current = 'new-secret'
    expect(await deliver('new-secret')).toBe(401)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(await deliver('new-secret')).toBe(401)
    expect(consumerSecret).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(1)
    expect(await deliver('new-secret')).toBe(200)
    for (let count = 0; count < 50; count += 1) expect(await deliver('forged')).toBe(401)
    expect(consumerSecret).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['1,000 ms by default', {}, 1_000],
    ['storeTimeoutMs', { storeTimeoutMs: 200 }, 200],
  ])('that does not come is waited for %s', async (_, options, ms) => {
    const { deliver, ask, errors } = setUp({ consumerSecret: () => new Promise(() => {}), ...options })
    const answers = Promise.all([deliver(), ask()])
    const settled = vi.fn()
    void answers.then(settled)
    await vi.advanceTimersByTimeAsync(ms - 1)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(await answers).toEqual([500, 500])
    expect(errors).toMatchObject([
      { name: 'SecretTimeoutError', message: `The function "consumerSecret" did not answer within ${ms} ms.` },
      { name: 'SecretTimeoutError' },
    ])
  })

  it('that does not come holds up a CRC for 2.5 seconds at most', async () => {
    const never = () => new Promise<string>(() => {})
    const { ask } = setUp({ consumerSecret: never, storeTimeoutMs: 60_000 })
    const answer = ask()
    await vi.advanceTimersByTimeAsync(2_500)
    expect(await answer).toBe(500)
    await vi.advanceTimersByTimeAsync(60_000)
  })

  it('lets no more deliveries wait for it than maxUnverifiedDeliveries', async () => {
    const { receiver, deliver } = setUp({ consumerSecret: () => new Promise(() => {}), maxUnverifiedDeliveries: 2 })
    const waiting = [deliver(), deliver()]
    await vi.advanceTimersByTimeAsync(0)
    expect(await deliver()).toBe(503)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await Promise.all(waiting)).toEqual([500, 500])
    const again = deliver()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await again).toBe(500)
    await receiver.close()
  })

  it.each([
    ['is empty', '', RangeError],
    ['is not a text', 1, TypeError],
    ['is an empty list', [], RangeError],
  ])('makes X send again when it %s', async (_, value, type) => {
    const { deliver, errors } = setUp({ consumerSecret: () => value as string })
    expect(await deliver()).toBe(500)
    expect(errors).toEqual([expect.any(type)])
  })
})

describe('the options', () => {
  it.each([
    ['secretTtlMs', [0, 2 ** 31 - 1], [-1, 0.5, Number.NaN, 2 ** 31]],
    ['storeTimeoutMs', [1, 2 ** 31 - 1], [0, -1, Number.POSITIVE_INFINITY, 2 ** 31]],
    ['maxUnverifiedDeliveries', [1, 2 ** 53 - 1], [0, 1.5, Number.NaN]],
  ])('check %s', (name, right, wrong) => {
    for (const value of right) expect(() => setUp({ [name]: value })).not.toThrow()
    for (const value of wrong) expect(() => setUp({ [name]: value })).toThrow(RangeError)
    expect(() => setUp({ [name]: '1' })).toThrow(TypeError)
  })
})

describe('a secret that a function returns without a promise', () => {
  it('is read each time, so that a change counts from the next delivery on', async () => {
    let current = 'old-secret'
    const { deliver } = setUp({ consumerSecret: () => current })
    expect([await deliver('old-secret'), await deliver('new-secret')]).toEqual([200, 401])
    current = 'new-secret'
    expect([await deliver('old-secret'), await deliver('new-secret')]).toEqual([401, 200])
  })
})

describe('the answer to a delivery whose secret is slow', () => {
  const answeredAfter = async (answer: Promise<number>) => {
    const startedAt = Date.now()
    const answered = answer.then((status) => ({ status, ms: Date.now() - startedAt }))
    await vi.advanceTimersByTimeAsync(10_000)
    return answered
  }
  const secretAfter = (ms: number) => new Promise<string>((resolve) => setTimeout(resolve, ms, secret))

  it('comes within handlerTimeoutMs, which includes the time of the secret', async () => {
    const handler = deferred()
    const { deliver } = setUp({ consumerSecret: () => secretAfter(900), on: { follow: () => handler.promise } })
    expect(await answeredAfter(deliver())).toEqual({ status: 500, ms: 2_500 })
    handler.resolve()
    await vi.advanceTimersByTimeAsync(0)
  })

  it('does not wait for the secret longer than handlerTimeoutMs', async () => {
    const { deliver } = setUp({
      consumerSecret: () => secretAfter(2_000),
      storeTimeoutMs: 5_000,
      handlerTimeoutMs: 500,
    })
    expect(await answeredAfter(deliver())).toEqual({ status: 500, ms: 500 })
  })
})
