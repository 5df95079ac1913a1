import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSqliteDedupeStore } from '../../../../src/stores/dedupe/sqlite-dedupe-store.node.ts'
import {
  createSqliteRecoveryStore,
  type SqliteRecoveryStore,
} from '../../../../src/stores/recovery/sqlite-recovery-store.node.ts'
import { recoveryStoreContract } from '../../../../src/testing/recovery-store-contract.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

describe('createSqliteRecoveryStore, by the contract of a recovery store', () => {
  let folder: string
  const contract = recoveryStoreContract({
    createStore: ({ name }) => createSqliteRecoveryStore({ path: join(folder, name) }),
    closeStore: (store) => (store as SqliteRecoveryStore).close(),
  })
  for (const { name, run } of contract) {
    it(name, async () => {
      folder = tempFolder()
      await run()
    })
  }
})

describe('createSqliteRecoveryStore', () => {
  it('shares a file with a dedupe store, and keeps its values', async () => {
    const path = join(tempFolder(), 'events.db')
    const dedupe = createSqliteDedupeStore({ path })
    const store = createSqliteRecoveryStore({ path })
    await store.set('1', { aliveAt: 5 })
    store.close()
    dedupe.close()
    const next = createSqliteRecoveryStore({ path, synchronous: 'normal' })
    expect(await next.get('1')).toEqual({ aliveAt: 5 })
    next.close()
  })

  it.each([
    [undefined, new TypeError('"options" must be an object, got undefined')],
    [{ path: '' }, new RangeError('"path" must not be empty')],
    [{ path: ':memory:', synchronous: 'off' }, new RangeError(`"synchronous" must be 'full' or 'normal'`)],
  ])('refuses %j', (options, error) => {
    expect(() => createSqliteRecoveryStore(options as never)).toThrow(error)
  })
})
