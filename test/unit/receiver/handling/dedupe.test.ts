import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createMemoryDedupeStore,
  createReceiver,
  type DedupeStore,
  type ErrorContext,
  type HandlerContext,
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

describe('a claim with a token', () => {
  const claimTtlMs = 3_000
  const setUpLease = (change: Partial<DedupeStore> = {}) => {
    const handler = deferred()
    const contexts: HandlerContext[] = []
    const renew = vi.fn(async () => true)
    const commit = vi.fn(async () => true)
    const release = vi.fn()
    const claim = () => ({ state: 'claimed' as const, token: 7 })
    const dedupe: DedupeStore = { claimTtlMs, claim, commit, release, renew, ...change }
    const follow = (_event: unknown, context: HandlerContext) => {
      contexts.push(context)
      return handler.promise
    }
    return { ...setUp({ dedupe, on: { follow }, handlerTimeoutMs: 60_000 }), handler, contexts, renew, commit, release }
  }
  const leaseLost = { name: 'LeaseLostError' }

  it('gives the handlers a lease, and is committed with the token', async () => {
    const { deliver, handler, contexts, commit } = setUpLease()
    const answer = deliver()
    await vi.advanceTimersByTimeAsync(0)
    expect(contexts[0]?.lease).toEqual({ token: 7 })
    handler.resolve()
    expect(await answer).toBe(200)
    expect(commit).toHaveBeenCalledExactlyOnceWith(expect.any(String), 7)
  })

  it('is released with the token when a handler fails', async () => {
    const { deliver, handler, release } = setUpLease()
    const answer = deliver()
    handler.reject(new Error('not yet'))
    expect(await answer).toBe(500)
    expect(release).toHaveBeenCalledExactlyOnceWith(expect.any(String), 7)
  })

  it('is renewed three times in its life, until the handlers have ended', async () => {
    const { deliver, handler, contexts, renew, errors } = setUpLease()
    const answer = deliver()
    await vi.advanceTimersByTimeAsync(999)
    expect(renew).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(8_001)
    expect(renew).toHaveBeenCalledTimes(9)
    expect(renew).toHaveBeenLastCalledWith(expect.any(String), 7)
    expect(contexts[0]?.signal.aborted).toBe(false)
    handler.resolve()
    expect(await answer).toBe(200)
    expect(errors).toEqual([])
  })

  it('that is lost fires the signal with a reason of its own, and X sends the event again', async () => {
    const { deliver, handler, contexts, errors } = setUpLease({ renew: async () => false, commit: async () => false })
    const answer = deliver()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(contexts[0]?.signal.reason).toMatchObject(leaseLost)
    expect(await answer).toBe(500)
    handler.resolve()
    await vi.advanceTimersByTimeAsync(0)
    expect(errors).toMatchObject([{ error: leaseLost, context: { phase: 'handler', event: { type: 'follow' } } }])
  })

  it.each([undefined, null, 'OK', 1])('counts as not renewed when a store answers %j', async (answer) => {
    const { deliver, handler, contexts, errors } = setUpLease({ renew: async () => answer as never })
    const answered = deliver()
    await vi.advanceTimersByTimeAsync(3_000)
    expect(contexts[0]?.signal.reason).toMatchObject(leaseLost)
    expect(await answered).toBe(500)
    expect(errors[0]).toMatchObject({
      error: { name: 'TypeError', message: expect.stringContaining('dedupe.renew must answer true or false') },
      context: { phase: 'store' },
    })
    handler.resolve()
    await vi.advanceTimersByTimeAsync(0)
  })

  it('counts as lost when the store has not answered for as long as it lasts', async () => {
    const renew = vi.fn().mockRejectedValue(new Error('ECONNREFUSED'))
    const { deliver, handler, contexts, errors } = setUpLease({ renew })
    const answer = deliver()
    await vi.advanceTimersByTimeAsync(2_999)
    expect(contexts[0]?.signal.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(contexts[0]?.signal.reason).toMatchObject(leaseLost)
    expect(await answer).toBe(500)
    expect(errors.map(({ error }) => (error as Error).message)).toEqual([
      'ECONNREFUSED',
      'ECONNREFUSED',
      'ECONNREFUSED',
      expect.stringContaining('lease'),
    ])
    handler.resolve()
    await vi.advanceTimersByTimeAsync(0)
  })

  it.each([
    ['immediately', () => false],
    ['later', async () => false],
  ])('cannot be committed once it is lost, which a store says %s', async (_, commit) => {
    const { deliver, handler, errors } = setUpLease({ commit })
    const answer = deliver()
    handler.resolve()
    expect(await answer).toBe(500)
    expect(errors).toMatchObject([{ error: leaseLost, context: { phase: 'handler' } }])
  })

  it('of a handler that returns immediately cannot be committed once it is lost', async () => {
    const commit = vi.fn().mockReturnValueOnce(false).mockReturnValue(true)
    const dedupe: DedupeStore = { claim: () => ({ state: 'claimed', token: 1 }), commit, release: () => {} }
    const { deliver } = setUp({ dedupe, on: { follow: () => {} } })
    expect([await deliver(), await deliver()]).toEqual([500, 200])
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

describe('a token that is not one', () => {
  it.each([null, '7', Number.NaN, Number.POSITIVE_INFINITY, {}, 7n])('such as %s runs nothing', async (token) => {
    const follow = vi.fn()
    const claim = () => ({ state: 'claimed', token }) as never
    const { deliver, errors } = setUp({ dedupe: store({ claim }), on: { follow } })
    expect(await deliver()).toBe(500)
    expect(follow).not.toHaveBeenCalled()
    expect(errors).toMatchObject([
      {
        error: { name: 'TypeError', message: expect.stringContaining('The token of dedupe.claim must be an integer') },
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
