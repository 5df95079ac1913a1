import { call } from '../../http/call.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import type { SubscriptionCount } from '../subscription-count.ts'
import type { LegacyApi } from './legacy-api.ts'

const endpoint = 'subscriptions.count'

/** `GET …/subscriptions/count.json`, which counts over all environments or webhooks of the app. */
export async function countSubscriptions(
  { transport, dialect, app }: LegacyApi,
  options: CallOptions = {},
): Promise<SubscriptionCount> {
  const response = await call(transport, {
    endpoint,
    method: 'GET',
    path: dialect.paths.count,
    authorizer: app,
    isIdempotent: true,
    ...readCallOptions(options),
  })
  return readResponse(endpoint, response, dialect.subscriptionCount)
}
