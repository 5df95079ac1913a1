import { failure, ok, webhookIdInvalid } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { challengeWebhook } from '../../webhooks/challenge.ts'
import { findWebhook } from '../find-webhook.ts'

/** @see https://docs.x.com/x-api/webhooks/introduction */
export const validateWebhook: AppRoute = {
  method: 'PUT',
  path: '/2/webhooks/:webhook_id',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only', 'OAuth 1.0a User Context'],
  level: 'read-write',
  rate: 450,
  async answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    const crc = await challengeWebhook(call.platform, webhook, call.app)
    if (!crc.passed) return failure('CrcValidationFailed', crc.details)
    return ok({ data: { valid: true } })
  },
}
