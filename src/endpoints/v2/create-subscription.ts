import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { readCallOptions, type UserCallOptions } from '../call-options.ts'
import { checkResponse } from '../read-response.ts'

const endpoint = 'subscriptions.create'

/**
 * `POST /2/account_activity/webhooks/{id}/subscriptions/all`. The OpenAPI description of X requires the body `{}`,
 * although the samples of X send none.
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export async function createSubscription(
  { transport, userContext }: Api,
  webhookId: string,
  options: UserCallOptions = {},
): Promise<void> {
  assertId(webhookId, 'webhookId')
  const response = await call(transport, {
    endpoint,
    method: 'POST',
    path: path`/2/account_activity/webhooks/${webhookId}/subscriptions/all`,
    json: {},
    ...readCallOptions(options, ['user']),
    authorizer: userContext(options.user),
    isIdempotent: true,
    alreadyDoneReason: 'DuplicateSubscriptionFailed',
  })
  checkResponse(endpoint, response, 'subscribed')
}
