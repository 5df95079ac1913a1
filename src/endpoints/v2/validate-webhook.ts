import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api, CallOptions } from '../api.ts'
import { isEmpty, readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { inData } from '../schemas.ts'
import type { WebhookValidation } from '../webhook.ts'

const endpoint = 'webhooks.validate'
const flags = z.looseObject({ attempted: z.optional(z.boolean()), valid: z.optional(z.boolean()) })
const validation = inData(
  flags.check(
    z.refine(({ attempted, valid }) => (attempted ?? valid) !== undefined, 'must have "valid" or "attempted"'),
  ),
)

/** `PUT /2/webhooks/{id}`. Its `valid` says no more than `attempted` did in older versions. */
export async function validateWebhook(
  { transport, app }: Api,
  webhookId: string,
  options: CallOptions = {},
): Promise<WebhookValidation> {
  assertId(webhookId, 'webhookId')
  const answer = await call(transport, {
    endpoint,
    method: 'PUT',
    path: path`/2/webhooks/${webhookId}`,
    authorizer: app,
    isIdempotent: true,
    signal: readSignal(options),
  })
  if (isEmpty(answer)) return { attempted: true }
  const { attempted, valid } = readResponse(endpoint, answer, validation).data
  return { attempted: attempted ?? valid ?? false }
}
