import { failure, ok, webhookIdInvalid } from '../problems.ts'
import type { Route } from '../router.ts'
import { findWebhook } from './webhook-data.ts'

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const createSubscription: Route = {
  method: 'POST',
  path: '/2/account_activity/webhooks/:webhook_id/subscriptions/all',
  as: 'user',
  answer(call) {
    const { platform, app, user } = call
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    if (webhook.subscribers.has(user.id)) {
      return failure('DuplicateSubscriptionFailed', 'Subscription already exists')
    }
    const limit = platform.limits.subscriptions
    const subscribers = platform.state.subscribersOfAccount(app.ownerId)
    if (subscribers.size >= limit && !subscribers.has(user.id)) {
      return failure('SubscriptionLimitExceeded', `The account has ${limit} of ${limit} subscriptions`)
    }
    platform.state.subscribe(user.id, webhook)
    return ok({ data: { subscribed: true } })
  },
}
