import { call } from '../../http/call.ts'
import { assertId } from '../../internal/assert.ts'
import { acceptEmptyResponse } from '../accept-done.ts'
import type { CallOptions } from '../api.ts'
import { readSignal } from '../read-signal.ts'
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
  const answer = await call(transport, {
    endpoint,
    method: 'PUT',
    path: dialect.paths.webhook(webhookId),
    signal: readSignal(options),
    authorizer: owner(),
    isIdempotent: true,
    reasonsByCode: { 34: 'WebhookIdInvalid', 214: 'CrcValidationFailed' },
  })
  acceptEmptyResponse(endpoint, answer)
  return { attempted: true }
}
