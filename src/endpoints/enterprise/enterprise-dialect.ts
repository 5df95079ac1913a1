import { path } from '../../http/path.ts'
import { subscriptionCount } from '../subscription-count.ts'
import { type WebhookSubscriptionList, webhookSubscriptionList } from '../subscription-list.ts'
import type { Dialect } from '../v1/dialect.ts'

/** Paths and schemas of the enterprise API. A subscription applies to one webhook, as in v2. */
export const enterpriseDialect: Dialect<WebhookSubscriptionList> = {
  paths: {
    webhooks: '/1.1/account_activity/webhooks.json',
    webhook: (webhookId) => path`/1.1/account_activity/webhooks/${webhookId}.json`,
    ownSubscription: (webhookId) => path`/1.1/account_activity/webhooks/${webhookId}/subscriptions/all.json`,
    subscription: (webhookId, userId) =>
      path`/1.1/account_activity/webhooks/${webhookId}/subscriptions/${userId}/all.json`,
    subscriptions: (webhookId) => path`/1.1/account_activity/webhooks/${webhookId}/subscriptions/all/list.json`,
    count: '/1.1/account_activity/subscriptions/count.json',
  },
  subscriptionList: webhookSubscriptionList,
  subscriptionCount,
}
