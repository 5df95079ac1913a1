import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { isEmpty, readResponse } from '../read-response.ts'
import { inData } from '../schemas.ts'
import type { WebhookValidation } from '../webhook.ts'

const endpoint = 'webhooks.validate'
const flags = z.looseObject({ attempted: z.optional(z.boolean()), valid: z.optional(z.boolean()) })
const validation = inData(
  flags.check(
    z.refine(({ attempted, valid }) => (attempted ?? valid) !== undefined, 'must have "valid" or "attempted"'),
  ),
)

/**
 * `PUT /2/webhooks/{id}`. `valid` in the response means only that the check was started, as `attempted` does in older
 * versions.
 *
 * @see https://docs.x.com/x-api/webhooks/quickstart
 */
export async function validateWebhook(
  { transport, app }: Api,
  webhookId: string,
  options: CallOptions = {},
): Promise<WebhookValidation> {
  assertId(webhookId, 'webhookId')
  const response = await call(transport, {
    endpoint,
    method: 'PUT',
    path: path`/2/webhooks/${webhookId}`,
    authorizer: app,
    isIdempotent: true,
    ...readCallOptions(options),
  })
  if (isEmpty(response)) return { attempted: true }
  const { attempted, valid } = readResponse(endpoint, response, validation).data
  return { attempted: attempted ?? valid ?? false }
}
