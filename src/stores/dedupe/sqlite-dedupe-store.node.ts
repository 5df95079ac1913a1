import { assertFunction, assertInteger, assertObject } from '../../internal/assert.ts'
import { type Clock, hourMs } from '../../internal/clock.ts'
import { createSqliteCaller, inTransaction, openSqlite, type Schema, type SqliteOptions } from '../open-sqlite.node.ts'
import type { Claim, DedupeStore } from './dedupe-store.ts'

/** Options of {@link createSqliteDedupeStore}. */
export interface SqliteDedupeStoreOptions extends SqliteOptions {
  /**
   * How long a handled event is remembered, in milliseconds: 1 or more. Make it longer than a replay reaches back: 24 hours
   * in v2, five days in the enterprise API.
   *
   * @defaultValue 90_000_000, which is 25 hours
   */
  readonly ttlMs?: number | undefined
  /**
   * How long a claim lasts when it is neither committed nor released, in milliseconds: 1 or more, and at least the
   * `handlerTimeoutMs` of the receiver. Make it longer than any handler takes, and shorter than X retries, so that the event
   * of a process that died is handled when X sends it again.
   *
   * @defaultValue 60_000
   */
  readonly claimTtlMs?: number | undefined
  /**
   * Returns the current time in milliseconds since 1970.
   *
   * @defaultValue `Date.now`
   */
  readonly now?: Clock | undefined
}

/** A dedupe store in an SQLite file. */
export interface SqliteDedupeStore extends DedupeStore {
  /** Closes the file. Close the receiver first. */
  readonly close: () => void
}

/** `owner` is the id of the store that has claimed the event, or NULL once the event is handled. */
const schema: Schema = {
  name: 'dedupe store',
  steps: [
    `CREATE TABLE dedupe_events (
       id TEXT PRIMARY KEY,
       owner TEXT,
       expires_at INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX dedupe_events_by_expiry ON dedupe_events (expires_at);`,
  ],
}

const claimEvent = `
  INSERT INTO dedupe_events VALUES (:id, :owner, :expiresAt)
  ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at WHERE expires_at <= :now`

const commitEvent = `
  INSERT INTO dedupe_events VALUES (?, NULL, ?)
  ON CONFLICT (id) DO UPDATE SET owner = NULL, expires_at = excluded.expires_at`

/** Deletes more than a commit adds, so that the table does not grow, and few enough that no commit takes long. */
const forgetSome = `
  DELETE FROM dedupe_events
  WHERE id IN (SELECT id FROM dedupe_events WHERE expires_at <= ? ORDER BY expires_at LIMIT 8)`

/**
 * Creates a dedupe store in an SQLite file. It survives restarts and crashes, and the processes of one machine can share it.
 *
 * A call returns immediately, or a promise while another process holds the lock of the file: it never blocks the event loop
 * for more than 25 ms, and rejects when the lock is held for more than five seconds.
 *
 * An event is remembered once `commit` has resolved, whatever happens to the process. The claims of a process that died
 * expire after `claimTtlMs`. When a handler takes longer than that, another process may handle the same event too; the slow
 * one can still commit it, but cannot release the claim of the other.
 *
 * It requires `node:sqlite`: Node.js 22.13 or later, or 22.5 with `--experimental-sqlite`.
 *
 * @throws TypeError when an option is missing or of the wrong type.
 * @throws RangeError when a number is not an integer of 1 or more.
 * @throws Error when the file cannot be opened, or the runtime has no `node:sqlite`.
 *
 * @example
 * import { createReceiver } from 'x-account-activity/receiver'
 * import { createSqliteDedupeStore } from 'x-account-activity/stores/sqlite'
 *
 * const receiver = createReceiver({
 *   consumerSecret: 'consumer-secret',
 *   dedupe: createSqliteDedupeStore({ path: 'events.db' }),
 * })
 */
export function createSqliteDedupeStore(options: SqliteDedupeStoreOptions): SqliteDedupeStore {
  assertObject(options, 'options')
  const { ttlMs = 25 * hourMs, claimTtlMs = 60_000, now = Date.now } = options
  assertInteger(ttlMs, 'ttlMs', { min: 1 })
  assertInteger(claimTtlMs, 'claimTtlMs', { min: 1 })
  assertFunction(now, 'now')
  const database = openSqlite(options, schema)
  const call = createSqliteCaller(database)
  const owner = crypto.randomUUID()
  const claim = database.prepare(claimEvent)
  const find = database.prepare('SELECT owner FROM dedupe_events WHERE id = ?')
  const commit = database.prepare(commitEvent)
  const forget = database.prepare(forgetSome)
  const release = database.prepare('DELETE FROM dedupe_events WHERE id = ? AND owner = ?')

  return {
    claimTtlMs,
    claim: (id) =>
      call((): Claim => {
        const { changes } = claim.run({ id, owner, expiresAt: now() + claimTtlMs, now: now() })
        if (changes > 0) return 'claimed'
        // Without a row, the event was released in the meantime: another store owned it a moment ago.
        return find.get(id)?.owner === null ? 'done' : 'in_progress'
      }),
    commit: (id) =>
      call(() =>
        inTransaction(database, () => {
          commit.run(id, now() + ttlMs)
          forget.run(now())
        }),
      ),
    release: (id) => call(() => void release.run(id, owner)),
    close: () => database.close(),
  }
}
