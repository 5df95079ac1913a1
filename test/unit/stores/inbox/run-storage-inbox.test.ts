import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sleep } from '../../../../src/internal/timers.ts'
import type { InboxStorage } from '../../../../src/stores/inbox/inbox-storage.ts'
import { createMemoryInboxStorage } from '../../../../src/stores/inbox/memory-inbox-storage.ts'
import { runStorageInbox } from '../../../../src/stores/inbox/run-storage-inbox.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const diskFull = new Error('database or disk is full')

/** Runs a storage in memory of which one method fails a number of times. */
function runFailing(method: 'finish' | 'fail' | 'giveBack', failures: number, outcome: () => Promise<unknown>) {
  const correct = createMemoryInboxStorage({
    now: Date.now,
    backoff: () => 1000,
    maxAttempts: 2,
    retentionMs: 1_000_000,
  })
  const failing = vi.fn<InboxStorage[typeof method]>(correct[method] as never)
  for (let time = 0; time < failures; time += 1) failing.mockRejectedValueOnce(diskFull)
  const storage: InboxStorage = { ...correct, [method]: failing }
  const started: string[] = []
  const errors: unknown[] = []
  const run = runStorageInbox(
    storage,
    ({ id, attempt }) => {
      started.push(`${id} ${attempt}`)
      return id === 'a' ? outcome() : Promise.resolve()
    },
    { concurrency: 1, onError: (error) => errors.push(error), onGivenBack: () => {} },
    { now: Date.now, sleep, maxAttempts: 2, timeoutMs: 60_000, retentionMs: 1_000_000, pollMs: 1000, renewMs: 10_000 },
  )
  const add = async (...ids: string[]) => {
    await storage.add(ids.map((id) => ({ id, body: '{}', receivedAt: 1, orderingKey: `key of ${id}` })))
    run.wake()
    await advance(0)
  }
  return { run, storage, failing, started, errors, add }
}

describe('an end that cannot be recorded', () => {
  it('is recorded again after 250 ms, 1 s, 4 s and 16 s, and the handler does not run again', async () => {
    const { failing, started, errors, add, storage } = runFailing('finish', 4, async () => {})
    const startedAt = Date.now()
    const at: number[] = []
    await add('a')
    for (let second = 0; second < 120; second += 1) {
      at.push(...failing.mock.calls.slice(at.length).map(() => Date.now() - startedAt))
      await advance(250)
    }
    expect(at).toEqual([0, 250, 1250, 5250, 21_250])
    expect(started).toEqual(['a 1'])
    expect(errors).toEqual(Array(4).fill(diskFull))
    await add('a')
    await advance(1000)
    expect(started).toEqual(['a 1'])
    expect(await storage.deadLetters()).toEqual([])
  })

  it('does not keep other items waiting', async () => {
    const { started, add } = runFailing('finish', 4, async () => {})
    await add('a', 'b')
    await advance(100)
    expect(started).toEqual(['a 1', 'b 1'])
  })

  it('is recorded once more by stop, which does not wait for longer', async () => {
    const { run, failing, add } = runFailing('finish', 100, async () => {})
    await add('a')
    await advance(300)
    expect(failing).toHaveBeenCalledTimes(2)
    await run.stop()
    expect(failing).toHaveBeenCalledTimes(3)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('can be a failure of the handler: the next attempt is made after that', async () => {
    const { started, add, storage } = runFailing('fail', 1, () => Promise.reject(new Error('always fails')))
    await add('a')
    await advance(1249)
    expect(started).toEqual(['a 1'])
    await advance(1)
    expect(started).toEqual(['a 1', 'a 2'])
    expect(await storage.deadLetters()).toMatchObject([{ id: 'a', attempts: 2, error: 'always fails' }])
  })

  it('can be that an item is given back', async () => {
    const outcome = vi.fn(async (): Promise<unknown> => 'no_handler')
    const { run, started, add } = runFailing('giveBack', 1, outcome)
    await add('a')
    await advance(250)
    outcome.mockResolvedValue(undefined)
    run.offerAgain()
    await advance(0)
    expect(started).toEqual(['a 1', 'a 1'])
  })
})
