import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import type { Api, CallOptions } from '../api.ts'
import { readAnswer } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { count } from '../schemas.ts'

/** How many subscriptions there are, and may be. */
export interface SubscriptionCount {
  readonly accountName: string
  /** How many the plan allows. */
  readonly provisionedCount: number
  /** How many there are with all activity. */
  readonly subscriptionsCountAll: number
  /** How many there are with direct messages only. */
  readonly subscriptionsCountDirectMessages: number
}

const endpoint = 'subscriptions.count'
const counts = z.looseObject({
  data: z.looseObject({
    account_name: z.string(),
    provisioned_count: count,
    subscriptions_count_all: count,
    subscriptions_count_direct_messages: count,
  }),
})

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
    repeatable: true,
    signal: readSignal(options),
  })
  const { data } = readAnswer(endpoint, answer, counts)
  return {
    accountName: data.account_name,
    provisionedCount: data.provisioned_count,
    subscriptionsCountAll: data.subscriptions_count_all,
    subscriptionsCountDirectMessages: data.subscriptions_count_direct_messages,
  }
}
