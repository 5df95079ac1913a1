import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { readCallOptions, type UserCallOptions } from '../call-options.ts'
import { isNotSubscribed } from '../is-not-subscribed.ts'
import { isEmpty, readResponse } from '../read-response.ts'
import { inData } from '../schemas.ts'

const endpoint = 'subscriptions.check'
const subscription = inData(z.looseObject({ subscribed: z.boolean() }))

/**
 * `GET /2/account_activity/webhooks/{id}/subscriptions/all`
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export async function checkSubscription(
  { transport, userContext }: Api,
  webhookId: string,
  options: UserCallOptions = {},
): Promise<boolean> {
  assertId(webhookId, 'webhookId')
  try {
    const response = await call(transport, {
      endpoint,
      method: 'GET',
      path: path`/2/account_activity/webhooks/${webhookId}/subscriptions/all`,
      ...readCallOptions(options, ['user']),
      authorizer: userContext(options.user),
      isIdempotent: true,
    })
    return isEmpty(response) || readResponse(endpoint, response, subscription).data.subscribed
  } catch (error) {
    if (isNotSubscribed(error)) return false
    throw error
  }
}
