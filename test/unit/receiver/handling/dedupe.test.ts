import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createMemoryDedupeStore,
  createReceiver,
  type DedupeStore,
  type ErrorContext,
  type ReceiverOptions,
} from 'x-account-activity/receiver'
import { deferred } from '../../../support/deferred.ts'
import { deliveryRequest, followBody, secret } from '../../../support/x-request.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 28) })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

function setUp(options: Partial<ReceiverOptions>) {
  const errors: { error: unknown; context: ErrorContext }[] = []
  const onError = (error: unknown, context: ErrorContext) => errors.push({ error, context })
  const receiver = createReceiver({ consumerSecret: secret, onError, ...options })
  const deliver = async (body = followBody()) => (await receiver.fetch(deliveryRequest(body))).status
  return { receiver, errors, deliver }
}

const store = (change: Partial<DedupeStore>): DedupeStore => ({ ...createMemoryDedupeStore(), ...change })

describe('a dedupe store that hangs', () => {
  it.each([
    ['1,000 ms by default', {}, 1_000],
    ['storeTimeoutMs', { storeTimeoutMs: 100 }, 100],
    ['no longer than the handlers have', { handlerTimeoutMs: 50 }, 50],
  ])('is waited for %s', async (_, options, ms) => {
    const follow = vi.fn()
    const { deliver } = setUp({ dedupe: store({ claim: () => new Promise(() => {}) }), on: { follow }, ...options })
    const answer = deliver()
    const settled = vi.fn()
    void answer.then(settled)
    await vi.advanceTimersByTimeAsync(ms - 1)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(await answer).toBe(500)
    expect(follow).not.toHaveBeenCalled()
  })

  it('gets back a claim that it grants too late', async () => {
    const granted = deferred()
    const release = vi.fn()
    const claim = () => granted.promise.then(() => 'claimed' as const)
    const { deliver } = setUp({ dedupe: store({ claim, release }), on: { follow: () => {} } })
    const answer = deliver()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await answer).toBe(500)
    expect(release).not.toHaveBeenCalled()
    granted.resolve()
    await vi.advanceTimersByTimeAsync(0)
    expect(release).toHaveBeenCalledExactlyOnceWith(expect.any(String))
  })

  it('does not fill the receiver', async () => {
    let hangs = true
    const claim = () => (hangs ? new Promise<never>(() => {}) : 'claimed')
    const { deliver } = setUp({ dedupe: store({ claim }), on: { follow: () => {} }, maxConcurrentDeliveries: 1 })
    const first = deliver()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await first).toBe(500)
    hangs = false
    expect(await deliver(followBody({ source: '33' }))).toBe(200)
  })
})

describe('a commit that fails', () => {
  it('is tried again behind the answer, and the handlers do not run a second time', async () => {
    const follow = vi.fn()
    const commit = vi.fn(async () => {}).mockRejectedValueOnce(new Error('disk is full'))
    const dedupe = store({ claim: () => 'claimed', commit })
    const { deliver, errors } = setUp({ dedupe, on: { follow } })
    expect([await deliver(), await deliver()]).toEqual([200, 200])
    expect(errors).toMatchObject([{ error: { message: 'disk is full' }, context: { phase: 'store' } }])
    await vi.advanceTimersByTimeAsync(250)
    expect(commit).toHaveBeenCalledTimes(2)
    expect(follow).toHaveBeenCalledOnce()
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('disk is full')
      },
    ],
    ['hangs', () => new Promise<void>(() => {})],
  ])('because the store %s is tried again until the receiver closes', async (_, commit) => {
    const follow = vi.fn()
    const { deliver, receiver, errors } = setUp({ dedupe: store({ commit }), on: { follow } })
    const answer = deliver()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await answer).toBe(200)
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    // Once with the answer, and six times behind it.
    expect(errors).toHaveLength(7)
    expect(await deliver()).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
    expect(await receiver.close()).toBe(true)
  })

  it('is tried once more by a receiver that closes, which waits for it', async () => {
    const commit = vi.fn(async () => {}).mockRejectedValueOnce(new Error('disk is full'))
    const { deliver, receiver } = setUp({ dedupe: store({ commit }), on: { follow: () => {} } })
    await deliver()
    expect(await receiver.close()).toBe(true)
    expect(commit).toHaveBeenCalledTimes(2)
  })
})

describe('a claim that is not one', () => {
  it.each([undefined, null, true, false, 0, 'ok', '', {}, ['claimed']])('such as %j runs nothing', async (claim) => {
    const follow = vi.fn()
    const { deliver, errors } = setUp({ dedupe: store({ claim: () => claim as never }), on: { follow } })
    expect(await deliver()).toBe(500)
    expect(follow).not.toHaveBeenCalled()
    expect(errors).toMatchObject([
      {
        error: { name: 'TypeError', message: expect.stringContaining('dedupe.claim must answer') },
        context: { phase: 'store' },
      },
    ])
  })
})

describe('an event that no handler is there for', () => {
  it('is not remembered: it is handled when it comes again after a handler was added', async () => {
    const claim = vi.fn(() => 'claimed' as const)
    const { deliver, receiver } = setUp({ dedupe: store({ claim }), on: { unfollow: () => {} } })
    expect(await deliver()).toBe(200)
    expect(claim).not.toHaveBeenCalled()
    const follow = vi.fn()
    receiver.on('follow', follow)
    expect(await deliver()).toBe(200)
    expect(follow).toHaveBeenCalledOnce()
  })
})

describe('of two handlers', () => {
  it('the one that succeeded does not run again with the one that failed', async () => {
    const [good, bad] = [vi.fn(), vi.fn().mockRejectedValueOnce(new Error('a')).mockRejectedValueOnce(new Error('b'))]
    const { deliver } = setUp({ on: { follow: good, any: bad } })
    expect([await deliver(), await deliver(), await deliver(), await deliver()]).toEqual([500, 500, 200, 200])
    expect(good).toHaveBeenCalledOnce()
    expect(bad).toHaveBeenCalledTimes(3)
  })

  it('that are the same function, each runs until it has succeeded', async () => {
    const handler = vi.fn().mockResolvedValueOnce(1).mockRejectedValueOnce(new Error('a'))
    const { deliver } = setUp({ on: { follow: handler, any: handler } })
    expect([await deliver(), await deliver()]).toEqual([500, 200])
    expect(handler).toHaveBeenCalledTimes(3)
  })
})

describe('an event whose handler hangs', () => {
  it('takes one place, however often X sends it again', async () => {
    const hanging = deferred()
    const follow = ({ sourceId }: { sourceId: string }) => (sourceId === '22' ? hanging.promise : undefined)
    const { deliver } = setUp({ on: { follow }, maxConcurrentDeliveries: 2 })
    for (let count = 0; count < 4; count += 1) {
      const answer = deliver()
      await vi.advanceTimersByTimeAsync(2_500)
      expect(await answer).toBe(500)
    }
    expect(await deliver(followBody({ source: '33' }))).toBe(200)
    hanging.resolve()
    await vi.advanceTimersByTimeAsync(0)
    expect(await deliver()).toBe(200)
  })
})

describe('after an early answer', () => {
  it('the time of a handler runs from its turn', async () => {
    const aborted: boolean[] = []
    const follow = async (_event: unknown, { signal }: { signal: AbortSignal }) => {
      aborted.push(signal.aborted)
      await new Promise((resolve) => setTimeout(resolve, 80))
      aborted.push(signal.aborted)
    }
    const { deliver, errors } = setUp({ ack: 'after-accept', order: 'account', handlerTimeoutMs: 100, on: { follow } })
    for (const source of ['22', '33', '44', '55']) expect(await deliver(followBody({ source }))).toBe(200)
    await vi.advanceTimersByTimeAsync(4 * 80)
    expect(aborted).toEqual(Array(8).fill(false))
    expect(errors).toEqual([])
  })
})
