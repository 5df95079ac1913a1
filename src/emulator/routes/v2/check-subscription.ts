import { ok, subscriptionsDenied, webhookIdInvalid } from '../../api/problems.ts'
import type { UserRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'
import { userContext } from './user-context.ts'

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
