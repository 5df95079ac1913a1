import { notFound, ok, webhookIdInvalid } from '../../api/problems.ts'
import { type AppRoute, appOnly } from '../../api/route.ts'
import { v2Date } from '../../payloads/dates.ts'
import { findWebhook, webhooksOf } from '../find-webhook.ts'

/** @see https://docs.x.com/x-api/webhooks/stream/quickstart */
export const createStreamLink: AppRoute = {
  method: 'POST',
  path: '/2/tweets/search/webhooks/:webhook_id',
  ...appOnly,
  answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    const { platform, request } = call
    webhook.streamLink = { createdAt: platform.clock.now(), fields: listFields(request.url.searchParams) }
    return ok({ data: { provisioned: true } })
  },
}

/**
 * X's guide puts the list in `links`. The emulator uses the form of X's latest OpenAPI description.
 *
 * @see https://docs.x.com/x-api/webhooks/stream/quickstart
 */
export const listStreamLinks: AppRoute = {
  method: 'GET',
  path: '/2/tweets/search/webhooks',
  ...appOnly,
  answer(call) {
    const { id: application_id, ownerId: business_user_id } = call.app
    // An app has one stream, so the id of the app also identifies the stream.
    const stream = { application_id, business_user_id, instance_id: application_id }
    const data = webhooksOf(call).flatMap(({ id: webhook_id, streamLink }) =>
      streamLink
        ? [{ ...stream, webhook_id, created_at: v2Date(streamLink.createdAt), fields: streamLink.fields }]
        : [],
    )
    return ok({ data })
  },
}

/** @see https://docs.x.com/x-api/webhooks/stream/quickstart */
export const deleteStreamLink: AppRoute = {
  method: 'DELETE',
  path: '/2/tweets/search/webhooks/:webhook_id',
  ...appOnly,
  answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    if (!webhook.streamLink) return notFound()
    delete webhook.streamLink
    return ok({ data: { deleted: true } })
  },
}

/** X lists `user.fields=name,id` as `user.fields=name` and `id`. */
function listFields(parameters: URLSearchParams): string[] {
  return [...parameters].flatMap(([name, value]) => `${name}=${value}`.split(','))
}
