import { describe, expect, it } from 'vitest'
import type { RecoveryStore } from 'x-account-activity/recovery'
import { createMemoryRecoveryStore } from 'x-account-activity/recovery'
import { recoveryStoreContract } from 'x-account-activity/testing'

/** The names of the cases that a store fails. */
async function failures(change: (store: RecoveryStore) => Partial<RecoveryStore>): Promise<string[]> {
  const stores = new Map<string, RecoveryStore>()
  const createStore = ({ name }: { readonly name: string }) => {
    const store = stores.get(name) ?? createMemoryRecoveryStore()
    stores.set(name, store)
    return { ...store, ...change(store) } as RecoveryStore
  }
  const failed: string[] = []
  for (const { name, run } of recoveryStoreContract({ createStore })) {
    await run().catch(() => failed.push(name))
  }
  return failed
}

describe('recoveryStoreContract', () => {
  it('passes a store that is right', async () => {
    expect(await failures(() => ({}))).toEqual([])
  })

  it('fails a store that always replaces, and one that never does', async () => {
    const always = (store: RecoveryStore) => ({
      compareAndSet: async (key: string, _: unknown, after: unknown) => {
        await store.set(key, after)
        return true
      },
    })
    expect(await failures(always)).toContain('lets one of two writers with the same expectation succeed')
    const never = () => ({ compareAndSet: () => false })
    expect(await failures((store) => ({ ...never(), set: store.set }))).toContain(
      'replaces a value that is as expected, and no other',
    )
  }, 5000)

  it('fails a store whose values can be changed from outside', async () => {
    const values = new Map<string, unknown>()
    const shared = {
      get: (key: string) => values.get(key),
      set: (key: string, value: unknown) => void values.set(key, value),
    }
    expect(await failures(() => shared)).toContain('is not affected by later changes to a value')
  })

  it('fails a store without compareAndSet', async () => {
    expect(await failures(() => ({ compareAndSet: undefined as never }))).toHaveLength(8)
  })

  it.each([
    [undefined, '"options" must be an object, got undefined'],
    [{}, '"createStore" must be a function, got undefined'],
    [{ createStore() {}, shared: 1 }, '"shared" must be a boolean, got number'],
    [{ createStore() {}, closeStore: 1 }, '"closeStore" must be a function, got number'],
  ])('refuses %j', (options, message) => {
    expect(() => recoveryStoreContract(options as never)).toThrow(new TypeError(message))
  })
})
