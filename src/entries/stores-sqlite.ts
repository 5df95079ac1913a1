/**
 * What survives the process in an SQLite file: a dedupe store and an inbox for one machine, by the `node:sqlite` of the
 * runtime (Node.js 22.13 or later).
 *
 * @module
 */
export type { Awaitable } from '../internal/awaitable.ts'
export type { Clock } from '../internal/clock.ts'
export type { Schedule } from '../internal/timers.ts'
export type { BackoffOptions } from '../stores/backoff.ts'
export type { Claim, DedupeStore } from '../stores/dedupe-store.ts'
export type { DeadLetter, Inbox, InboxItem, InboxRun, InboxRunOptions, NewInboxItem } from '../stores/inbox.ts'
export type { InboxOptions, TimedInboxOptions } from '../stores/inbox-options.ts'
export type { SqliteOptions } from '../stores/open-sqlite.node.ts'
export {
  createSqliteDedupeStore,
  type SqliteDedupeStore,
  type SqliteDedupeStoreOptions,
} from '../stores/sqlite-dedupe-store.node.ts'
export { createSqliteInbox, type SqliteInboxOptions } from '../stores/sqlite-inbox.node.ts'
