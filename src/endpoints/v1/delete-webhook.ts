import { call } from '../../http/call.ts'
import { assertId } from '../../internal/assert.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { checkResponse } from '../read-response.ts'
import type { LegacyApi } from './legacy-api.ts'

const endpoint = 'webhooks.delete'

/** `DELETE …/webhooks/{id}.json` */
export async function deleteWebhook(
  { transport, dialect, owner }: LegacyApi,
  webhookId: string,
  options: CallOptions = {},
): Promise<void> {
  assertId(webhookId, 'webhookId')
  const response = await call(transport, {
    endpoint,
    method: 'DELETE',
    path: dialect.paths.webhook(webhookId),
    ...readCallOptions(options),
    authorizer: owner(),
    isIdempotent: true,
    reasonsByCode: { 34: 'WebhookIdInvalid' },
    alreadyDoneReason: 'WebhookIdInvalid',
  })
  checkResponse(endpoint, response)
}
