import { describe, expect, it } from 'vitest'
import { postgresSchema } from '../../../../src/stores/postgres-schema.ts'
import { createPostgresRecoveryStore } from '../../../../src/stores/recovery/postgres-recovery-store.ts'
import { recoveryStoreContract } from '../../../../src/testing/recovery-store-contract.ts'
import { describeWithPostgres, newTablePrefix, openPgPool, openPostgresJs } from '../../../support/postgres.ts'

const clients = { pg: openPgPool, postgres: openPostgresJs }

for (const [packageName, openClient] of Object.entries(clients)) {
  describeWithPostgres(
    `createPostgresRecoveryStore, by the contract of a recovery store, through ${packageName}`,
    () => {
      let tablePrefix: string
      let client: ReturnType<typeof openClient>
      const contract = recoveryStoreContract({
        createStore: () => createPostgresRecoveryStore({ client, tablePrefix }),
      })
      for (const { name, run } of contract) {
        it(name, async () => {
          client = openClient()
          tablePrefix = newTablePrefix()
          await run()
        })
      }
    },
  )
}

describeWithPostgres('createPostgresRecoveryStore, on a server', () => {
  it('keeps any key and any JSON text, with U+0000 in both', async () => {
    const store = createPostgresRecoveryStore({ client: openPgPool(), tablePrefix: newTablePrefix() })
    const value = { text: '\0 \ud800 \\0', long: 'é'.repeat(100_000) }
    await store.set('a\0b', value)
    expect(await store.get('a\0b')).toEqual(value)
    expect(await store.get('a\\0b')).toBeUndefined()
    expect(await store.compareAndSet?.('a\0b', value, 1)).toBe(true)
  })

  it('uses tables that migrations have created', async () => {
    const pool = openPgPool()
    const tablePrefix = newTablePrefix()
    const store = createPostgresRecoveryStore({ client: pool, tablePrefix, createTables: false })
    await expect(store.get('webhook')).rejects.toThrow(`${tablePrefix}_recovery`)
    await pool.query(postgresSchema({ tablePrefix }))
    expect(await store.get('webhook')).toBeUndefined()
  })
})

describe('createPostgresRecoveryStore', () => {
  const client = { query: async () => ({ rows: [] }), connect: async () => undefined, totalCount: 0 }

  it.each<[unknown, Error]>([
    [undefined, new TypeError('"options" must be an object, got undefined')],
    [{}, new TypeError('"client" must be a Pool of "pg" or a client of "postgres", got undefined')],
    [{ client, createTables: 1 }, new TypeError('"createTables" must be a boolean, got number')],
    [{ client, tablePrefix: '' }, new RangeError('"tablePrefix" must not be empty')],
  ])('refuses %j', (options, error) => {
    expect(() => createPostgresRecoveryStore(options as never)).toThrow(error)
  })
})
