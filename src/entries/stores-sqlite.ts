/**
 * A dedupe store, an inbox and a recovery store in an SQLite file, for the processes of one machine. They require `node:sqlite` (Node.js 22.13
 * or later).
 *
 * @module
 */
export type { Awaitable } from '../internal/awaitable.ts'
export type { Clock } from '../internal/clock.ts'
export type { Sleep } from '../internal/timers.ts'
export type { Claim, ClaimWithToken, DedupeStore } from '../stores/dedupe/dedupe-store.ts'
export {
  createSqliteDedupeStore,
  type SqliteDedupeStore,
  type SqliteDedupeStoreOptions,
} from '../stores/dedupe/sqlite-dedupe-store.node.ts'
export type { BackoffOptions } from '../stores/inbox/backoff.ts'
export type {
  DeadLetter,
  Inbox,
  InboxAddResult,
  InboxItem,
  InboxRun,
  InboxRunOptions,
  InboxStats,
  NewInboxItem,
} from '../stores/inbox/inbox.ts'
export type { InboxOptions, TimedInboxOptions } from '../stores/inbox/inbox-options.ts'
export { createSqliteInbox, type SqliteInboxOptions } from '../stores/inbox/sqlite-inbox.node.ts'
export type { SqliteOptions } from '../stores/open-sqlite.node.ts'
export type { RecoveryStore } from '../stores/recovery/recovery-store.ts'
export { createSqliteRecoveryStore, type SqliteRecoveryStore } from '../stores/recovery/sqlite-recovery-store.node.ts'
