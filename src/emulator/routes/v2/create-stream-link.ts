import { ok, webhookIdInvalid } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'

/** @see https://docs.x.com/x-api/webhooks/stream/quickstart */
export const createStreamLink: AppRoute = {
  method: 'POST',
  path: '/2/tweets/search/webhooks/:webhook_id',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only'],
  answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    const { platform, request } = call
    webhook.streamLink = { createdAt: platform.clock.now(), fields: listFields(request.url.searchParams) }
    return ok({ data: { provisioned: true } })
  },
}

/** X lists `user.fields=name,id` as `user.fields=name` and `id`. */
function listFields(parameters: URLSearchParams): string[] {
  return [...parameters].flatMap(([name, value]) => `${name}=${value}`.split(','))
}
