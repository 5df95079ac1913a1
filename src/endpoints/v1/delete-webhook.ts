import { call } from '../../http/call.ts'
import { assertId } from '../../internal/assert.ts'
import { acceptEmptyResponse } from '../accept-done.ts'
import type { CallOptions } from '../api.ts'
import { readSignal } from '../read-signal.ts'
import type { LegacyApi } from './legacy-api.ts'

const endpoint = 'webhooks.delete'

/** `DELETE …/webhooks/{id}.json` */
export async function deleteWebhook(
  { transport, dialect, owner }: LegacyApi,
  webhookId: string,
  options: CallOptions = {},
): Promise<void> {
  assertId(webhookId, 'webhookId')
  const answer = await call(transport, {
    endpoint,
    method: 'DELETE',
    path: dialect.paths.webhook(webhookId),
    signal: readSignal(options),
    authorizer: owner(),
    isIdempotent: true,
    reasonsByCode: { 34: 'WebhookIdInvalid' },
    alreadyDoneReason: 'WebhookIdInvalid',
  })
  acceptEmptyResponse(endpoint, answer)
}
