import { planWebhook, type SyncedWebhook, type WebhookSyncClient, type WebhookSyncOptions } from './plan-webhook.ts'

/**
 * Makes sure that an app has a valid webhook with a URL: creates it, or has X validate it if it is invalid, and with
 * `prune: true` deletes all others that have no subscriptions. It makes one call when nothing needs to change. Call it at
 * every start of a program. To change the URL of a webhook that has subscriptions, call `moveWebhook`.
 *
 * @returns The webhook, and in `kept` those that `prune` did not delete. Its `valid` is `false` when X has sent a CRC and the webhook is still invalid.
 * @throws TypeError or RangeError when an argument is wrong, before any call.
 * @throws ApiError when X refuses, with reason `CrcValidationFailed`, `UrlValidationFailed` or `WebhookLimitExceeded`, for
 * example.
 * @see https://docs.x.com/x-api/webhooks/quickstart
 *
 * @example
 * import type { Client } from 'x-account-activity'
 * import { syncWebhook } from 'x-account-activity/sync'
 *
 * async function register(client: Client): Promise<string> {
 *   const webhook = await syncWebhook(client, { url: 'https://example.com/x' })
 *   return webhook.id
 * }
 */
export async function syncWebhook(client: WebhookSyncClient, options: WebhookSyncOptions): Promise<SyncedWebhook> {
  const plan = await planWebhook(client, options)
  await options.onPlan?.(plan)
  return plan.apply()
}
