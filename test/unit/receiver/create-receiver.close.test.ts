import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HandlerContext, ReceiverOptions } from 'x-account-activity/receiver'
import { deferred } from '../../support/deferred.ts'
import { crcRequest, createTestReceiver } from '../../support/receiver.ts'
import { deliveryRequest, followBody } from '../../support/x-request.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

function setUp(options: Partial<ReceiverOptions> = {}) {
  const { receiver } = createTestReceiver(options)
  const deliver = (at = 0) => receiver.fetch(deliveryRequest(followBody({ at })))
  return { receiver, deliver }
}

describe('close', () => {
  it('resolves without waiting when no handler is running', async () => {
    const { receiver, deliver } = setUp()
    await deliver()
    expect(await receiver.close()).toBe(true)
  })

  it('waits for running handlers, while new deliveries are refused and the CRC is answered', async () => {
    const hanging = deferred()
    const { receiver, deliver } = setUp({ on: { follow: () => hanging.promise } })
    const running = deliver()
    await vi.advanceTimersByTimeAsync(0)
    const ended = vi.fn()
    const closed = receiver.close().then((isEnded) => {
      ended()
      return isEnded
    })
    const refused = await deliver(1)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toMatchObject({ error: 'closing' })
    expect((await receiver.fetch(crcRequest('?crc_token=foo'))).status).toBe(200)
    expect(ended).not.toHaveBeenCalled()
    hanging.resolve()
    expect((await running).status).toBe(200)
    expect(await closed).toBe(true)
  })

  it('does not change the answer to a request that is not from X', async () => {
    const { receiver } = setUp()
    await receiver.close()
    expect((await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))).status).toBe(401)
  })

  it.each([
    ['10 seconds by default', undefined, 10_000],
    ['timeoutMs', { timeoutMs: 1_000 }, 1_000],
    ['0 ms', { timeoutMs: 0 }, 0],
  ])('waits for %s, and then fires the signals of the handlers', async (_, options, limit) => {
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

  it('waits for handlers that go on after the answer', async () => {
    const hanging = deferred()
    const { receiver, deliver } = setUp({ ack: 'after-accept', on: { follow: () => hanging.promise } })
    expect((await deliver()).status).toBe(200)
    const closed = receiver.close()
    await vi.advanceTimersByTimeAsync(9_999)
    hanging.resolve()
    expect(await closed).toBe(true)
  })

  it('can be called again, and each call waits', async () => {
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
