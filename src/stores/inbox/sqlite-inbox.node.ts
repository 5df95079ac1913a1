import { assertInteger, assertObject } from '../../internal/assert.ts'
import { longestTimer } from '../../internal/timers.ts'
import { openSqlite, type SqliteOptions } from '../open-sqlite.node.ts'
import type { Inbox } from './inbox.ts'
import { readTimedInboxOptions, type TimedInboxOptions } from './inbox-options.ts'
import { inboxSchema } from './sqlite-inbox-queries.ts'
import { createSqliteInboxStorage } from './sqlite-inbox-storage.node.ts'
import { createStorageInbox } from './storage-inbox.ts'

/** Where a {@link createSqliteInbox} lies, how patient it is, and how long it remembers. */
export interface SqliteInboxOptions extends TimedInboxOptions, SqliteOptions {
  /**
   * How long after a crash the items of that process are handed out again, in milliseconds: 30,000 unless set. A process
   * that lives says in time what it is at; one that stands still for longer may find an item handled by another, too.
   */
  readonly claimTtlMs?: number
  /** How often, in milliseconds, a run looks for items that other processes have added: 1000 unless set. */
  readonly pollMs?: number
}

/**
 * An inbox in an SQLite file: the durable one that needs no server. Several processes of one machine may add to it and
 * run it at the same time.
 *
 * What `add` has returned for survives a crash at any instant. An item is handed out until an attempt is known to have
 * succeeded, so one that was under way in a crash comes again: make handlers repeatable, or let them write what they do
 * and the item's id in one transaction. Bodies are dropped when their item is handled; a new file can be read by its
 * owner only.
 *
 * It needs `node:sqlite`, which Node.js has since 22.13 (with `--experimental-sqlite` since 22.5).
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
  const { claimTtlMs = 30_000, pollMs = 1000 } = options
  assertInteger(claimTtlMs, 'claimTtlMs', { min: 10, max: longestTimer })
  assertInteger(pollMs, 'pollMs', { min: 1, max: longestTimer })
  const settings = readTimedInboxOptions(options)
  const database = openSqlite(options, inboxSchema)
  const shelf = createSqliteInboxStorage(database, { ...settings, claimTtlMs })
  // Three times before a claim ends, so that one late timer does no harm.
  return createStorageInbox(shelf, { ...settings, pollMs, renewMs: Math.floor(claimTtlMs / 3) })
}
