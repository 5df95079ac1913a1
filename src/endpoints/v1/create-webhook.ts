import { call } from '../../http/call.ts'
import type { CallOptions } from '../api.ts'
import { readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { type Webhook, webhook } from '../webhook.ts'
import { assertWebhookUrl } from '../webhook-url.ts'
import type { LegacyApi } from './legacy-api.ts'

const endpoint = 'webhooks.create'

/**
 * `POST …/webhooks.json?url=`. The URL stands in the query, which both generations take and OAuth 1.0a signs; X does not
 * read it from JSON. After an answer that was lost it is not sent again: a second webhook could come of it.
 */
export async function createWebhook(
  { transport, dialect, owner }: LegacyApi,
  url: string,
  options: CallOptions = {},
): Promise<Webhook> {
  assertWebhookUrl(url)
  const answer = await call(transport, {
    endpoint,
    method: 'POST',
    path: dialect.paths.webhooks,
    query: { url },
    signal: readSignal(options),
    authorizer: owner(),
    isIdempotent: false,
  })
  return readResponse(endpoint, answer, webhook)
}
