/**
 * What survives the process in an SQLite file: a dedupe store and an inbox for one machine, by the `node:sqlite` of the
 * runtime (Node.js 22.13 or later).
 *
 * @module
 */
export type { Awaitable } from '../internal/awaitable.ts'
export type { Clock } from '../internal/clock.ts'
export type { Schedule } from '../internal/timers.ts'
export type { Claim, DedupeStore } from '../stores/dedupe/dedupe-store.ts'
export {
  createSqliteDedupeStore,
  type SqliteDedupeStore,
  type SqliteDedupeStoreOptions,
} from '../stores/dedupe/sqlite-dedupe-store.node.ts'
export type { BackoffOptions } from '../stores/inbox/backoff.ts'
export type { DeadLetter, Inbox, InboxItem, InboxRun, InboxRunOptions, NewInboxItem } from '../stores/inbox/inbox.ts'
export type { InboxOptions, TimedInboxOptions } from '../stores/inbox/inbox-options.ts'
export { createSqliteInbox, type SqliteInboxOptions } from '../stores/inbox/sqlite-inbox.node.ts'
export type { SqliteOptions } from '../stores/open-sqlite.node.ts'
