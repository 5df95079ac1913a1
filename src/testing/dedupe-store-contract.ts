import { assertFunction, assertObject } from '../internal/assert.ts'
import type { Awaitable } from '../internal/awaitable.ts'
import type { DedupeStore } from '../stores/dedupe/dedupe-store.ts'
import { type ContractCase, newName } from './contract-case.ts'
import { claimTtlMs, dedupeStoreCases, ttlMs } from './dedupe-store-cases.ts'

/** What a store that is to be tried out shall be like. */
export interface DedupeStoreSettings {
  /** Where its events lie: stores that are given the same name share them, others do not. */
  readonly name: string
  /** How long it has to remember a handled event, in milliseconds. */
  readonly ttlMs: number
  /** How long a claim has to stand that is neither committed nor released, in milliseconds. */
  readonly claimTtlMs: number
}

/** How to try out a dedupe store. */
export interface DedupeStoreContractOptions {
  /** Makes a store, as a process would do when it starts. */
  readonly createStore: (settings: DedupeStoreSettings) => Awaitable<DedupeStore>
  /** Whether stores of the same name share their events, as those of several processes do; `true` unless set. */
  readonly shared?: boolean
  /** Lets so many milliseconds pass for the stores: moves their clock on. Without it nothing that takes time is tried. */
  readonly advance?: (ms: number) => Awaitable<void>
  /** Takes a store away that is no longer needed. */
  readonly closeStore?: (store: DedupeStore) => Awaitable<void>
}

/**
 * What a dedupe store has to do, as cases for any test runner: for those who write a store of their own.
 *
 * @throws TypeError when an option is missing or of the wrong type.
 *
 * @example
 * import { test } from 'node:test'
 * import { createMemoryDedupeStore } from 'x-account-activity/receiver'
 * import { dedupeStoreContract } from 'x-account-activity/testing'
 *
 * const cases = dedupeStoreContract({ createStore: ({ ttlMs }) => createMemoryDedupeStore({ ttlMs }), shared: false })
 * for (const { name, run } of cases) test(name, run)
 */
export function dedupeStoreContract(options: DedupeStoreContractOptions): readonly ContractCase[] {
  assertObject(options, 'options')
  const { createStore, shared = true, advance, closeStore } = options
  assertFunction(createStore, 'createStore')
  return dedupeStoreCases
    .filter((one) => (shared || !one.needsSharing) && (advance !== undefined || !one.needsTime))
    .map(({ name, check }) => ({
      name,
      run: async () => {
        const opened: DedupeStore[] = []
        const settings = { name: newName(), ttlMs, claimTtlMs }
        const open = async () => {
          const store = await createStore(settings)
          opened.push(store)
          return store
        }
        try {
          await check({ open, pass: async (ms) => advance?.(ms) })
        } finally {
          for (const store of opened) await closeStore?.(store)
        }
      },
    }))
}
