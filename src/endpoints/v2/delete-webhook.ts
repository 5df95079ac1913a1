import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api, CallOptions } from '../api.ts'
import { isEmpty, readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { inData } from '../schemas.ts'

const endpoint = 'webhooks.delete'
const deletion = inData(z.looseObject({ deleted: z.literal(true) }))

/** `DELETE /2/webhooks/{id}` */
export async function deleteWebhook(
  { transport, app }: Api,
  webhookId: string,
  options: CallOptions = {},
): Promise<void> {
  assertId(webhookId, 'webhookId')
  const answer = await call(transport, {
    endpoint,
    method: 'DELETE',
    path: path`/2/webhooks/${webhookId}`,
    authorizer: app,
    isIdempotent: true,
    alreadyDoneReason: 'WebhookIdInvalid',
    signal: readSignal(options),
  })
  if (!isEmpty(answer)) readResponse(endpoint, answer, deletion)
}
