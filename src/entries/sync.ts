/**
 * Keep a webhook and thousands of subscriptions as you want them.
 *
 * @module
 */

export type { WebhookHealth } from '../sync/check-webhook.ts'
export { planSubscriptions, type SubscriptionSyncOptions } from '../sync/plan-subscriptions.ts'
export {
  planWebhook,
  type WebhookSyncAction,
  type WebhookSyncClient,
  type WebhookSyncOptions,
  type WebhookSyncPlan,
} from '../sync/plan-webhook.ts'
export type {
  SubscriptionSyncAction,
  SubscriptionSyncApplyOptions,
  SubscriptionSyncClient,
  SubscriptionSyncFailure,
  SubscriptionSyncFailureReason,
  SubscriptionSyncPlan,
  SubscriptionSyncProgress,
  SubscriptionSyncResult,
  SubscriptionSyncUser,
} from '../sync/subscription-plan.ts'
export { type SyncSubscriptionsOptions, syncSubscriptions } from '../sync/sync-subscriptions.ts'
export { syncWebhook } from '../sync/sync-webhook.ts'
export { type WatchWebhookOptions, watchWebhook } from '../sync/watch-webhook.ts'
