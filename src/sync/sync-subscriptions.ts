import { planSubscriptions, type SubscriptionSyncOptions } from './plan-subscriptions.ts'
import type {
  SubscriptionSyncApplyOptions,
  SubscriptionSyncClient,
  SubscriptionSyncPlan,
  SubscriptionSyncResult,
} from './subscription-plan.ts'

/** Who is to be subscribed, and how that is brought about. */
export interface SyncSubscriptionsOptions extends SubscriptionSyncOptions, SubscriptionSyncApplyOptions {
  /** Is shown the plan before it is carried out; a rejection of its promise calls it off. */
  readonly onPlan?: (plan: SubscriptionSyncPlan) => unknown
}

/**
 * Makes sure that these accounts are subscribed to a webhook, and with `prune` no others, with as few calls as that
 * takes: one to list, and one for each account that is not as it is wanted. What {@link planSubscriptions} tells is
 * carried out at once.
 *
 * Rate limits are waited out, by all calls together. An account that fails is reported, with its reason, while the
 * others go on; run it again, and only what is still missing is done.
 *
 * @throws TypeError or RangeError when an argument is wrong, the reason of `signal` when it fires.
 * @throws ApiError when X refuses to list the subscriptions.
 * @see https://docs.x.com/x-api/account-activity/quickstart
 *
 * @example
 * import type { Client, UserCredentials } from 'x-account-activity'
 * import { syncSubscriptions } from 'x-account-activity/recovery'
 *
 * async function subscribe(client: Client, webhookId: string, users: UserCredentials[]): Promise<number> {
 *   const { subscribed, failed } = await syncSubscriptions(client, { webhookId, users })
 *   for (const { userId, reason } of failed) console.log(userId, reason)
 *   return subscribed.length
 * }
 */
export async function syncSubscriptions(
  client: SubscriptionSyncClient,
  options: SyncSubscriptionsOptions,
): Promise<SubscriptionSyncResult> {
  const plan = await planSubscriptions(client, options)
  await options.onPlan?.(plan)
  return plan.apply(options)
}
