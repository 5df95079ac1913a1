/**
 * Notices outages of a receiver and has X replay the missed events. Also exports everything of `x-account-activity/sync`.
 *
 * @module
 */

export type { Clock } from '../internal/clock.ts'
export type { Sleep } from '../internal/timers.ts'
export { createRecovery } from '../recovery/create-recovery.ts'
export type { Recovery, RecoveryClient, RecoveryOptions, RunOptions } from '../recovery/recovery.ts'
export type { ProcessStatus, RecoveryStatus, StatusSpan } from '../recovery/recovery-status.ts'
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
export { createMemoryRecoveryStore } from '../stores/recovery/memory-recovery-store.ts'
export { type RecoveryStore, StateLostError } from '../stores/recovery/recovery-store.ts'
export {
  type ActivitySyncAction,
  type ActivitySyncApplyOptions,
  type ActivitySyncClient,
  type ActivitySyncFailure,
  type ActivitySyncFailureReason,
  type ActivitySyncItem,
  type ActivitySyncOptions,
  type ActivitySyncPlan,
  type ActivitySyncProgress,
  type ActivitySyncResult,
  type ActivitySyncUser,
  accountActivityEventTypes,
} from '../sync/activity-plan.ts'
export type { WebhookHealth } from '../sync/check-webhook.ts'
export { moveWebhook } from '../sync/move/move-webhook.ts'
export type { MoveGap, WebhookMove, WebhookMoveClient, WebhookMoveOptions } from '../sync/move/webhook-move.ts'
export { planActivitySubscriptions } from '../sync/plan-activity-subscriptions.ts'
export { planSubscriptions } from '../sync/plan-subscriptions.ts'
export {
  planWebhook,
  type SyncedWebhook,
  type WebhookChange,
  type WebhookCreation,
  type WebhookSyncAction,
  type WebhookSyncClient,
  type WebhookSyncOptions,
  type WebhookSyncPlan,
  type WebhookSyncProbe,
} from '../sync/plan-webhook.ts'
export type { RemovalBrakeOptions, WithheldRemovals } from '../sync/removal-brake.ts'
export type {
  AccountWithoutCredentials,
  SkippedAccount,
  SubscriptionSyncAction,
  SubscriptionSyncApplyOptions,
  SubscriptionSyncClient,
  SubscriptionSyncFailure,
  SubscriptionSyncFailureReason,
  SubscriptionSyncOptions,
  SubscriptionSyncPlan,
  SubscriptionSyncProgress,
  SubscriptionSyncResult,
  SubscriptionSyncUser,
} from '../sync/subscription-plan.ts'
export { syncActivitySubscriptions } from '../sync/sync-activity-subscriptions.ts'
export { syncSubscriptions } from '../sync/sync-subscriptions.ts'
export { syncWebhook } from '../sync/sync-webhook.ts'
export { type WatchWebhookOptions, type WebhookWatcher, watchWebhook } from '../sync/watch-webhook.ts'
export type { KeptWebhook, WebhookUsesClient } from '../sync/webhook-uses.ts'
