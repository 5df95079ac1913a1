import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReceiver, type HandlerContext, type ReceiverOptions } from 'x-account-activity/receiver'
import { deferred } from '../../support/deferred.ts'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

function setUp(options: Partial<ReceiverOptions> = {}) {
  const receiver = createReceiver({ consumerSecret: secret, onError: () => {}, ...options })
  const deliver = (at = 0) => receiver.fetch(deliveryRequest(followBody({ at })))
  return { receiver, deliver }
}

describe('a receiver that is closed', () => {
  it('has nothing to wait for when nothing is under way', async () => {
    const { receiver, deliver } = setUp()
    await deliver()
    expect(await receiver.close()).toBe(true)
  })

  it('finishes what is under way, refuses what is new, and answers the CRC', async () => {
    const hanging = deferred()
    const { receiver, deliver } = setUp({ on: { follow: () => hanging.promise } })
    const underWay = deliver()
    await vi.advanceTimersByTimeAsync(0)
    const ended = vi.fn()
    const closed = receiver.close().then((finished) => {
      ended()
      return finished
    })
    const refused = await deliver(1)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toMatchObject({ error: 'closing' })
    expect((await receiver.fetch(new Request('https://app.example/?crc_token=foo'))).status).toBe(200)
    expect(ended).not.toHaveBeenCalled()
    hanging.resolve()
    expect((await underWay).status).toBe(200)
    expect(await closed).toBe(true)
  })

  it('still says 401 to who is not X', async () => {
    const { receiver } = setUp()
    await receiver.close()
    expect((await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))).status).toBe(401)
  })

  it.each([
    ['10 seconds unless set', undefined, 10_000],
    ['what is set', { timeoutMs: 1_000 }, 1_000],
    ['not at all', { timeoutMs: 0 }, 0],
  ])('waits for %s, and then fires the signals', async (_, options, limit) => {
    const hanging = deferred()
    const signals: AbortSignal[] = []
    const follow = (_event: unknown, { signal }: HandlerContext) => {
      signals.push(signal)
      return hanging.promise
    }
    const { receiver, deliver } = setUp({ handlerTimeoutMs: 60_000, on: { follow } })
    const answer = deliver()
    await vi.advanceTimersByTimeAsync(0)
    const closed = receiver.close(options)
    if (limit > 0) await vi.advanceTimersByTimeAsync(limit - 1)
    expect(signals[0]?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await closed).toBe(false)
    expect(signals[0]).toMatchObject({ aborted: true, reason: { name: 'AbortError' } })
    expect((await answer).status).toBe(500)
    hanging.resolve()
  })

  it('also waits for what goes on after the answer', async () => {
    const hanging = deferred()
    const { receiver, deliver } = setUp({ ack: 'after-accept', on: { follow: () => hanging.promise } })
    expect((await deliver()).status).toBe(200)
    const closed = receiver.close()
    await vi.advanceTimersByTimeAsync(9_999)
    hanging.resolve()
    expect(await closed).toBe(true)
  })

  it('can be closed again, and each waits', async () => {
    const hanging = deferred()
    const { receiver, deliver } = setUp({ on: { follow: () => hanging.promise } })
    void deliver()
    await vi.advanceTimersByTimeAsync(0)
    const both = [receiver.close({ timeoutMs: 0 }), receiver.close()]
    await vi.advanceTimersByTimeAsync(1)
    hanging.resolve()
    expect(await Promise.all(both)).toEqual([false, true])
    expect(await receiver.close()).toBe(true)
  })

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '1'])(
    'rejects a timeout of %s',
    async (timeoutMs) => {
      const { receiver, deliver } = setUp()
      await expect(receiver.close({ timeoutMs: timeoutMs as number })).rejects.toThrow(/"timeoutMs"/)
      expect((await deliver()).status).toBe(200)
    },
  )
})
