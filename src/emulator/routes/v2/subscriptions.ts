import { failure, ok, subscriptionsDenied, webhookIdInvalid } from '../../api/problems.ts'
import type { AppRoute, UserRoute } from '../../api/route.ts'
import { subscribeUser } from '../../webhooks/subscribe-user.ts'
import { findWebhook } from '../find-webhook.ts'

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const countSubscriptions: AppRoute = {
  method: 'GET',
  path: '/2/account_activity/subscriptions/count',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only'],
  answer({ platform: { state, limits }, app }) {
    return ok({
      data: {
        account_name: state.users.get(app.ownerId)?.screenName ?? '',
        provisioned_count: String(limits.subscriptions),
        subscriptions_count_all: String(state.subscribersOfAccount(app.ownerId).size),
        // The product for direct messages alone is gone; its count is not.
        subscriptions_count_direct_messages: '0',
      },
    })
  },
}

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const deleteSubscription: AppRoute = {
  method: 'DELETE',
  path: '/2/account_activity/webhooks/:webhook_id/subscriptions/:user_id/all',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only'],
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
export const listSubscriptions: AppRoute = {
  method: 'GET',
  path: '/2/account_activity/webhooks/:webhook_id/subscriptions/all/list',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only'],
  answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    const subscriptions = [...webhook.subscribers].map((user_id) => ({ user_id }))
    return ok({
      data: { application_id: call.app.id, webhook_id: webhook.id, webhook_url: webhook.url, subscriptions },
    })
  },
}

/** Who may ask about the subscription of a user: one who may read and write what it brings, messages included. */
export const userContext = {
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
    const refused = subscribeUser(platform, { app, user, webhook })
    return refused ? failure(refused.reason, refused.details) : ok({ data: { subscribed: true } })
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
