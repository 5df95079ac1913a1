import { ok, webhookIdInvalid } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'

/** @see https://docs.x.com/x-api/webhooks/introduction */
export const deleteWebhook: AppRoute = {
  method: 'DELETE',
  path: '/2/webhooks/:webhook_id',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only', 'OAuth 1.0a User Context'],
  level: 'read-write',
  rate: 450,
  answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    call.platform.state.deleteWebhook(webhook)
    return ok({ data: { deleted: true } })
  },
}
