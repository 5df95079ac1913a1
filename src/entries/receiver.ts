/**
 * The server's side of a webhook: CRC answers, verified deliveries, and each event handled once.
 *
 * @module
 */

export type { Clock } from '../internal/clock.ts'
export { createReceiver } from '../receiver/create-receiver.ts'
export type {
  ErrorContext,
  ErrorHandler,
  FetchContext,
  Handler,
  HandlerContext,
  Handlers,
  Receiver,
  ReceiverOptions,
  RequestHeaders,
  Secret,
  SecretSource,
  WebhookAnswer,
  WebhookRequest,
} from '../receiver/receiver.ts'
export type { Awaitable, Claim, DedupeStore } from '../stores/dedupe-store.ts'
export { createMemoryDedupeStore, type MemoryDedupeStoreOptions } from '../stores/memory-dedupe-store.ts'
