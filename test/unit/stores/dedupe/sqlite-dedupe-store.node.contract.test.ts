import { join } from 'node:path'
import { describe, it } from 'vitest'
import {
  createSqliteDedupeStore,
  type SqliteDedupeStore,
} from '../../../../src/stores/dedupe/sqlite-dedupe-store.node.ts'
import { dedupeStoreContract } from '../../../../src/testing/dedupe-store-contract.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

describe('createSqliteDedupeStore, by the contract of a dedupe store', () => {
  const { now, advance } = createManualClock()
  let folder: string
  const contract = dedupeStoreContract({
    createStore: ({ name, ...settings }) => createSqliteDedupeStore({ path: join(folder, name), now, ...settings }),
    advance,
    closeStore: (store) => (store as SqliteDedupeStore).close(),
  })
  for (const { name, run } of contract) {
    it(name, async () => {
      folder = tempFolder()
      await run()
    })
  }
})
