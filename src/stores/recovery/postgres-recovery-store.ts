import { assertBoolean, assertObject } from '../../internal/assert.ts'
import { type PgPool, type PostgresJsClient, readPostgresClient, toPostgresText } from '../postgres-client.ts'
import { createTablesOnce, type PostgresTableOptions, readTablePrefix } from '../postgres-schema.ts'
import { recoveryQueries } from './postgres-recovery-queries.ts'
import type { RecoveryStore } from './recovery-store.ts'

/** Options of {@link createPostgresRecoveryStore}. */
export interface PostgresRecoveryStoreOptions extends PostgresTableOptions {
  /** A `Pool` of the package `pg`, or a client of the package `postgres`. The store does not close it. */
  readonly client: PgPool | PostgresJsClient
}

/**
 * Creates a recovery store in PostgreSQL (11 or later), for processes on several machines. Each call is one statement.
 * Recoveries with the same `tablePrefix` and the same webhook share what they know.
 *
 * @throws TypeError when `client` comes from neither package, or an option is of the wrong type.
 * @throws RangeError when `tablePrefix` is out of range.
 *
 * @example
 * import { Pool } from 'pg'
 * import { createPostgresRecoveryStore } from 'x-account-activity/stores/postgres'
 *
 * const pool = new Pool({ connectionString: 'postgres://localhost/app' })
 * const store = createPostgresRecoveryStore({ client: pool })
 */
export function createPostgresRecoveryStore(options: PostgresRecoveryStoreOptions): RecoveryStore {
  assertObject(options, 'options')
  const run = readPostgresClient(options.client)
  const { createTables = true } = options
  assertBoolean(createTables, 'createTables')
  const prefix = readTablePrefix(options)
  const tablesExist = createTablesOnce(run, 'recovery', prefix, createTables)
  const sql = recoveryQueries(prefix)

  return {
    async get(key) {
      await tablesExist()
      const [row] = await run(sql.get, toPostgresText(key))
      return row === undefined ? undefined : JSON.parse(String(row.value))
    },
    async set(key, value) {
      await tablesExist()
      await run(sql.set, toPostgresText(key), JSON.stringify(value))
    },
    async compareAndSet(key, before, after) {
      await tablesExist()
      const text = [toPostgresText(key), JSON.stringify(after)] as const
      const rows =
        before === undefined ? await run(sql.create, ...text) : await run(sql.replace, ...text, JSON.stringify(before))
      return rows.length > 0
    },
  }
}
