import { notFound, ok, webhookIdInvalid } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'

/** @see https://docs.x.com/x-api/webhooks/stream/quickstart */
export const deleteStreamLink: AppRoute = {
  method: 'DELETE',
  path: '/2/tweets/search/webhooks/:webhook_id',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only'],
  answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    if (!webhook.streamLink) return notFound()
    delete webhook.streamLink
    return ok({ data: { deleted: true } })
  },
}
