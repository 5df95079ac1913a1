import type { ActivitySyncClient, ActivitySyncOptions, ActivitySyncResult } from './activity-plan.ts'
import { planActivitySubscriptions } from './plan-activity-subscriptions.ts'

/**
 * Subscribes the given accounts to the given event types of the X Activity API and, with `prune: true`, deletes the other
 * subscriptions of the webhook. Call it at every start of a program, and again when some subscriptions failed: those that
 * exist already cost no call, so a sync that was stopped continues.
 *
 * When a rate limit is used up, all calls wait until it resets. A subscription that fails is reported with its reason, and
 * the others are not affected.
 *
 * An account without credentials is subscribed to public event types only. The others are reported as skipped.
 *
 * @throws TypeError or RangeError when an argument is wrong, or the subscriptions do not fit into `limit`. Nothing was sent.
 * @throws ApiError when X refuses to list the subscriptions.
 * @throws the reason of `signal` when it aborts.
 * @see https://docs.x.com/x-api/activity/introduction
 *
 * @example
 * import type { Client, UserCredentials } from 'x-account-activity'
 * import { accountActivityEventTypes, syncActivitySubscriptions } from 'x-account-activity/sync'
 *
 * async function subscribe(client: Client, webhookId: string, users: UserCredentials[]): Promise<void> {
 *   const options = { webhookId, users, eventTypes: accountActivityEventTypes, limit: 75_000 }
 *   const { failed } = await syncActivitySubscriptions(client, options)
 *   for (const { userId, eventType, reason } of failed) console.log(userId, eventType, reason)
 * }
 */
export async function syncActivitySubscriptions(
  client: ActivitySyncClient,
  options: ActivitySyncOptions,
): Promise<ActivitySyncResult> {
  const plan = await planActivitySubscriptions(client, options)
  await options.onPlan?.(plan)
  return plan.apply()
}
