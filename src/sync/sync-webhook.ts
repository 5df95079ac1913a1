import type { Webhook } from '../endpoints/webhook.ts'
import { planWebhook, type WebhookSyncClient, type WebhookSyncOptions, type WebhookSyncPlan } from './plan-webhook.ts'

/**
 * Makes sure that an app has a valid webhook of a URL, with as few calls as that takes: one when all is well. What
 * {@link planWebhook} tells is carried out at once.
 *
 * @param options - `onPlan`: is shown the plan before it is carried out.
 * @returns The webhook. `valid` is `false` where X has challenged it in vain.
 * @throws TypeError or RangeError when an argument is wrong.
 * @throws ApiError when X refuses: `CrcValidationFailed`, `UrlValidationFailed`, `WebhookLimitExceeded` …
 * @see https://docs.x.com/x-api/webhooks/quickstart
 *
 * @example
 * import type { Client } from 'x-account-activity'
 * import { syncWebhook } from 'x-account-activity/recovery'
 *
 * async function register(client: Client): Promise<string> {
 *   const webhook = await syncWebhook(client, { url: 'https://example.com/x' })
 *   return webhook.id
 * }
 */
export async function syncWebhook(
  client: WebhookSyncClient,
  options: WebhookSyncOptions & { readonly onPlan?: (plan: WebhookSyncPlan) => unknown },
): Promise<Webhook> {
  const plan = await planWebhook(client, options)
  await options.onPlan?.(plan)
  return plan.apply()
}
