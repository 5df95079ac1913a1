import { ok, webhookIdInvalid } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'

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
