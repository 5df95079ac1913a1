import { assertBoolean, assertFunction, assertObject } from '../internal/assert.ts'
import type { Awaitable } from '../internal/awaitable.ts'
import type { RecoveryStore } from '../stores/recovery/recovery-store.ts'
import { assertSame, type ContractCase, newName } from './contract-case.ts'

/** The settings that a case requires of a recovery store. */
export interface RecoveryStoreSettings {
  /** Stores with the same name share their values; stores with different names do not. */
  readonly name: string
}

/** Options of {@link recoveryStoreContract}. */
export interface RecoveryStoreContractOptions {
  /** Creates a store, as a process does when it starts. */
  readonly createStore: (settings: RecoveryStoreSettings) => Awaitable<RecoveryStore>
  /**
   * Whether stores with the same name share their values, as the stores of several processes do. With `false`, the cases that
   * need it are left out.
   *
   * @defaultValue true
   */
  readonly shared?: boolean | undefined
  /**
   * Closes a store of a case that has ended.
   *
   * @defaultValue not called
   */
  readonly closeStore?: ((store: RecoveryStore) => Awaitable<void>) | undefined
}

/** A store that several processes can share. */
interface SharedStore extends RecoveryStore {
  readonly compareAndSet: NonNullable<RecoveryStore['compareAndSet']>
}

/** A case of the contract. */
interface RecoveryStoreCase {
  readonly name: string
  readonly needsSharing?: true
  readonly check: (open: () => Promise<SharedStore>) => Promise<void>
}

/** Values as a recovery writes them, and keys with a special meaning in some language or store. */
const value = { version: 2, outages: [{ from: 1, to: 2.5 }], text: 'ü\u2028"\\\'', none: null, is: [true, false] }
const hostileKeys = ['1', '__proto__', 'constructor', 'toString', "'; --", 'a:b', '*', 'é', '🦆', ' ']

const cases: readonly RecoveryStoreCase[] = [
  {
    name: 'returns undefined for a key that was never set',
    async check(open) {
      const store = await open()
      for (const key of hostileKeys) assertSame(await store.get(key), undefined, key)
    },
  },
  {
    name: 'returns the value that was set last, for each key',
    async check(open) {
      const store = await open()
      for (const [index, key] of hostileKeys.entries()) await store.set(key, { ...value, index })
      await store.set('1', { a: false })
      for (const [index, key] of hostileKeys.entries()) {
        assertSame(await store.get(key), key === '1' ? { a: false } : { ...value, index }, key)
      }
    },
  },
  {
    name: 'is not affected by later changes to a value',
    async check(open) {
      const store = await open()
      const given = { list: [1] }
      await store.set('1', given)
      given.list.push(2)
      ;((await store.get('1')) as typeof given).list.push(3)
      assertSame(await store.get('1'), { list: [1] }, 'the value')
    },
  },
  {
    name: 'accepts writes to different keys at the same time',
    async check(open) {
      const store = await open()
      await Promise.all(Array.from({ length: 20 }, async (_, index) => store.set(`key ${index}`, index)))
      for (let index = 0; index < 20; index += 1) assertSame(await store.get(`key ${index}`), index, `key ${index}`)
    },
  },
  {
    name: 'replaces a value that is as expected, and no other',
    async check(open) {
      const store = await open()
      assertSame(await store.compareAndSet('1', { a: 1 }, value), false, 'a key that was never set')
      assertSame(await store.get('1'), undefined, 'the value after that')
      assertSame(await store.compareAndSet('1', undefined, value), true, 'a key that is expected to be absent')
      assertSame(await store.compareAndSet('1', undefined, { a: 1 }), false, 'a key that is not absent any more')
      assertSame(await store.compareAndSet('1', { ...value, version: 3 }, { a: 1 }), false, 'another value')
      assertSame(await store.get('1'), value, 'the value after two refusals')
      assertSame(await store.compareAndSet('1', await store.get('1'), { a: 1 }), true, 'the value that get returned')
      assertSame(await store.get('1'), { a: 1 }, 'the new value')
    },
  },
  {
    name: 'lets one of two writers with the same expectation succeed',
    async check(open) {
      const store = await open()
      await store.set('1', 0)
      const results = await Promise.all(Array.from({ length: 10 }, async (_, n) => store.compareAndSet('1', 0, n + 1)))
      assertSame(results.filter(Boolean).length, 1, 'the number of writers that succeeded')
      assertSame(await store.get('1'), results.indexOf(true) + 1, 'the value')
    },
  },
  {
    name: 'counts without a loss when several processes write',
    needsSharing: true,
    async check(open) {
      const count = async () => {
        const store = await open()
        for (let done = 0, tries = 0; done < 10; tries += 1) {
          if (tries > 1000) throw new Error('The store has refused nearly all of 1,000 writes.')
          const before = await store.get('1')
          if (await store.compareAndSet('1', before, Number(before ?? 0) + 1)) done += 1
        }
      }
      await Promise.all([count(), count(), count()])
      assertSame(await (await open()).get('1'), 30, 'the count')
    },
  },
  {
    name: 'shows a value to another process once it is set',
    needsSharing: true,
    async check(open) {
      const [one, other] = [await open(), await open()]
      await one.set('1', value)
      assertSame(await other.get('1'), value, 'the value in another process')
    },
  },
]

/**
 * The contract of a recovery store that several processes share, as cases for any test runner: use it to test a store of your
 * own.
 *
 * @throws TypeError when an option is missing or of the wrong type.
 *
 * @example
 * import { test } from 'node:test'
 * import { createMemoryRecoveryStore } from 'x-account-activity/recovery'
 * import { recoveryStoreContract } from 'x-account-activity/testing'
 *
 * const cases = recoveryStoreContract({ createStore: () => createMemoryRecoveryStore(), shared: false })
 * for (const { name, run } of cases) test(name, run)
 */
export function recoveryStoreContract(options: RecoveryStoreContractOptions): readonly ContractCase[] {
  assertObject(options, 'options')
  const { createStore, shared = true, closeStore } = options
  assertFunction(createStore, 'createStore')
  assertBoolean(shared, 'shared')
  if (closeStore !== undefined) assertFunction(closeStore, 'closeStore')
  return cases
    .filter(({ needsSharing }) => shared || !needsSharing)
    .map(({ name, check }) => ({
      name,
      run: async () => {
        const opened: RecoveryStore[] = []
        const settings = { name: newName() }
        const open = async () => {
          const store = await createStore(settings)
          opened.push(store)
          return withCompareAndSet(store)
        }
        try {
          await check(open)
        } finally {
          for (const store of opened) await closeStore?.(store)
        }
      },
    }))
}

/** @throws TypeError when the store has no `compareAndSet`: several processes cannot share it. */
function withCompareAndSet(store: RecoveryStore): SharedStore {
  assertFunction(store.compareAndSet, 'store.compareAndSet')
  return store as SharedStore
}
