import { call } from '../../http/call.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { assertWebhookUrl, type Webhook, webhook, webhookMayExist } from '../webhook.ts'
import type { LegacyApi } from './legacy-api.ts'

const endpoint = 'webhooks.create'

/**
 * `POST …/webhooks.json?url=`. The URL is in the query, which both APIs accept and OAuth 1.0a signs; X does not read it
 * from JSON. The request is not sent again after a lost response, because that could create a second webhook.
 */
export async function createWebhook(
  { transport, dialect, owner }: LegacyApi,
  url: string,
  options: CallOptions = {},
): Promise<Webhook> {
  assertWebhookUrl(url)
  const response = await call(transport, {
    endpoint,
    method: 'POST',
    path: dialect.paths.webhooks,
    query: { url },
    ...readCallOptions(options),
    authorizer: owner(),
    isIdempotent: false,
    lostResponseHint: webhookMayExist,
  })
  return readResponse(endpoint, response, webhook)
}
