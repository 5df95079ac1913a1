import { call } from '../../http/call.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { listOf } from '../schemas.ts'
import { type Webhook, webhook } from '../webhook.ts'
import type { LegacyApi } from './legacy-api.ts'

const endpoint = 'webhooks.list'
const list = listOf(webhook)

/** `GET …/webhooks.json` */
export async function listWebhooks(
  { transport, dialect, app }: LegacyApi,
  options: CallOptions = {},
): Promise<Webhook[]> {
  const response = await call(transport, {
    endpoint,
    method: 'GET',
    path: dialect.paths.webhooks,
    authorizer: app,
    isIdempotent: true,
    ...readCallOptions(options),
  })
  return readResponse(endpoint, response, list)
}
