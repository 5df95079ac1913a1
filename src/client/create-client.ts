import { checkSubscription } from '../endpoints/v2/check-subscription.ts'
import { countSubscriptions } from '../endpoints/v2/count-subscriptions.ts'
import { createReplay } from '../endpoints/v2/create-replay.ts'
import { createSubscription } from '../endpoints/v2/create-subscription.ts'
import { createWebhook } from '../endpoints/v2/create-webhook.ts'
import { deleteSubscription } from '../endpoints/v2/delete-subscription.ts'
import { deleteWebhook } from '../endpoints/v2/delete-webhook.ts'
import { listSubscriptions } from '../endpoints/v2/list-subscriptions.ts'
import { listWebhooks } from '../endpoints/v2/list-webhooks.ts'
import { validateWebhook } from '../endpoints/v2/validate-webhook.ts'
import type { Client } from './client.ts'
import type { ClientOptions } from './client-options.ts'
import { createApi } from './create-api.ts'

/**
 * A client of X's Account Activity API. Nothing is sent before a method is called, and what is done to the options
 * afterwards has no effect.
 *
 * Calls are tried again after a 429, a 5xx or a lost connection where that does no harm; see `RetryOptions`.
 *
 * @throws TypeError when a key is missing or an option is of the wrong type.
 * @throws RangeError when a key is empty or has white space at its ends, or an option is out of range.
 * @see https://docs.x.com/x-api/account-activity/introduction
 *
 * @example
 * import { createClient } from 'x-account-activity'
 *
 * const client = createClient({ consumerKey: 'key', consumerSecret: 'secret' })
 *
 * async function urls(): Promise<string[]> {
 *   const webhooks = await client.webhooks.list()
 *   return webhooks.map((webhook) => webhook.url)
 * }
 */
export function createClient(options: ClientOptions): Client {
  const api = createApi(options)
  return {
    webhooks: {
      create: (url, options) => createWebhook(api, url, options),
      list: (options) => listWebhooks(api, options),
      validate: (webhookId, options) => validateWebhook(api, webhookId, options),
      delete: (webhookId, options) => deleteWebhook(api, webhookId, options),
    },
    subscriptions: {
      create: (webhookId, options) => createSubscription(api, webhookId, options),
      check: (webhookId, options) => checkSubscription(api, webhookId, options),
      list: (webhookId, options) => listSubscriptions(api, webhookId, options),
      delete: (webhookId, userId, options) => deleteSubscription(api, webhookId, userId, options),
      count: (options) => countSubscriptions(api, options),
    },
    replay: {
      create: (webhookId, window, options) => createReplay(api, webhookId, window, options),
    },
  }
}
