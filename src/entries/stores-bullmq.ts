/**
 * An inbox on BullMQ, for workers on several machines.
 *
 * @module
 */
export type { Awaitable } from '../internal/awaitable.ts'
export type { BackoffOptions } from '../stores/backoff.ts'
export { type BullMqInboxOptions, createBullMqInbox } from '../stores/bullmq-inbox.ts'
export type { DeadLetter, Inbox, InboxItem, InboxRun, InboxRunOptions, NewInboxItem } from '../stores/inbox.ts'
export type { InboxOptions } from '../stores/inbox-options.ts'
