import { call } from '../../http/call.ts'
import { assertText } from '../../internal/assert.ts'
import { parseHttpUrl } from '../../internal/http-url.ts'
import type { Api, CallOptions } from '../api.ts'
import { readAnswer } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { wrapped } from '../schemas.ts'
import { type Webhook, webhook } from './webhook.ts'

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
    repeatable: false,
    signal: readSignal(options),
  })
  return readAnswer(endpoint, answer, wrapped(webhook)).data
}

/** Whether it is https and public is for X to say: an emulator takes less. */
function assertWebhookUrl(url: unknown): void {
  assertText(url, 'url')
  if (url.length > 200) throw new RangeError(`"url" must have at most 200 characters, got ${url.length}`)
  parseHttpUrl(url, 'url')
}
