import { it } from 'vitest'
import { createPostgresDedupeStore } from '../../../../src/stores/dedupe/postgres-dedupe-store.ts'
import { dedupeStoreContract } from '../../../../src/testing/dedupe-store-contract.ts'
import { describeWithPostgres, newTablePrefix, openPgPool, openPostgresJs } from '../../../support/postgres.ts'

const clients = { pg: openPgPool, postgres: openPostgresJs }

for (const [packageName, openClient] of Object.entries(clients)) {
  describeWithPostgres(`createPostgresDedupeStore, by the contract of a dedupe store, through ${packageName}`, () => {
    let tablePrefix: string
    const contract = dedupeStoreContract({
      createStore: ({ name, ...settings }) =>
        createPostgresDedupeStore({ client: openClient(), tablePrefix, ...settings }),
      // The server uses real time, so the events get older.
      advance: async (ms) => {
        await openPgPool().query(
          `UPDATE ${tablePrefix}_dedupe SET expires_at = expires_at - $1 * interval '1 millisecond'`,
          [ms],
        )
      },
    })
    for (const { name, run } of contract) {
      it(name, async () => {
        tablePrefix = newTablePrefix()
        await run()
      })
    }
  })
}
