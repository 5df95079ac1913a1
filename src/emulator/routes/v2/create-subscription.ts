import { failure, ok, subscriptionsDenied, webhookIdInvalid } from '../../api/problems.ts'
import type { UserRoute } from '../../api/route.ts'
import { subscribeUser } from '../../webhooks/subscribe-user.ts'
import { findWebhook } from '../find-webhook.ts'
import { userContext } from './user-context.ts'

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
