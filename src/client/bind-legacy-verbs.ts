import { ensureSubscription } from '../endpoints/ensure-subscription.ts'
import type { SubscriptionList } from '../endpoints/subscription-list.ts'
import { checkSubscription } from '../endpoints/v1/check-subscription.ts'
import { countSubscriptions } from '../endpoints/v1/count-subscriptions.ts'
import { createSubscription } from '../endpoints/v1/create-subscription.ts'
import { createWebhook } from '../endpoints/v1/create-webhook.ts'
import { deleteOwnSubscription } from '../endpoints/v1/delete-own-subscription.ts'
import { deleteSubscription } from '../endpoints/v1/delete-subscription.ts'
import { deleteWebhook } from '../endpoints/v1/delete-webhook.ts'
import type { LegacyApi } from '../endpoints/v1/legacy-api.ts'
import { listSubscriptions } from '../endpoints/v1/list-subscriptions.ts'
import { listWebhooks } from '../endpoints/v1/list-webhooks.ts'
import { validateWebhook } from '../endpoints/v1/validate-webhook.ts'
import { keepCrcSigner } from './crc-signers.ts'
import type { LegacyClient } from './legacy-client.ts'

/** Binds the calls that the premium and the enterprise API have in common to an API. */
export function bindLegacyVerbs<List extends SubscriptionList>(api: LegacyApi<List>): Omit<LegacyClient<List>, 'as'> {
  const verbs: Omit<LegacyClient<List>, 'as'> = {
    webhooks: {
      create: (url, options) => createWebhook(api, url, options),
      list: (options) => listWebhooks(api, options),
      validate: (webhookId, options) => validateWebhook(api, webhookId, options),
      delete: (webhookId, options) => deleteWebhook(api, webhookId, options),
    },
    subscriptions: {
      create: (webhookId, options) => createSubscription(api, webhookId, options),
      ensure: (webhookId, options) =>
        ensureSubscription(api, { checkSubscription, createSubscription }, webhookId, options),
      check: (webhookId, options) => checkSubscription(api, webhookId, options),
      list: (webhookId, options) => listSubscriptions(api, webhookId, options),
      delete: (webhookId, userId, options) => deleteSubscription(api, webhookId, userId, options),
      deleteOwn: (webhookId, options) => deleteOwnSubscription(api, webhookId, options),
      count: (options) => countSubscriptions(api, options),
    },
  }
  return keepCrcSigner(verbs, api.consumerSecret)
}
