import { describe, expect, it, vi } from 'vitest'
import { createConcurrencyLimit } from '../../../src/internal/concurrency-limit.ts'
import { deferred } from '../../support/deferred.ts'

const ticks = () => new Promise(setImmediate)

describe('createConcurrencyLimit', () => {
  it('is full with as many as the limit, until one has ended', async () => {
    const limit = createConcurrencyLimit(2)
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
    const limit = createConcurrencyLimit(1)
    const work = deferred()
    limit.track(work.promise)
    work.reject(new Error('failed'))
    await ticks()
    expect(limit.isFull()).toBe(false)
    await limit.close()
  })

  it('closes without waiting when nothing is running', async () => {
    const limit = createConcurrencyLimit(1)
    expect(limit.isClosed()).toBe(false)
    await limit.close()
    expect(limit.isClosed()).toBe(true)
  })

  it('closes when all work has ended, for each caller', async () => {
    const limit = createConcurrencyLimit(2)
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
