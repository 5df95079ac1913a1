import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api, UserCallOptions } from '../api.ts'
import { isEmpty, readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { isNotSubscribed } from '../says-not-subscribed.ts'
import { inData } from '../schemas.ts'

const endpoint = 'subscriptions.check'
const subscription = inData(z.looseObject({ subscribed: z.boolean() }))

/** `GET /2/account_activity/webhooks/{id}/subscriptions/all` */
export async function checkSubscription(
  { transport, userContext }: Api,
  webhookId: string,
  options: UserCallOptions = {},
): Promise<boolean> {
  assertId(webhookId, 'webhookId')
  try {
    const answer = await call(transport, {
      endpoint,
      method: 'GET',
      path: path`/2/account_activity/webhooks/${webhookId}/subscriptions/all`,
      signal: readSignal(options),
      authorizer: userContext(options.user),
      isIdempotent: true,
    })
    return isEmpty(answer) || readResponse(endpoint, answer, subscription).data.subscribed
  } catch (error) {
    if (isNotSubscribed(error)) return false
    throw error
  }
}
