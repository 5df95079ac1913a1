import { call } from '../../http/call.ts'
import type { Api, CallOptions } from '../api.ts'
import { readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { inData } from '../schemas.ts'
import { type Webhook, webhook } from '../webhook.ts'
import { assertWebhookUrl } from '../webhook-url.ts'

const endpoint = 'webhooks.create'

/** `POST /2/webhooks`. After an answer that was lost it is not sent again: a second webhook could come of it. */
export async function createWebhook({ transport, app }: Api, url: string, options: CallOptions = {}): Promise<Webhook> {
  assertWebhookUrl(url)
  const answer = await call(transport, {
    endpoint,
    method: 'POST',
    path: '/2/webhooks',
    json: { url },
    authorizer: app,
    isIdempotent: false,
    signal: readSignal(options),
  })
  return readResponse(endpoint, answer, inData(webhook)).data
}
