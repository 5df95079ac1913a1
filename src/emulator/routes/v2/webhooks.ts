import { v2Date } from '../../../payloads/dates.ts'
import { failure, invalidRequest, ok, webhookIdInvalid } from '../../api/problems.ts'
import { type AppRoute, appOnly } from '../../api/route.ts'
import type { WebhookState } from '../../state/tables.ts'
import { challengeWebhook } from '../../webhooks/challenge.ts'
import { registerWebhook } from '../../webhooks/register-webhook.ts'
import { findWebhook, webhooksOf } from '../find-webhook.ts'
import { readFields } from './read-fields.ts'

/** The bearer token of the app, or a token of a user with permission to write. */
const appOrUser = {
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only', 'OAuth 1.0a User Context'],
  level: 'read-write',
  rate: 450,
} as const

/** @see https://docs.x.com/x-api/webhooks/introduction */
export const createWebhook: AppRoute = {
  method: 'POST',
  path: '/2/webhooks',
  ...appOrUser,
  async answer({ platform, request, app }) {
    const fields = readFields(request.body, ['url'])
    if (typeof fields === 'string') return invalidRequest(fields)
    const webhook = await registerWebhook(platform, { app, url: fields.url, isVersion1: false })
    return 'reason' in webhook ? failure(webhook.reason, webhook.details) : ok({ data: webhookData(webhook) })
  },
}

/** @see https://docs.x.com/x-api/webhooks/introduction */
export const listWebhooks: AppRoute = {
  method: 'GET',
  path: '/2/webhooks',
  ...appOnly,
  rate: 450,
  answer(call) {
    const data = webhooksOf(call).map(webhookData)
    return ok({ data, meta: { result_count: data.length } })
  },
}

/** @see https://docs.x.com/x-api/webhooks/introduction */
export const validateWebhook: AppRoute = {
  method: 'PUT',
  path: '/2/webhooks/:webhook_id',
  ...appOrUser,
  async answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    const crc = await challengeWebhook(call.platform, webhook, call.app)
    if (!crc.passed) return failure('CrcValidationFailed', crc.details)
    return ok({ data: { valid: true } })
  },
}

/** @see https://docs.x.com/x-api/webhooks/introduction */
export const deleteWebhook: AppRoute = {
  method: 'DELETE',
  path: '/2/webhooks/:webhook_id',
  ...appOrUser,
  answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    call.platform.state.deleteWebhook(webhook)
    return ok({ data: { deleted: true } })
  },
}

/** A webhook in the form of v2. */
function webhookData({ id, url, valid, createdAt }: WebhookState): object {
  return { id, url, valid, created_at: v2Date(createdAt) }
}
