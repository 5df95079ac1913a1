import type { UserCredentials } from '../../auth/credentials.ts'
import { call } from '../../http/call.ts'
import { assertId } from '../../internal/assert.ts'
import { readCallOptions, type UserCallOptions } from '../call-options.ts'
import { checkResponse } from '../read-response.ts'
import type { LegacyApi } from './legacy-api.ts'

const endpoint = 'subscriptions.delete'

/** Premium: `DELETE …/subscriptions.json`; enterprise: `DELETE …/webhooks/{id}/subscriptions/all.json`. */
export async function deleteOwnSubscription(
  { transport, dialect, userContext }: LegacyApi,
  webhookId: string,
  options: UserCallOptions<UserCredentials> = {},
): Promise<void> {
  assertId(webhookId, 'webhookId')
  const response = await call(transport, {
    endpoint,
    method: 'DELETE',
    path: dialect.paths.ownSubscription(webhookId),
    ...readCallOptions(options, ['user']),
    authorizer: userContext(options.user),
    isIdempotent: true,
    reasonsByCode: { 34: 'SubscriptionNotFound' },
    alreadyDoneReason: 'SubscriptionNotFound',
  })
  checkResponse(endpoint, response)
}
