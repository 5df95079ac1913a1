import { assertInteger, assertObject } from '../../internal/assert.ts'
import { longestTimer } from '../../internal/timers.ts'
import { openSqlite, type SqliteOptions } from '../open-sqlite.node.ts'
import type { Inbox } from './inbox.ts'
import { readTimedInboxOptions, type TimedInboxOptions } from './inbox-options.ts'
import { inboxSchema } from './sqlite-inbox-queries.ts'
import { createSqliteInboxStorage } from './sqlite-inbox-storage.node.ts'
import { createStorageInbox } from './storage-inbox.ts'

/** Options of {@link createSqliteInbox}. */
export interface SqliteInboxOptions extends TimedInboxOptions, SqliteOptions {
  /**
   * How long after a crash the items in progress of that process are handed out again, in milliseconds: 10 to
   * 2,147,483,647. A process renews its claims in time. If its event loop is blocked for longer than this, another process
   * may handle the same item too.
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
 * Creates an inbox in an SQLite file: durable, and without a server. Several processes of one machine may add to it and run
 * it at the same time.
 *
 * A call never blocks the event loop for more than 25 ms while another process holds the lock of the file. It waits without
 * blocking, and rejects when the lock is held for more than five seconds.
 *
 * Items survive a crash at any moment once `add` has resolved. An item is handed out until an attempt is known to have
 * succeeded, so an item that was in progress during a crash is handled again. Make handlers idempotent, or let them write
 * their effect and the id of the item in one transaction. Bodies are deleted when their item is handled. A new file can be
 * read only by its owner.
 *
 * It requires `node:sqlite`: Node.js 22.13 or later, or 22.5 with `--experimental-sqlite`.
 *
 * @throws TypeError when an option is missing or of the wrong type.
 * @throws RangeError when a number is out of range.
 * @throws Error when the file cannot be opened, or the runtime has no `node:sqlite`.
 *
 * @example
 * import { createSqliteInbox } from 'x-account-activity/stores/sqlite'
 *
 * const inbox = createSqliteInbox({ path: 'events.db', maxAttempts: 5 })
 * for (const { id, error } of await inbox.deadLetters()) console.log(`${id} was given up: ${error}`)
 */
export function createSqliteInbox(options: SqliteInboxOptions): Inbox {
  assertObject(options, 'options')
  const { claimTtlMs = 20_000, pollMs = 1000 } = options
  assertInteger(claimTtlMs, 'claimTtlMs', { min: 10, max: longestTimer })
  assertInteger(pollMs, 'pollMs', { min: 1, max: longestTimer })
  const settings = readTimedInboxOptions(options)
  const database = openSqlite(options, inboxSchema)
  const storage = createSqliteInboxStorage(database, { ...settings, claimTtlMs })
  // Three renewals in the life of a claim: one late timer does not end it.
  return createStorageInbox(storage, { ...settings, pollMs, renewMs: Math.floor(claimTtlMs / 3) })
}
