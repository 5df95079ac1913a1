import { failure, ok, subscriptionsDenied, webhookIdInvalid } from '../../api/problems.ts'
import { type AppRoute, appOnly, type UserRoute } from '../../api/route.ts'
import { subscribeUser } from '../../webhooks/subscribe-user.ts'
import { findWebhook } from '../find-webhook.ts'

/** A token of the subscribed user, with access to everything that the subscription brings: messages too. */
const userContext = {
  as: 'user',
  accepts: ['OAuth 1.0a User Context', 'OAuth 2.0 User Context'],
  level: 'read-write-directmessages',
  scopes: ['dm.read', 'dm.write', 'tweet.read', 'users.read'],
} as const

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const createSubscription: UserRoute = {
  method: 'POST',
  path: '/2/account_activity/webhooks/:webhook_id/subscriptions/all',
  ...userContext,
  answer(call) {
    const { platform, app, user } = call
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    if (app.deniedUsers.has(user.id)) return subscriptionsDenied(user.id)
    const refusal = subscribeUser(platform, { app, user, webhook })
    return refusal ? failure(refusal.reason, refusal.details) : ok({ data: { subscribed: true } })
  },
}

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const checkSubscription: UserRoute = {
  method: 'GET',
  path: '/2/account_activity/webhooks/:webhook_id/subscriptions/all',
  ...userContext,
  answer(call) {
    const { app, user } = call
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    if (app.deniedUsers.has(user.id)) return subscriptionsDenied(user.id)
    return ok({ data: { subscribed: webhook.subscribers.has(user.id) } })
  },
}

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const listSubscriptions: AppRoute = {
  method: 'GET',
  path: '/2/account_activity/webhooks/:webhook_id/subscriptions/all/list',
  ...appOnly,
  answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    const subscriptions = [...webhook.subscribers].map((user_id) => ({ user_id }))
    return ok({
      data: { application_id: call.app.id, webhook_id: webhook.id, webhook_url: webhook.url, subscriptions },
    })
  },
}

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const deleteSubscription: AppRoute = {
  method: 'DELETE',
  path: '/2/account_activity/webhooks/:webhook_id/subscriptions/:user_id/all',
  ...appOnly,
  answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    const userId = call.param('user_id')
    if (!webhook.subscribers.has(userId)) {
      return failure('SubscriptionNotFound', 'The user is not subscribed to this webhook')
    }
    call.platform.state.unsubscribe(userId, webhook)
    return ok({ data: { subscribed: false } })
  },
}

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const countSubscriptions: AppRoute = {
  method: 'GET',
  path: '/2/account_activity/subscriptions/count',
  ...appOnly,
  answer({ platform: { state, limits }, app }) {
    return ok({
      data: {
        account_name: state.users.get(app.ownerId)?.screenName ?? '',
        provisioned_count: String(limits.subscriptions),
        subscriptions_count_all: String(state.subscribersOfAccount(app.ownerId).size),
        // X has removed the product for direct messages alone, and still sends its count.
        subscriptions_count_direct_messages: '0',
      },
    })
  },
}
