import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api, CallOptions } from '../api.ts'
import { readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { type WebhookSubscriptionList, webhookSubscriptionList } from '../subscription-list.ts'

const endpoint = 'subscriptions.list'
const answered = z.looseObject({ data: webhookSubscriptionList })

/** `GET /2/account_activity/webhooks/{id}/subscriptions/all/list` */
export async function listSubscriptions(
  { transport, app }: Api,
  webhookId: string,
  options: CallOptions = {},
): Promise<WebhookSubscriptionList> {
  assertId(webhookId, 'webhookId')
  const answer = await call(transport, {
    endpoint,
    method: 'GET',
    path: path`/2/account_activity/webhooks/${webhookId}/subscriptions/all/list`,
    authorizer: app,
    isIdempotent: true,
    signal: readSignal(options),
  })
  return readResponse(endpoint, answer, answered).data
}
