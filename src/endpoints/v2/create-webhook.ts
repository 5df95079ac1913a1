import { call } from '../../http/call.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { inData } from '../schemas.ts'
import { assertWebhookUrl, type Webhook, webhook, webhookMayExist } from '../webhook.ts'

const endpoint = 'webhooks.create'

/**
 * `POST /2/webhooks`. It is not sent again after a lost response, because that could create a second webhook.
 *
 * @see https://docs.x.com/x-api/webhooks/quickstart
 */
export async function createWebhook({ transport, app }: Api, url: string, options: CallOptions = {}): Promise<Webhook> {
  assertWebhookUrl(url)
  const response = await call(transport, {
    endpoint,
    method: 'POST',
    path: '/2/webhooks',
    json: { url },
    authorizer: app,
    isIdempotent: false,
    lostResponseHint: webhookMayExist,
    ...readCallOptions(options),
  })
  return readResponse(endpoint, response, inData(webhook)).data
}
