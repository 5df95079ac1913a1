import { json } from '../../api/problems.ts'
import { type AppRoute, appOnly, type UserRoute } from '../../api/route.ts'
import { webhookNotFound } from '../../api/v1-problems.ts'
import { findWebhook } from '../find-webhook.ts'
import { bearerForSubscriptionLists, signedByUser } from '../v1/authentication.ts'
import { accountCounts, answerCheck, answerSubscribe, answerUnsubscribe } from '../v1/subscriptions.ts'

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const createSubscription: UserRoute = {
  method: 'POST',
  path: '/1.1/account_activity/webhooks/:webhook_id/subscriptions/all.json',
  ...signedByUser,
  answer: (call) => answerSubscribe(call, findWebhook(call)),
}

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const checkSubscription: UserRoute = {
  method: 'GET',
  path: '/1.1/account_activity/webhooks/:webhook_id/subscriptions/all.json',
  ...signedByUser,
  answer: (call) => answerCheck(call, findWebhook(call)),
}

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const listSubscriptions: AppRoute = {
  method: 'GET',
  path: '/1.1/account_activity/webhooks/:webhook_id/subscriptions/all/list.json',
  ...bearerForSubscriptionLists,
  rate: 50,
  answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return webhookNotFound()
    const subscriptions = [...webhook.subscribers].map((user_id) => ({ user_id }))
    return json(200, {
      webhook_id: webhook.id,
      webhook_url: webhook.url,
      application_id: call.app.id,
      subscriptions,
    })
  },
}

/**
 * Deprecated by X in favour of `deleteSubscription`.
 *
 * @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity
 */
export const deleteOwnSubscription: UserRoute = {
  method: 'DELETE',
  path: '/1.1/account_activity/webhooks/:webhook_id/subscriptions/all.json',
  ...signedByUser,
  answer: (call) => answerUnsubscribe(call, findWebhook(call), call.user.id),
}

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const deleteSubscription: AppRoute = {
  method: 'DELETE',
  path: '/1.1/account_activity/webhooks/:webhook_id/subscriptions/:user_id/all.json',
  ...appOnly,
  rate: 500,
  answer: (call) => answerUnsubscribe(call, findWebhook(call), call.param('user_id')),
}

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const countSubscriptions: AppRoute = {
  method: 'GET',
  path: '/1.1/account_activity/subscriptions/count.json',
  ...bearerForSubscriptionLists,
  rate: 15,
  answer(call) {
    const { subscriptions, ...account } = accountCounts(call)
    // X has removed the product for direct messages alone, and still sends its count.
    return json(200, { ...account, subscriptions_count_all: subscriptions, subscriptions_count_direct_messages: '0' })
  },
}
