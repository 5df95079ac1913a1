import { describe, expect, it } from 'vitest'
import { forEachConcurrent } from '../../../../src/sync/calls/for-each-concurrent.ts'
import { deferred } from '../../../support/deferred.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('forEachConcurrent', () => {
  it.each([
    [1, 1],
    [3, 3],
    [100, 10],
  ])('makes at most %i calls at a time', async (concurrency, expected) => {
    let running = 0
    let most = 0
    const seen: number[] = []
    const items = Array.from({ length: 10 }, (_, index) => index)
    await forEachConcurrent(items, concurrency, async (item) => {
      running += 1
      most = Math.max(most, running)
      await settle()
      running -= 1
      seen.push(item)
    })
    expect(most).toBe(expected)
    expect(seen.sort((a, b) => a - b)).toEqual(items)
  })

  it('makes no further calls after a failure, and waits for those in progress', async () => {
    const { promise, resolve } = deferred()
    const started: number[] = []
    let hasEnded = false
    const end = forEachConcurrent([1, 2, 3, 4], 2, async (item) => {
      started.push(item)
      if (item === 1) throw new Error('failed')
      await promise
    }).finally(() => {
      hasEnded = true
    })
    const expectation = expect(end).rejects.toThrow(new Error('failed'))
    await settle()
    expect(hasEnded).toBe(false)
    resolve()
    await expectation
    expect(started).toEqual([1, 2])
  })
})
