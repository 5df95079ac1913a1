import { call } from '../../http/call.ts'
import { assertId } from '../../internal/assert.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import type { SubscriptionList } from '../subscription-list.ts'
import type { LegacyApi } from './legacy-api.ts'

const endpoint = 'subscriptions.list'

/** Premium: `GET …/subscriptions/list.json`; enterprise: `GET …/webhooks/{id}/subscriptions/all/list.json`. */
export async function listSubscriptions<List extends SubscriptionList>(
  { transport, dialect, app }: LegacyApi<List>,
  webhookId: string,
  options: CallOptions = {},
): Promise<List> {
  assertId(webhookId, 'webhookId')
  const response = await call(transport, {
    endpoint,
    method: 'GET',
    path: dialect.paths.subscriptions(webhookId),
    authorizer: app,
    isIdempotent: true,
    reasonsByCode: { 34: 'WebhookIdInvalid' },
    ...readCallOptions(options),
  })
  return readResponse(endpoint, response, dialect.subscriptionList)
}
