import { assertBoolean, assertFunction, assertObject } from '../internal/assert.ts'
import type { Awaitable } from '../internal/awaitable.ts'
import type { DedupeStore } from '../stores/dedupe/dedupe-store.ts'
import { type ContractCase, newName } from './contract-case.ts'
import { claimTtlMs, dedupeStoreCases, ttlMs } from './dedupe-store-cases.ts'

/** The settings that a case requires of a dedupe store. */
export interface DedupeStoreSettings {
  /** Stores with the same name share their events; stores with different names do not. */
  readonly name: string
  /** How long a handled event is remembered, in milliseconds. */
  readonly ttlMs: number
  /** How long a claim lasts when it is neither committed nor released, in milliseconds. */
  readonly claimTtlMs: number
}

/** Options of {@link dedupeStoreContract}. */
export interface DedupeStoreContractOptions {
  /** Creates a store, as a process does when it starts. */
  readonly createStore: (settings: DedupeStoreSettings) => Awaitable<DedupeStore>
  /**
   * Whether stores with the same name share their events, as the stores of several processes do. With `false`, the cases
   * that need it are left out.
   *
   * @defaultValue true
   */
  readonly shared?: boolean | undefined
  /**
   * Lets a number of milliseconds pass for the stores: advances their clock.
   *
   * @defaultValue none: the cases in which time passes are left out
   */
  readonly advance?: ((ms: number) => Awaitable<void>) | undefined
  /**
   * Closes a store of a case that has ended.
   *
   * @defaultValue not called
   */
  readonly closeStore?: ((store: DedupeStore) => Awaitable<void>) | undefined
}

/**
 * The contract of a dedupe store, as cases for any test runner: use it to test a store of your own.
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
  assertBoolean(shared, 'shared')
  if (advance !== undefined) assertFunction(advance, 'advance')
  if (closeStore !== undefined) assertFunction(closeStore, 'closeStore')
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
