import { v2Date } from '../../../payloads/dates.ts'
import { clientNotEnrolled, invalidRequest, notFound, ok, webhookIdInvalid } from '../../api/problems.ts'
import { type AppRoute, appOnly } from '../../api/route.ts'
import { listFields } from '../../streams/link-fields.ts'
import { findWebhook, webhooksOf } from '../find-webhook.ts'

/** @see https://docs.x.com/x-api/webhooks/stream/quickstart */
export const createStreamLink: AppRoute = {
  method: 'POST',
  path: '/2/tweets/search/webhooks/:webhook_id',
  ...appOnly,
  answer: enterpriseOnly((call) => {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    const { platform, request, app } = call
    const fields = listFields(request.url.searchParams, platform.state.users.get(app.ownerId))
    if ('problem' in fields) return invalidRequest(fields.problem)
    webhook.streamLink = { createdAt: platform.clock.now(), fields }
    return ok({ data: { provisioned: true } })
  }),
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
  answer: enterpriseOnly((call) => {
    const { id: application_id, ownerId: business_user_id } = call.app
    // An app has one stream, so the id of the app also identifies the stream.
    const stream = { application_id, business_user_id, instance_id: application_id }
    const data = webhooksOf(call).flatMap(({ id: webhook_id, streamLink }) =>
      streamLink
        ? [{ ...stream, webhook_id, created_at: v2Date(streamLink.createdAt), fields: streamLink.fields }]
        : [],
    )
    return ok({ data })
  }),
}

/** @see https://docs.x.com/x-api/webhooks/stream/quickstart */
export const deleteStreamLink: AppRoute = {
  method: 'DELETE',
  path: '/2/tweets/search/webhooks/:webhook_id',
  ...appOnly,
  answer: enterpriseOnly((call) => {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    if (!webhook.streamLink) return notFound()
    delete webhook.streamLink
    return ok({ data: { deleted: true } })
  }),
}

/**
 * Refuses calls on a tier without links. X documents that links are for enterprise contracts. No answer of X is recorded.
 */
function enterpriseOnly(answer: AppRoute['answer']): AppRoute['answer'] {
  return (call) => {
    const { platform, app, refuse } = call
    if (platform.tier === 'enterprise') return answer(call)
    const reason = `The tier "${platform.tier}" has no links to the filtered stream.`
    return refuse({ failedCheck: 'enrolment', reason }, clientNotEnrolled(app.id))
  }
}
