import { invalidRequest, ok, webhookIdInvalid } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'
import { readBody, readChanges } from './read-subscription.ts'
import { anyToken, findSubscription, subscriptionData, totalSubscriptions } from './subscriptions.ts'

/** @see https://docs.x.com/x-api/activity/introduction */
export const updateActivitySubscription: AppRoute = {
  method: 'PUT',
  path: '/2/activity/subscriptions/:subscription_id',
  ...anyToken,
  answer(call) {
    const changes = readBody(call.request.body, readChanges)
    if (typeof changes === 'string') return invalidRequest(changes)
    const subscription = findSubscription(call)
    if (subscription instanceof Response) return subscription
    if (changes.webhookId !== undefined && !findWebhook(call, changes.webhookId)) return webhookIdInvalid()
    Object.assign(subscription, changes, { updatedAt: call.platform.clock.now() })
    const data = { subscription: subscriptionData(subscription), total_subscriptions: totalSubscriptions(call) }
    return ok({ data })
  },
}
