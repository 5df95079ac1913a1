import { describe, expect, it, vi } from 'vitest'
import { createConcurrencyLimit } from '../../../src/internal/concurrency-limit.ts'
import { deferred } from '../../support/deferred.ts'

const ticks = () => new Promise(setImmediate)

describe('createConcurrencyLimit', () => {
  it('is full with as many as the limit, until one has ended', async () => {
    const limit = createConcurrencyLimit(2, Date.now)
    const [first, second] = [deferred(), deferred()]
    expect(limit.isFull()).toBe(false)
    limit.track(first.promise)
    expect(limit.isFull()).toBe(false)
    limit.track(second.promise)
    expect(limit.isFull()).toBe(true)
    first.resolve()
    await ticks()
    expect(limit.isFull()).toBe(false)
  })

  it('counts work that rejects until then, and handles the rejection', async () => {
    const limit = createConcurrencyLimit(1, Date.now)
    const work = deferred()
    limit.track(work.promise)
    work.reject(new Error('failed'))
    await ticks()
    expect(limit.isFull()).toBe(false)
    await limit.close()
  })

  it('knows how much is running, and since when it is full without an end of any', async () => {
    let now = 1_000
    const limit = createConcurrencyLimit(2, () => now)
    const [first, second, third] = [deferred(), deferred(), deferred()]
    limit.track(first.promise)
    expect([limit.limit, limit.running(), limit.fullSince()]).toEqual([2, 1, undefined])
    now = 2_000
    limit.track(second.promise)
    now = 3_000
    limit.track(third.promise)
    expect([limit.running(), limit.fullSince()]).toEqual([3, 2_000])
    now = 4_000
    first.resolve()
    await ticks()
    expect([limit.running(), limit.fullSince()]).toEqual([2, 4_000])
    second.resolve()
    await ticks()
    expect([limit.running(), limit.fullSince()]).toEqual([1, undefined])
  })

  it('closes without waiting when nothing is running', async () => {
    const limit = createConcurrencyLimit(1, Date.now)
    expect(limit.isClosed()).toBe(false)
    await limit.close()
    expect(limit.isClosed()).toBe(true)
  })

  it('closes when all work has ended, for each caller', async () => {
    const limit = createConcurrencyLimit(2, Date.now)
    const [first, second] = [deferred(), deferred()]
    limit.track(first.promise)
    limit.track(second.promise)
    const closed = vi.fn()
    const closing = Promise.all([limit.close().then(closed), limit.close().then(closed)])
    expect(limit.isClosed()).toBe(true)
    first.resolve()
    await ticks()
    expect(closed).not.toHaveBeenCalled()
    second.reject(new Error('failed'))
    await closing
    expect(closed).toHaveBeenCalledTimes(2)
  })
})
