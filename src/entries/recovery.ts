/**
 * Outages noticed and recovered, and a fleet of subscriptions kept as it is wanted.
 *
 * @module
 */

export type { WebhookHealth } from '../recovery/check-webhook.ts'
export { createRecovery } from '../recovery/create-recovery.ts'
export type {
  FleetAction,
  FleetApplyOptions,
  FleetClient,
  FleetFailure,
  FleetFailureReason,
  FleetPlan,
  FleetProgress,
  FleetResult,
  FleetUser,
} from '../recovery/fleet.ts'
export { planSubscriptions, type SubscriptionSyncOptions } from '../recovery/plan-subscriptions.ts'
export {
  planWebhook,
  type WebhookAction,
  type WebhookPlan,
  type WebhookSyncClient,
  type WebhookSyncOptions,
} from '../recovery/plan-webhook.ts'
export type { Recovery, RecoveryClient, RecoveryOptions, RunOptions } from '../recovery/recovery.ts'
export type {
  DoneStep,
  JobEndedStep,
  JobStep,
  LossReason,
  LostStep,
  OutageCause,
  OutageStep,
  RecoveryHandlers,
  RecoveryProgress,
  RecoveryStep,
  RecoveryStepOf,
  TimeSpan,
  WaitingStep,
  WaitReason,
  WebhookStep,
} from '../recovery/recovery-step.ts'
export { type SyncSubscriptionsOptions, syncSubscriptions } from '../recovery/sync-subscriptions.ts'
export { syncWebhook } from '../recovery/sync-webhook.ts'
export { type WatchWebhookOptions, watchWebhook } from '../recovery/watch-webhook.ts'
export { createMemoryRecoveryStore } from '../stores/recovery/memory-recovery-store.ts'
export type { RecoveryStore } from '../stores/recovery/recovery-store.ts'
