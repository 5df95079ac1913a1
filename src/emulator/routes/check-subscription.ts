import { ok, webhookIdInvalid } from '../problems.ts'
import type { Route } from '../router.ts'
import { findWebhook } from './webhook-data.ts'

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const checkSubscription: Route = {
  method: 'GET',
  path: '/2/account_activity/webhooks/:webhook_id/subscriptions/all',
  as: 'user',
  answer(call) {
    const webhook = findWebhook(call)
    return webhook ? ok({ data: { subscribed: webhook.subscribers.has(call.user.id) } }) : webhookIdInvalid()
  },
}
