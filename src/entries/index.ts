/**
 * Everything that a program on X's Account Activity API needs and that runs anywhere. Each of the rooms below is a
 * subpath of its own, too. Behind doors of their own only: the handler for Node.js servers (`/node`) and the platform to
 * test against (`/emulator`).
 *
 * @module
 */

// Calling X: webhooks, subscriptions, replay.
export type {
  AccountActivityClient,
  ReplayClient,
  SubscriptionsClient,
  WebhooksClient,
} from '../client/account-activity-client.ts'
export type { Client } from '../client/client.ts'
export type { ClientOptions } from '../client/client-options.ts'
export { clientOptionsFromEnv } from '../client/client-options-from-env.ts'
export { createClient } from '../client/create-client.ts'
export { createEnterpriseClient } from '../client/create-enterprise-client.ts'
export { createPremiumClient, type PremiumClientOptions } from '../client/create-premium-client.ts'
export type { EnterpriseClient } from '../client/enterprise-client.ts'
export type { LegacyClient, LegacySubscriptionsClient } from '../client/legacy-client.ts'
export type { EnvironmentsClient, PremiumClient } from '../client/premium-client.ts'
export type { CallOptions, UserCallOptions } from '../endpoints/api.ts'
export type { Environment } from '../endpoints/premium/list-environments.ts'
export type { ReplayJob } from '../endpoints/replay-job.ts'
export type { SubscriptionCount } from '../endpoints/subscription-count.ts'
export type {
  EnvironmentSubscriptionList,
  Subscription,
  SubscriptionList,
  WebhookSubscriptionList,
} from '../endpoints/subscription-list.ts'
export type { ReplayCallOptions, ReplayEndpoint } from '../endpoints/v2/create-replay.ts'
export type { Webhook, WebhookValidation } from '../endpoints/webhook.ts'
export type { ClientHooks, RequestReport, ResponseReport, RetryReport } from '../http/hooks.ts'
export type { RetryOptions } from '../http/retry.ts'
export type { Fetch } from '../http/send.ts'
export type { TransportOptions } from '../http/transport.ts'
export type { Sleep } from '../internal/timers.ts'
// Signing and tokens.
export * from './auth.ts'
// What can go wrong, and what to do.
export * from './errors.ts'

// What happened, as typed events.
export * from './events.ts'
// Being called by X: CRC, verified deliveries, each event once.
export * from './receiver.ts'
// Outages noticed and recovered, a fleet of subscriptions kept as it is wanted.
export * from './recovery.ts'
// Which windows of time X replays.
export * from './replay.ts'
// Only the CRC answer and the signature, for a server that is there already.
export * from './webhook.ts'
