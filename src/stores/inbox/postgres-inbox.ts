import { assertBoolean, assertInteger, assertObject } from '../../internal/assert.ts'
import { longestTimer, sleep } from '../../internal/timers.ts'
import { type PgPool, type PostgresJsClient, readPostgresClient } from '../postgres-client.ts'
import { createTablesOnce, type PostgresTableOptions, readTablePrefix } from '../postgres-schema.ts'
import type { Inbox } from './inbox.ts'
import { type InboxOptions, readInboxOptions } from './inbox-options.ts'
import { createPostgresInboxStorage } from './postgres-inbox-storage.ts'
import { createStorageInbox } from './storage-inbox.ts'

/** Options of {@link createPostgresInbox}. */
export interface PostgresInboxOptions extends InboxOptions, PostgresTableOptions {
  /** A `Pool` of the package `pg`, or a client of the package `postgres`. The inbox does not close it. */
  readonly client: PgPool | PostgresJsClient
  /**
   * How long after a crash the items in progress of that process are handed out again, in milliseconds: 10 to
   * 2,147,483,647. A process renews its leases in time.
   *
   * @defaultValue 20_000
   */
  readonly claimTtlMs?: number | undefined
  /**
   * How often a run looks for items that other processes have added, in milliseconds: 1 to 2,147,483,647.
   *
   * @defaultValue 1_000
   */
  readonly pollMs?: number | undefined
}

/**
 * Creates an inbox in PostgreSQL (11 or later), for several machines. Each of them may add to it and run it.
 *
 * Items are safe once `add` has resolved, as far as the server commits durably (`synchronous_commit`). An item is handed out
 * until an attempt is known to have succeeded, so an item that was in progress during a crash is handled again: make handlers
 * idempotent. Bodies are deleted when their item is handled.
 *
 * Workers take items with `FOR UPDATE SKIP LOCKED`, so they do not wait for each other. Each call is one statement, without a
 * transaction around it: the inbox works with few connections, and with PgBouncer in transaction mode (with `prepare: false` in
 * the package `postgres`). Times are those of the server, so the clocks of the machines do not matter.
 *
 * @throws TypeError when an option is missing or of the wrong type.
 * @throws RangeError when a number or `tablePrefix` is out of range.
 * @see https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE
 *
 * @example
 * import { Pool } from 'pg'
 * import { createPostgresInbox } from 'x-account-activity/stores/postgres'
 *
 * const inbox = createPostgresInbox({ client: new Pool({ connectionString: 'postgres://localhost/app' }) })
 */
export function createPostgresInbox(options: PostgresInboxOptions): Inbox {
  assertObject(options, 'options')
  const run = readPostgresClient(options.client)
  const { claimTtlMs = 20_000, pollMs = 1000, createTables = true } = options
  assertInteger(claimTtlMs, 'claimTtlMs', { min: 10, max: longestTimer })
  assertInteger(pollMs, 'pollMs', { min: 1, max: longestTimer })
  assertBoolean(createTables, 'createTables')
  const settings = { ...readInboxOptions(options), now: Date.now, sleep }
  const tablePrefix = readTablePrefix(options)
  const tablesExist = createTablesOnce(run, 'inbox', tablePrefix, createTables)
  const storage = createPostgresInboxStorage(run, { ...settings, claimTtlMs, tablePrefix, tablesExist })
  // Three renewals in the life of a lease: one late timer does not end it.
  return createStorageInbox(storage, { ...settings, pollMs, renewMs: Math.floor(claimTtlMs / 3) })
}
