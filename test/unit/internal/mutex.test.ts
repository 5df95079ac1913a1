import { describe, expect, it } from 'vitest'
import { createMutex } from '../../../src/internal/mutex.ts'
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
