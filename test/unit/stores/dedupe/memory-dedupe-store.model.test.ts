import fc from 'fast-check'
import { describe, it } from 'vitest'
import { createMemoryDedupeStore } from '../../../../src/stores/dedupe/memory-dedupe-store.ts'
import { compareWithModel, stepsOf, ttlMs } from '../../../support/dedupe-store-model.ts'
import { createManualClock } from '../../../support/manual-clock.ts'

describe('createMemoryDedupeStore', () => {
  it('answers any order of claims, commits and releases of one process as the model does', async () => {
    await fc.assert(
      fc.asyncProperty(stepsOf(1), async (steps) => {
        const { now, advance } = createManualClock()
        const open = () => createMemoryDedupeStore({ ttlMs, now })
        // The store is lost in a crash, and its claims never expire.
        const withoutCrashes = steps.filter(({ action }) => action !== 'crash')
        const claimTtlMs = Number.POSITIVE_INFINITY
        await compareWithModel(withoutCrashes, { processes: 1, claimTtlMs, open, wait: advance })
      }),
      { numRuns: 300 },
    )
  })
})
