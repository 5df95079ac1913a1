import { join } from 'node:path'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { createSqliteInbox } from '../../../../src/stores/inbox/sqlite-inbox.node.ts'
import { inboxContract } from '../../../../src/testing/inbox-contract.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('createSqliteInbox, by the contract of an inbox', () => {
  let folder: string
  const contract = inboxContract({
    createInbox: ({ name, ...settings }) => createSqliteInbox({ path: join(folder, name), ...settings }),
    advance: (ms) => vi.advanceTimersByTimeAsync(ms),
    setClockBack: (ms) => vi.setSystemTime(Date.now() - ms),
  })
  for (const { name, run } of contract) {
    it(name, async () => {
      folder = tempFolder()
      await run()
    })
  }
})
