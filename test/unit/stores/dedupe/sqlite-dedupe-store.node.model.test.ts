import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createSqliteDedupeStore,
  type SqliteDedupeStore,
} from '../../../../src/stores/dedupe/sqlite-dedupe-store.node.ts'
import { claimTtlMs, compareWithModel, stepsOf, ttlMs } from '../../../support/dedupe-store-model.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

describe('createSqliteDedupeStore', () => {
  it('answers any order of claims, commits, releases and crashes as the model does', { timeout: 60_000 }, async () => {
    const folder = tempFolder()
    await fc.assert(
      fc.asyncProperty(stepsOf(3), async (steps) => {
        const { now, advance } = createManualClock()
        const stores: SqliteDedupeStore[] = []
        const path = join(folder, randomUUID())
        const open = () => {
          stores.push(createSqliteDedupeStore({ path, ttlMs, claimTtlMs, synchronous: 'normal', now }))
          return stores.at(-1) ?? expect.unreachable()
        }
        await compareWithModel(steps, { processes: 3, claimTtlMs, open, wait: advance })
        for (const store of stores) store.close()
      }),
      { numRuns: 100 },
    )
  })
})
