import { challengeWebhook } from '../crc.ts'
import { failure, ok, webhookIdInvalid } from '../problems.ts'
import type { Route } from '../router.ts'
import { findWebhook } from './webhook-data.ts'

/** @see https://docs.x.com/x-api/webhooks/introduction */
export const validateWebhook: Route = {
  method: 'PUT',
  path: '/2/webhooks/:webhook_id',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only', 'OAuth 1.0a User Context'],
  async answer(call) {
    const webhook = findWebhook(call)
    if (!webhook) return webhookIdInvalid()
    const crc = await challengeWebhook(call.platform, webhook, call.app.consumerSecret)
    if (!crc.passed) return failure('CrcValidationFailed', crc.details)
    webhook.valid = true
    return ok({ data: { valid: true } })
  },
}
