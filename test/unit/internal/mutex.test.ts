import { describe, expect, it } from 'vitest'
import { createKeyedMutex, createMutex } from '../../../src/internal/mutex.ts'
import { deferred } from '../../support/deferred.ts'

describe('createMutex', () => {
  it('runs one operation at a time, in the order of the calls', async () => {
    const runExclusive = createMutex()
    const first = deferred()
    const log: string[] = []
    const results = [
      runExclusive(async () => {
        log.push('first started')
        await first.promise
        log.push('first ended')
        return 1
      }),
      runExclusive(async () => {
        log.push('second started')
        return 2
      }),
    ]
    await new Promise((resolve) => setImmediate(resolve))
    expect(log).toEqual(['first started'])
    first.resolve()
    expect(await Promise.all(results)).toEqual([1, 2])
    expect(log).toEqual(['first started', 'first ended', 'second started'])
  })

  it('runs the next operation after one that failed', async () => {
    const runExclusive = createMutex()
    const failed = runExclusive(() => Promise.reject(new Error('failed')))
    const next = runExclusive(async () => 'next')
    await expect(failed).rejects.toThrow(new Error('failed'))
    expect(await next).toBe('next')
  })
})

describe('createKeyedMutex', () => {
  it('runs the operations of a key one at a time, and those of other keys at the same time', async () => {
    const mutex = createKeyedMutex()
    const [first, other] = [deferred(), deferred()]
    const log: string[] = []
    const run = (key: string, name: string, end: Promise<void>) =>
      mutex.run(key, async () => {
        log.push(name)
        await end
      })
    const all = [run('a', 'a1', first.promise), run('a', 'a2', Promise.resolve()), run('b', 'b1', other.promise)]
    expect(log).toEqual(['a1', 'b1'])
    expect([mutex.isLocked('a'), mutex.isLocked('b'), mutex.isLocked('c')]).toEqual([true, true, false])
    first.reject(new Error('failed'))
    other.resolve()
    await Promise.allSettled(all)
    expect(log).toEqual(['a1', 'b1', 'a2'])
    expect([mutex.isLocked('a'), mutex.isLocked('b')]).toEqual([false, false])
  })
})
