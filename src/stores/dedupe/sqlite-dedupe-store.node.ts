import { assertFunction, assertInteger, assertObject } from '../../internal/assert.ts'
import { type Clock, hourMs } from '../../internal/clock.ts'
import { inTransaction, openSqlite, type Schema, type SqliteOptions } from '../open-sqlite.node.ts'
import type { Claim, DedupeStore } from './dedupe-store.ts'

/** Where a {@link createSqliteDedupeStore} lies, and how long it remembers. */
export interface SqliteDedupeStoreOptions extends SqliteOptions {
  /** How long a handled event is remembered, in milliseconds. 25 hours unless set: a v2 replay reaches 24 hours back. */
  readonly ttlMs?: number
  /**
   * How long a claim stands when it is neither committed nor released, in milliseconds: 60,000 unless set. Longer than
   * any handler takes; and shorter than X's last retry, so that an event whose process died is handled when it comes.
   */
  readonly claimTtlMs?: number
  /** Where the time comes from: milliseconds since 1970. `Date.now` unless set. */
  readonly now?: Clock
}

/** A dedupe store in a file. */
export interface SqliteDedupeStore extends DedupeStore {
  /** Closes the file. */
  readonly close: () => void
}

/** `owner` is the store that has claimed an event, and NULL once it is handled. */
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

/** More than a commit adds, so that the old never outgrows the new; and few, so that no commit takes long. */
const forgetSome = `
  DELETE FROM dedupe_events
  WHERE id IN (SELECT id FROM dedupe_events WHERE expires_at <= ? ORDER BY expires_at LIMIT 8)`

/**
 * A dedupe store in an SQLite file: survives restarts and crashes, and is shared by the processes of one machine.
 *
 * A commit that has returned is remembered whatever happens to the process. The claims of a process that died end with
 * `claimTtlMs`. A handler that takes longer than that may find its event handled by another one too; it then commits
 * what is true, and releases nothing that is not its own.
 *
 * It needs `node:sqlite`, which Node.js has since 22.13 (with `--experimental-sqlite` since 22.5).
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
  const owner = crypto.randomUUID()
  const claim = database.prepare(claimEvent)
  const find = database.prepare('SELECT owner FROM dedupe_events WHERE id = ?')
  const commit = database.prepare(commitEvent)
  const forget = database.prepare(forgetSome)
  const release = database.prepare('DELETE FROM dedupe_events WHERE id = ? AND owner = ?')

  return {
    claim(id): Claim {
      const { changes } = claim.run({ id, owner, expiresAt: now() + claimTtlMs, now: now() })
      if (changes > 0) return 'claimed'
      // Gone in between: somebody had it a moment ago.
      return find.get(id)?.owner === null ? 'done' : 'in_progress'
    },
    commit(id): void {
      inTransaction(database, () => {
        commit.run(id, now() + ttlMs)
        forget.run(now())
      })
    },
    release(id): void {
      release.run(id, owner)
    },
    close: () => database.close(),
  }
}
