import { assertBoolean, assertInteger, assertObject } from '../../internal/assert.ts'
import { hourMs } from '../../internal/clock.ts'
import { type PgPool, type PostgresJsClient, readPostgresClient, toPostgresText } from '../postgres-client.ts'
import { createTablesOnce, type PostgresTableOptions, readTablePrefix } from '../postgres-schema.ts'
import type { DedupeStore } from './dedupe-store.ts'
import { dedupeQueries } from './postgres-dedupe-queries.ts'

/** Options of {@link createPostgresDedupeStore}. */
export interface PostgresDedupeStoreOptions extends PostgresTableOptions {
  /** A `Pool` of the package `pg`, or a client of the package `postgres`. The store does not close it. */
  readonly client: PgPool | PostgresJsClient
  /**
   * How long a handled event is remembered, in milliseconds: 1 or more. Make it longer than a replay reaches back: 24 hours
   * in v2, five days in the enterprise API.
   *
   * @defaultValue 90_000_000, which is 25 hours
   */
  readonly ttlMs?: number | undefined
  /**
   * How long a claim lasts when it is neither renewed, committed nor released, in milliseconds: 1 or more. A receiver renews
   * the claims of handlers that run. After this time, another process can handle the events of a process that died.
   *
   * @defaultValue 20_000
   */
  readonly claimTtlMs?: number | undefined
}

/**
 * Creates a dedupe store in PostgreSQL (11 or later), for receivers on several machines. Each call is one statement.
 *
 * Times are those of the database server, so the clocks of the machines do not matter. The claims of a process that died
 * expire after `claimTtlMs`. A process that was paused for longer than that can lose its claims: when another process has
 * claimed the event, the signals of its own handlers fire, and it cannot commit.
 *
 * @throws TypeError when `client` comes from neither package, or an option is of the wrong type.
 * @throws RangeError when a number or `tablePrefix` is out of range.
 *
 * @example
 * import { Pool } from 'pg'
 * import { createReceiver } from 'x-account-activity/receiver'
 * import { createPostgresDedupeStore } from 'x-account-activity/stores/postgres'
 *
 * const pool = new Pool({ connectionString: 'postgres://localhost/app' })
 * const receiver = createReceiver({
 *   consumerSecret: 'consumer-secret',
 *   dedupe: createPostgresDedupeStore({ client: pool }),
 * })
 */
export function createPostgresDedupeStore(options: PostgresDedupeStoreOptions): DedupeStore {
  assertObject(options, 'options')
  const run = readPostgresClient(options.client)
  const { ttlMs = 25 * hourMs, claimTtlMs = 20_000, createTables = true } = options
  assertInteger(ttlMs, 'ttlMs', { min: 1 })
  assertInteger(claimTtlMs, 'claimTtlMs', { min: 1 })
  assertBoolean(createTables, 'createTables')
  const prefix = readTablePrefix(options)
  const tablesExist = createTablesOnce(run, 'dedupe', prefix, createTables)
  const sql = dedupeQueries(prefix)
  const owner = crypto.randomUUID()

  return {
    claimTtlMs,
    async claim(id) {
      await tablesExist()
      const [row] = await run(sql.claim, toPostgresText(id), owner, claimTtlMs)
      if (row?.state === 'claimed') return { state: 'claimed', token: Number(row.token) }
      return row?.state === 'done' ? 'done' : 'in_progress'
    },
    async commit(id, token) {
      await tablesExist()
      const text = toPostgresText(id)
      const rows =
        token === undefined ? await run(sql.commit, text, ttlMs) : await run(sql.commitClaim, text, ttlMs, token)
      return rows.length > 0
    },
    async release(id, token) {
      await tablesExist()
      await run(sql.release, toPostgresText(id), owner, token ?? null)
    },
    async renew(id, token) {
      await tablesExist()
      return (await run(sql.renew, toPostgresText(id), claimTtlMs, token)).length > 0
    },
  }
}
