import { ok, webhookIdInvalid } from '../problems.ts'
import type { Route } from '../router.ts'
import { findWebhook } from './webhook-data.ts'

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const listSubscriptions: Route = {
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
