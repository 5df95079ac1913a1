import { call } from '../../http/call.ts'
import { assertId } from '../../internal/assert.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { checkResponse } from '../read-response.ts'
import type { WebhookValidation } from '../webhook.ts'
import type { LegacyApi } from './legacy-api.ts'

const endpoint = 'webhooks.validate'

/** `PUT …/webhooks/{id}.json` */
export async function validateWebhook(
  { transport, dialect, owner }: LegacyApi,
  webhookId: string,
  options: CallOptions = {},
): Promise<WebhookValidation> {
  assertId(webhookId, 'webhookId')
  const response = await call(transport, {
    endpoint,
    method: 'PUT',
    path: dialect.paths.webhook(webhookId),
    ...readCallOptions(options),
    authorizer: owner(),
    isIdempotent: true,
    reasonsByCode: { 34: 'WebhookIdInvalid', 214: 'CrcValidationFailed' },
  })
  checkResponse(endpoint, response)
  return { attempted: true }
}
