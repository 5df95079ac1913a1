import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryInbox } from '../../../../src/stores/inbox/memory-inbox.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const newItem = (id: string) => ({ id, body: '{}', receivedAt: 1 })

describe('createMemoryInbox', () => {
  it('does not add a handled item again for its retention time, and adds it after that', async () => {
    const inbox = createMemoryInbox({ retentionMs: 10_000 })
    const started: string[] = []
    inbox.run(async ({ id }) => void started.push(id), { concurrency: 1, onError: console.error })
    await inbox.add([newItem('a')])
    await vi.advanceTimersByTimeAsync(9999)
    await inbox.add([newItem('a')])
    await vi.advanceTimersByTimeAsync(0)
    expect(started).toEqual(['a'])
    await vi.advanceTimersByTimeAsync(1)
    await inbox.add([newItem('a')])
    await vi.advanceTimersByTimeAsync(0)
    expect(started).toEqual(['a', 'a'])
  })

  it('is not affected by later changes to an item', async () => {
    const inbox = createMemoryInbox()
    const item = newItem('a')
    await inbox.add([item])
    item.body = 'changed'
    const bodies: string[] = []
    inbox.run(async ({ body }) => void bodies.push(body), { concurrency: 1, onError: console.error })
    await vi.advanceTimersByTimeAsync(0)
    expect(bodies).toEqual(['{}'])
  })

  it('handles twenty thousand items with one ordering key in order', async () => {
    const inbox = createMemoryInbox()
    const items = Array.from({ length: 20_000 }, (_, number) => ({
      ...newItem(`event-${number}`),
      orderingKey: 'alice',
    }))
    let last = ''
    let handled = 0
    const handle = async ({ id }: { id: string }) => {
      handled += 1
      last = id
    }
    await inbox.add([...items, newItem('alone')])
    const { stop } = inbox.run(handle, { concurrency: 10, onError: console.error })
    await vi.waitUntil(() => handled === 20_001)
    expect(last).toBe('event-19999')
    await stop()
  })

  it.each([
    [null, TypeError],
    [{ maxAttempts: 0 }, RangeError],
    [{ retentionMs: '1' }, TypeError],
    [{ timeoutMs: Number.POSITIVE_INFINITY }, RangeError],
    [{ backoff: { baseMs: Number.NaN } }, RangeError],
  ])('refuses %j', (options, type) => {
    expect(() => createMemoryInbox(options as never)).toThrow(type)
  })
})
