import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api, UserCallOptions } from '../api.ts'
import { isEmpty, readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { inData } from '../schemas.ts'

const endpoint = 'subscriptions.create'
const subscription = inData(z.looseObject({ subscribed: z.literal(true) }))

/** `POST /2/account_activity/webhooks/{id}/subscriptions/all`. X's samples send no body; its description requires `{}`. */
export async function createSubscription(
  { transport, userContext }: Api,
  webhookId: string,
  options: UserCallOptions = {},
): Promise<void> {
  assertId(webhookId, 'webhookId')
  const answer = await call(transport, {
    endpoint,
    method: 'POST',
    path: path`/2/account_activity/webhooks/${webhookId}/subscriptions/all`,
    json: {},
    signal: readSignal(options),
    authorizer: userContext(options.user),
    isIdempotent: true,
    alreadyDoneReason: 'DuplicateSubscriptionFailed',
  })
  if (!isEmpty(answer)) readResponse(endpoint, answer, subscription)
}
