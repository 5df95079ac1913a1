import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { createMemoryInbox } from '../../../../src/stores/inbox/memory-inbox.ts'
import { inboxContract } from '../../../../src/testing/inbox-contract.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('createMemoryInbox, by the contract of an inbox', () => {
  const contract = inboxContract({
    createInbox: (settings) => createMemoryInbox(settings),
    advance: (ms) => vi.advanceTimersByTimeAsync(ms),
    setClockBack: (ms) => vi.setSystemTime(Date.now() - ms),
    shared: false,
  })
  for (const { name, run } of contract) it(name, run)
})
