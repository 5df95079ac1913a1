/**
 * A dedupe store, an inbox and a recovery store in PostgreSQL, for several machines.
 *
 * @module
 */
export type { Awaitable } from '../internal/awaitable.ts'
export type { Claim, ClaimWithToken, DedupeStore } from '../stores/dedupe/dedupe-store.ts'
export {
  createPostgresDedupeStore,
  type PostgresDedupeStoreOptions,
} from '../stores/dedupe/postgres-dedupe-store.ts'
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
export type { InboxOptions } from '../stores/inbox/inbox-options.ts'
export { createPostgresInbox, type PostgresInboxOptions } from '../stores/inbox/postgres-inbox.ts'
export type { Lease } from '../stores/lease.ts'
export type { PgPool, PostgresJsClient } from '../stores/postgres-client.ts'
export { type PostgresSchemaOptions, type PostgresTableOptions, postgresSchema } from '../stores/postgres-schema.ts'
export {
  createPostgresRecoveryStore,
  type PostgresRecoveryStoreOptions,
} from '../stores/recovery/postgres-recovery-store.ts'
export type { RecoveryStore } from '../stores/recovery/recovery-store.ts'
