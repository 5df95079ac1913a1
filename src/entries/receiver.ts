/**
 * The server's side of a webhook: CRC answers, verified deliveries, and each event handled once.
 *
 * @module
 */

export type { Awaitable } from '../internal/awaitable.ts'
export type { Clock } from '../internal/clock.ts'
export type { Sleep } from '../internal/timers.ts'
export { createReceiver } from '../receiver/create-receiver.ts'
export { type ConstructDeliveryInput, constructDelivery } from '../receiver/delivery/construct-delivery.ts'
export type { ActivityHandler, ActivityHandlers } from '../receiver/handlers/activity-handlers.ts'
export type { ErrorContext, ErrorHandler, Handler, HandlerContext } from '../receiver/handlers/handler.ts'
export type { Handlers } from '../receiver/handlers/handlers.ts'
export type { XActivityHandlers } from '../receiver/handlers/x-activity-handlers.ts'
export type {
  AnswerHealth,
  CrcHealth,
  FailureHealth,
  InboxWorkHealth,
  ReceiverHealth,
  WorkHealth,
} from '../receiver/health.ts'
export type {
  CrcReport,
  DeadLetterReport,
  DeliveryReport,
  DuplicateReport,
  EventRef,
  EventReport,
  FailureReport,
  ReceiverHooks,
  ReplayReport,
} from '../receiver/hooks.ts'
export type {
  CloseOptions,
  DispatchOptions,
  ObservedAnswer,
  ObservedDelivery,
  ObservedHandler,
  ObservedRequest,
  ObservedVerification,
  PlatformContext,
  Receiver,
  ReceiverObserver,
  RequestHeaders,
  WebhookAnswer,
  WebhookRequest,
} from '../receiver/receiver.ts'
export type { ReceiverOptions, Secret, SecretSource } from '../receiver/receiver-options.ts'
export type { Claim, ClaimWithToken, DedupeStore } from '../stores/dedupe/dedupe-store.ts'
export { createMemoryDedupeStore, type MemoryDedupeStoreOptions } from '../stores/dedupe/memory-dedupe-store.ts'
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
export { createMemoryInbox } from '../stores/inbox/memory-inbox.ts'
export type { Lease } from '../stores/lease.ts'
