import type { OAuth2UserCredentials, UserCredentials } from '../auth/credentials.ts'
import { planSubscriptions } from './plan-subscriptions.ts'
import type { SubscriptionSyncClient, SubscriptionSyncOptions, SubscriptionSyncResult } from './subscription-plan.ts'

/**
 * Subscribes the given accounts to a webhook and, with `prune: true`, unsubscribes all others. It makes one call to list
 * the subscriptions, and one for each account that is not subscribed as wanted. Call it at every start of a program, and
 * again when some accounts failed: accounts that are subscribed already cost no call.
 *
 * When a rate limit is used up, all calls wait until it resets. An account that fails is reported with its reason, and the
 * other accounts are not affected.
 *
 * @throws TypeError or RangeError when an argument is wrong, before any call.
 * @throws ApiError when X refuses to list the subscriptions.
 * @throws the reason of `signal` when it aborts.
 * @see https://docs.x.com/x-api/account-activity/quickstart
 *
 * @example
 * import type { Client, UserCredentials } from 'x-account-activity'
 * import { syncSubscriptions } from 'x-account-activity/sync'
 *
 * async function subscribe(client: Client, webhookId: string, users: UserCredentials[]): Promise<number> {
 *   const { subscribed, failed } = await syncSubscriptions(client, { webhookId, users })
 *   for (const { userId, reason } of failed) console.log(userId, reason)
 *   return subscribed.length
 * }
 */
export async function syncSubscriptions<User extends UserCredentials | OAuth2UserCredentials>(
  client: SubscriptionSyncClient<User>,
  options: SubscriptionSyncOptions<NoInfer<User>>,
): Promise<SubscriptionSyncResult> {
  const plan = await planSubscriptions(client, options)
  await options.onPlan?.(plan)
  return plan.apply()
}
