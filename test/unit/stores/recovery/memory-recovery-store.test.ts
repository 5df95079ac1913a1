import { describe, it } from 'vitest'
import { createMemoryRecoveryStore } from '../../../../src/stores/recovery/memory-recovery-store.ts'
import { recoveryStoreContract } from '../../../../src/testing/recovery-store-contract.ts'

describe('createMemoryRecoveryStore, by the contract of a recovery store', () => {
  const stores = new Map<string, ReturnType<typeof createMemoryRecoveryStore>>()
  const createStore = ({ name }: { readonly name: string }) => {
    const store = stores.get(name) ?? createMemoryRecoveryStore()
    stores.set(name, store)
    return store
  }
  for (const { name, run } of recoveryStoreContract({ createStore })) it(name, run)
})
