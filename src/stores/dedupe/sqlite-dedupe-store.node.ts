import type { SQLOutputValue } from 'node:sqlite'
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
   * How long a claim lasts when it is neither renewed, committed nor released, in milliseconds: 1 or more. A receiver renews
   * the claims of handlers that run. After this time, another process can handle the events of a process that died.
   *
   * @defaultValue 20_000
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

/**
 * `owner` is the id of the store that has claimed the event, or NULL once the event is handled. `token` is the fencing token
 * of its claim. The one row of `dedupe_tokens` has the last token, which no later claim gets again.
 */
const schema: Schema = {
  name: 'dedupe store',
  steps: [
    `CREATE TABLE dedupe_events (
       id TEXT PRIMARY KEY,
       owner TEXT,
       expires_at INTEGER NOT NULL,
       token INTEGER
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX dedupe_events_by_expiry ON dedupe_events (expires_at);
     CREATE TABLE dedupe_tokens (last INTEGER NOT NULL) STRICT;
     INSERT INTO dedupe_tokens VALUES (0);`,
  ],
}

const nextToken = 'UPDATE dedupe_tokens SET last = last + 1 RETURNING last'

const claimEvent = `
  INSERT INTO dedupe_events VALUES (:id, :owner, :expiresAt, :token)
  ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at, token = excluded.token
  WHERE expires_at <= :now`

const commitEvent = `
  INSERT INTO dedupe_events VALUES (?, NULL, ?, NULL)
  ON CONFLICT (id) DO UPDATE SET owner = NULL, expires_at = excluded.expires_at, token = NULL`

/** Does nothing when the claim was lost. */
const commitClaim = `
  UPDATE dedupe_events SET owner = NULL, expires_at = :expiresAt, token = NULL WHERE id = :id AND token = :token`

const releaseEvent = `
  DELETE FROM dedupe_events WHERE id = :id AND owner = :owner AND token = COALESCE(:token, token)`

const renewClaim = 'UPDATE dedupe_events SET expires_at = :expiresAt WHERE id = :id AND token = :token'

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
 * expire after `claimTtlMs`. A process that was paused for longer than that can lose its claims: when another process has
 * claimed the event, the signals of its own handlers fire, and it cannot commit.
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
  const { ttlMs = 25 * hourMs, claimTtlMs = 20_000, now = Date.now } = options
  assertInteger(ttlMs, 'ttlMs', { min: 1 })
  assertInteger(claimTtlMs, 'claimTtlMs', { min: 1 })
  assertFunction(now, 'now')
  const database = openSqlite(options, schema)
  const call = createSqliteCaller(database)
  const owner = crypto.randomUUID()
  const takeToken = database.prepare(nextToken)
  const claim = database.prepare(claimEvent)
  const find = database.prepare('SELECT owner, expires_at FROM dedupe_events WHERE id = ?')
  const commit = database.prepare(commitEvent)
  const commitOwn = database.prepare(commitClaim)
  const forget = database.prepare(forgetSome)
  const release = database.prepare(releaseEvent)
  const renew = database.prepare(renewClaim)

  return {
    claimTtlMs,
    claim: (id) =>
      call(() => {
        const found = find.get(id)
        if (found !== undefined && Number(found.expires_at) > now()) return stateOf(found)
        return inTransaction(database, () => {
          const next = Number(takeToken.get()?.last)
          const { changes } = claim.run({ id, owner, expiresAt: now() + claimTtlMs, token: next, now: now() })
          return changes > 0 ? { state: 'claimed', token: next } : stateOf(find.get(id))
        })
      }),
    commit: (id, token) =>
      call(() =>
        inTransaction(database, () => {
          const expiresAt = now() + ttlMs
          const { changes } = token === undefined ? commit.run(id, expiresAt) : commitOwn.run({ id, expiresAt, token })
          forget.run(now())
          return changes > 0
        }),
      ),
    release: (id, token) => call(() => void release.run({ id, owner, token: token ?? null })),
    renew: (id, token) => call(() => renew.run({ id, token, expiresAt: now() + claimTtlMs }).changes > 0),
    close: () => database.close(),
  }
}

function stateOf(row: Record<string, SQLOutputValue> | undefined): Claim {
  return row?.owner === null ? 'done' : 'in_progress'
}
