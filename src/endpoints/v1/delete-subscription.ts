import { call } from '../../http/call.ts'
import { assertId } from '../../internal/assert.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { checkResponse } from '../read-response.ts'
import type { LegacyApi } from './legacy-api.ts'

const endpoint = 'subscriptions.delete'

/**
 * Premium: `DELETE …/subscriptions/{user id}.json`; enterprise: `DELETE …/webhooks/{id}/subscriptions/{user
 * id}/all.json`.
 */
export async function deleteSubscription(
  { transport, dialect, app }: LegacyApi,
  webhookId: string,
  userId: string,
  options: CallOptions = {},
): Promise<void> {
  assertId(webhookId, 'webhookId')
  assertId(userId, 'userId')
  const response = await call(transport, {
    endpoint,
    method: 'DELETE',
    path: dialect.paths.subscription(webhookId, userId),
    authorizer: app,
    isIdempotent: true,
    reasonsByCode: { 34: 'SubscriptionNotFound' },
    alreadyDoneReason: 'SubscriptionNotFound',
    ...readCallOptions(options),
  })
  checkResponse(endpoint, response)
}
