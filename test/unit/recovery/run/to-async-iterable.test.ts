import { describe, expect, it } from 'vitest'
import { toAsyncIterable } from '../../../../src/recovery/run/to-async-iterable.ts'
import { deferred } from '../../../support/deferred.ts'

describe('toAsyncIterable', () => {
  it('yields what is emitted at any time, and ends', async () => {
    const items = toAsyncIterable<number>(async (emit) => {
      emit(1)
      emit(2)
      await Promise.resolve()
      emit(3)
    })
    const seen: number[] = []
    for await (const item of items) seen.push(item)
    expect(seen).toEqual([1, 2, 3])
  })

  it('throws after the items that were emitted before', async () => {
    const seen: number[] = []
    const items = toAsyncIterable<number>(async (emit) => {
      emit(1)
      throw new Error('failed')
    })
    const loop = async () => {
      for await (const item of items) seen.push(item)
    }
    await expect(loop()).rejects.toThrow(new Error('failed'))
    expect(seen).toEqual([1])
  })

  it('aborts and waits for the end when the loop is left', async () => {
    const { promise, resolve } = deferred()
    const log: string[] = []
    const items = toAsyncIterable<number>(async (emit, signal) => {
      signal.addEventListener('abort', () => setTimeout(resolve))
      emit(1)
      await promise
      log.push('ended')
    })
    for await (const item of items) {
      log.push(`got ${item}`)
      break
    }
    expect(log).toEqual(['got 1', 'ended'])
  })
})
