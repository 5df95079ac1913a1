import type { UserCredentials } from '../../auth/credentials.ts'
import { call } from '../../http/call.ts'
import { assertId } from '../../internal/assert.ts'
import { acceptEmptyResponse } from '../accept-done.ts'
import type { UserCallOptions } from '../api.ts'
import { readSignal } from '../read-signal.ts'
import { isNotSubscribed } from '../says-not-subscribed.ts'
import type { LegacyApi } from './legacy-api.ts'

const endpoint = 'subscriptions.check'

/** Premium: `GET …/subscriptions.json`; enterprise: `GET …/webhooks/{id}/subscriptions/all.json` */
export async function checkSubscription(
  { transport, dialect, userContext }: LegacyApi,
  webhookId: string,
  options: UserCallOptions<UserCredentials> = {},
): Promise<boolean> {
  assertId(webhookId, 'webhookId')
  try {
    const answer = await call(transport, {
      endpoint,
      method: 'GET',
      path: dialect.paths.ownSubscription(webhookId),
      signal: readSignal(options),
      authorizer: userContext(options.user),
      isIdempotent: true,
    })
    acceptEmptyResponse(endpoint, answer)
    return true
  } catch (error) {
    if (isNotSubscribed(error)) return false
    throw error
  }
}
