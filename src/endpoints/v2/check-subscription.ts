import * as z from 'zod/mini'
import type { ApiError } from '../../errors/api-error.ts'
import { isApiError } from '../../errors/guards.ts'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api, UserCallOptions } from '../api.ts'
import { isEmpty, readAnswer } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { wrapped } from '../schemas.ts'

const endpoint = 'subscriptions.check'
const subscription = wrapped(z.looseObject({ subscribed: z.boolean() }))

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
      repeatable: true,
    })
    return isEmpty(answer) || readAnswer(endpoint, answer, subscription).data.subscribed
  } catch (error) {
    if (isApiError(error, endpoint) && saysNotSubscribed(error)) return false
    throw error
  }
}

/** X's older way to say it: a 404 with code 34, or with nothing. Any other 404 comes from somewhere else. */
function saysNotSubscribed({ reason, platformCodes, body, problems }: ApiError<typeof endpoint>): boolean {
  if (reason !== 'NotFound') return false
  const types = problems.map(({ type }) => String(type))
  return body === '' || platformCodes.includes(34) || types.some((type) => type.endsWith('/resource-not-found'))
}
