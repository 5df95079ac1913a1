import { failure, ok, webhookIdInvalid } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'

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
