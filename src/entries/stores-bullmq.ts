/**
 * An inbox on BullMQ, for several machines with one Redis.
 *
 * @module
 */
export type { Awaitable } from '../internal/awaitable.ts'
export type { BackoffOptions } from '../stores/inbox/backoff.ts'
export { type BullMqInboxOptions, createBullMqInbox } from '../stores/inbox/bullmq-inbox.ts'
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
