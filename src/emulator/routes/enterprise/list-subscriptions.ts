import { json } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { noSuchWebhook } from '../../api/v1-problems.ts'
import { findWebhook } from '../find-webhook.ts'
import { bearerOnly } from '../v1/authentication.ts'

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const listSubscriptions: AppRoute = {
  method: 'GET',
  path: '/1.1/account_activity/webhooks/:webhook_id/subscriptions/all/list.json',
  ...bearerOnly,
  rate: 50,
  answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return noSuchWebhook()
    const subscriptions = [...webhook.subscribers].map((user_id) => ({ user_id }))
    return json(200, {
      webhook_id: webhook.id,
      webhook_url: webhook.url,
      application_id: call.app.id,
      subscriptions,
    })
  },
}
