import { isApiError } from '../../errors/guards.ts'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { isHtml } from '../../http/read-problems.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { checkResponse } from '../read-response.ts'

const endpoint = 'activity.subscriptions.delete'

/**
 * `DELETE /2/activity/subscriptions/{id}`. A subscription that X does not have is deleted already. A 404 with an HTML page
 * is an error: it comes from another server.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export async function deleteActivitySubscription(
  { transport, app }: Api,
  id: string,
  options: CallOptions = {},
): Promise<void> {
  assertId(id, 'id')
  try {
    const response = await call(transport, {
      endpoint,
      method: 'DELETE',
      path: path`/2/activity/subscriptions/${id}`,
      authorizer: app,
      isIdempotent: true,
      ...readCallOptions(options),
    })
    checkResponse(endpoint, response, 'deleted')
  } catch (error) {
    const isGone = isApiError(error, endpoint) && (error.status === 404 || error.status === 410)
    if (!isGone || isHtml(error.body)) throw error
  }
}
