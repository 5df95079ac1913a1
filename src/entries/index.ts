/**
 * Everything that a program on X's Account Activity API needs and that runs anywhere. Each of the rooms below is a
 * subpath of its own, too. Behind doors of their own only: the handler for Node.js servers (`/node`) and the platform to
 * test against (`/emulator`).
 *
 * @module
 */

// Calling X: webhooks, subscriptions, replay.
export type {
  Client,
  ReplayClient,
  SubscriptionsClient,
  WebhooksClient,
} from '../client/client.ts'
export { clientOptionsFromEnv } from '../client/client-options-from-env.ts'
export { type ClientOptions, createClient } from '../client/create-client.ts'
export type { CallOptions, UserCallOptions } from '../endpoints/api.ts'
export type { SubscriptionCount } from '../endpoints/v2/count-subscriptions.ts'
export type { ReplayCallOptions, ReplayEndpoint, ReplayJob } from '../endpoints/v2/create-replay.ts'
export type { Subscription, SubscriptionList } from '../endpoints/v2/list-subscriptions.ts'
export type { WebhookValidation } from '../endpoints/v2/validate-webhook.ts'
export type { Webhook } from '../endpoints/v2/webhook.ts'
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from '../http/hooks.ts'
export type { RetryOptions } from '../http/retry.ts'
export type { Fetch } from '../http/send.ts'
export type { Sleep } from '../http/sleep.ts'
export type { TransportOptions } from '../http/transport.ts'
// Signing and tokens.
export * from './auth.ts'
// What can go wrong, and what to do.
export * from './errors.ts'

// What happened, as typed events.
export * from './events.ts'
// Being called by X: CRC, verified deliveries, each event once.
export * from './receiver.ts'
// Which windows of time X replays.
export * from './replay.ts'
// Only the CRC answer and the signature, for a server that is there already.
export * from './webhook.ts'
