import { describe, it } from 'vitest'
import { createMemoryDedupeStore } from '../../../../src/stores/dedupe/memory-dedupe-store.ts'
import { dedupeStoreContract } from '../../../../src/testing/dedupe-store-contract.ts'
import { createManualClock } from '../../../support/manual-clock.ts'

describe('createMemoryDedupeStore, by the contract of a dedupe store', () => {
  const { now, advance } = createManualClock()
  const contract = dedupeStoreContract({
    createStore: ({ ttlMs }) => createMemoryDedupeStore({ ttlMs, now }),
    advance,
    shared: false,
  })
  for (const { name, run } of contract) it(name, run)
})
