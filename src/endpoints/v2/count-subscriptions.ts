import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { type SubscriptionCount, subscriptionCount } from '../subscription-count.ts'

const endpoint = 'subscriptions.count'
const responseSchema = z.looseObject({ data: subscriptionCount })

/**
 * `GET /2/account_activity/subscriptions/count`
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export async function countSubscriptions(
  { transport, app }: Api,
  options: CallOptions = {},
): Promise<SubscriptionCount> {
  const response = await call(transport, {
    endpoint,
    method: 'GET',
    path: '/2/account_activity/subscriptions/count',
    authorizer: app,
    isIdempotent: true,
    ...readCallOptions(options),
  })
  return readResponse(endpoint, response, responseSchema).data
}
