import { describe, expect, it, vi } from 'vitest'
import { createKeyedMutex, createMutex } from '../../../src/internal/mutex.ts'
import { deferred } from '../../support/deferred.ts'

const ticks = () => new Promise(setImmediate)

/** Work that ends when the test says so. */
function createWork() {
  const end = deferred()
  return { ...end, start: vi.fn(() => end.promise) }
}

describe('createMutex', () => {
  it('runs work one after the other, in the order of the calls', async () => {
    const run = createMutex()
    const [first, second] = [createWork(), createWork()]
    const done = [run(first.start), run(second.start)]
    await ticks()
    expect([first.start.mock.calls.length, second.start.mock.calls.length]).toEqual([1, 0])
    first.resolve()
    await ticks()
    expect(second.start).toHaveBeenCalledOnce()
    second.resolve()
    await Promise.all(done)
  })

  it('returns the result of the work, and goes on after work that fails', async () => {
    const run = createMutex()
    const failed = run(() => Promise.reject(new Error('disk is full')))
    const next = run(async () => 'written')
    await expect(failed).rejects.toThrow(new Error('disk is full'))
    expect(await next).toBe('written')
  })
})

describe('createKeyedMutex', () => {
  it('starts work without waiting when its key is not locked', () => {
    const mutex = createKeyedMutex()
    const work = createWork()
    expect(mutex.isLocked('a')).toBe(false)
    void mutex.run('a', work.start)
    expect(work.start).toHaveBeenCalledOnce()
    expect([mutex.isLocked('a'), mutex.isLocked('b')]).toEqual([true, false])
  })

  it('runs work with one key in the order of the calls, and other keys meanwhile', async () => {
    const mutex = createKeyedMutex()
    const [first, second, third, other] = [createWork(), createWork(), createWork(), createWork()]
    const done = [mutex.run('a', first.start), mutex.run('a', second.start), mutex.run('a', third.start)]
    void mutex.run('b', other.start)
    expect(other.start).toHaveBeenCalledOnce()
    first.resolve()
    await ticks()
    expect([second.start.mock.calls.length, third.start.mock.calls.length]).toEqual([1, 0])
    second.resolve()
    await ticks()
    expect(third.start).toHaveBeenCalledOnce()
    third.resolve()
    await Promise.all(done)
  })

  it('returns the result of the work, and goes on after work that rejects', async () => {
    const mutex = createKeyedMutex()
    const failed = mutex.run('a', () => Promise.reject(new Error('database is down')))
    const next = mutex.run('a', async () => 'handled')
    await expect(failed).rejects.toThrow(new Error('database is down'))
    expect(await next).toBe('handled')
  })

  it('unlocks a key when its last work has ended, whether it resolves or rejects', async () => {
    const mutex = createKeyedMutex()
    const [first, last] = [createWork(), createWork()]
    void mutex.run('a', first.start)
    const done = mutex.run('a', last.start)
    first.resolve()
    await ticks()
    expect(mutex.isLocked('a')).toBe(true)
    last.reject(new Error('database is down'))
    await expect(done).rejects.toThrow('database is down')
    await ticks()
    expect(mutex.isLocked('a')).toBe(false)
  })
})
