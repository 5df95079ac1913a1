import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { type WebhookSubscriptionList, webhookSubscriptionList } from '../subscription-list.ts'

const endpoint = 'subscriptions.list'
const responseSchema = z.looseObject({ data: webhookSubscriptionList })

/**
 * `GET /2/account_activity/webhooks/{id}/subscriptions/all/list`
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export async function listSubscriptions(
  { transport, app }: Api,
  webhookId: string,
  options: CallOptions = {},
): Promise<WebhookSubscriptionList> {
  assertId(webhookId, 'webhookId')
  const response = await call(transport, {
    endpoint,
    method: 'GET',
    path: path`/2/account_activity/webhooks/${webhookId}/subscriptions/all/list`,
    authorizer: app,
    isIdempotent: true,
    ...readCallOptions(options),
  })
  return readResponse(endpoint, response, responseSchema).data
}
