import type { UserCredentials } from '../../auth/credentials.ts'
import { call } from '../../http/call.ts'
import { assertId } from '../../internal/assert.ts'
import { readCallOptions, type UserCallOptions } from '../call-options.ts'
import { isNotSubscribed } from '../is-not-subscribed.ts'
import { checkResponse } from '../read-response.ts'
import type { LegacyApi } from './legacy-api.ts'

const endpoint = 'subscriptions.check'

/** Premium: `GET …/subscriptions.json`; enterprise: `GET …/webhooks/{id}/subscriptions/all.json`. */
export async function checkSubscription(
  { transport, dialect, userContext }: LegacyApi,
  webhookId: string,
  options: UserCallOptions<UserCredentials> = {},
): Promise<boolean> {
  assertId(webhookId, 'webhookId')
  try {
    const response = await call(transport, {
      endpoint,
      method: 'GET',
      path: dialect.paths.ownSubscription(webhookId),
      ...readCallOptions(options, ['user']),
      authorizer: userContext(options.user),
      isIdempotent: true,
    })
    checkResponse(endpoint, response)
    return true
  } catch (error) {
    if (isNotSubscribed(error)) return false
    throw error
  }
}
