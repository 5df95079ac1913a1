import { call } from '../../http/call.ts'
import type { CallOptions } from '../api.ts'
import { readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import type { SubscriptionCount } from '../subscription-count.ts'
import type { LegacyApi } from './legacy-api.ts'

const endpoint = 'subscriptions.count'

/** `GET …/subscriptions/count.json`, of all environments or webhooks of the app. */
export async function countSubscriptions(
  { transport, dialect, app }: LegacyApi,
  options: CallOptions = {},
): Promise<SubscriptionCount> {
  const answer = await call(transport, {
    endpoint,
    method: 'GET',
    path: dialect.paths.count,
    authorizer: app,
    isIdempotent: true,
    signal: readSignal(options),
  })
  return readResponse(endpoint, answer, dialect.subscriptionCount)
}
