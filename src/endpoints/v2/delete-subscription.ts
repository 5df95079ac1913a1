import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api, CallOptions } from '../api.ts'
import { isEmpty, readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { inData } from '../schemas.ts'

const endpoint = 'subscriptions.delete'

/** The boolean tells nothing: some servers answer `true`, meaning that it went well. */
const removal = inData(z.looseObject({ subscribed: z.boolean() }))

/** `DELETE /2/account_activity/webhooks/{id}/subscriptions/{user id}/all` */
export async function deleteSubscription(
  { transport, app }: Api,
  webhookId: string,
  userId: string,
  options: CallOptions = {},
): Promise<void> {
  assertId(webhookId, 'webhookId')
  assertId(userId, 'userId')
  const answer = await call(transport, {
    endpoint,
    method: 'DELETE',
    path: path`/2/account_activity/webhooks/${webhookId}/subscriptions/${userId}/all`,
    authorizer: app,
    isIdempotent: true,
    alreadyDoneReason: 'SubscriptionNotFound',
    signal: readSignal(options),
  })
  if (!isEmpty(answer)) readResponse(endpoint, answer, removal)
}
