import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import type { Api, CallOptions } from '../api.ts'
import { readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { type SubscriptionCount, subscriptionCount } from '../subscription-count.ts'

const endpoint = 'subscriptions.count'
const answered = z.looseObject({ data: subscriptionCount })

/** `GET /2/account_activity/subscriptions/count` */
export async function countSubscriptions(
  { transport, app }: Api,
  options: CallOptions = {},
): Promise<SubscriptionCount> {
  const answer = await call(transport, {
    endpoint,
    method: 'GET',
    path: '/2/account_activity/subscriptions/count',
    authorizer: app,
    isIdempotent: true,
    signal: readSignal(options),
  })
  return readResponse(endpoint, answer, answered).data
}
