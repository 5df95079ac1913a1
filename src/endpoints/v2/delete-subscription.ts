import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { checkResponse } from '../read-response.ts'

const endpoint = 'subscriptions.delete'

/**
 * `DELETE /2/account_activity/webhooks/{id}/subscriptions/{user id}/all`
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export async function deleteSubscription(
  { transport, app }: Api,
  webhookId: string,
  userId: string,
  options: CallOptions = {},
): Promise<void> {
  assertId(webhookId, 'webhookId')
  assertId(userId, 'userId')
  const response = await call(transport, {
    endpoint,
    method: 'DELETE',
    path: path`/2/account_activity/webhooks/${webhookId}/subscriptions/${userId}/all`,
    authorizer: app,
    isIdempotent: true,
    alreadyDoneReason: 'SubscriptionNotFound',
    ...readCallOptions(options),
  })
  // The value of `subscribed` is not used: some servers send `true` to confirm the deletion.
  checkResponse(endpoint, response)
}
