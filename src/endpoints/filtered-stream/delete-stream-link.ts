import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { checkResponse } from '../read-response.ts'

const endpoint = 'filteredStream.links.delete'

/**
 * `DELETE /2/tweets/search/webhooks/{id}`
 *
 * @see https://docs.x.com/x-api/webhooks/stream/introduction
 */
export async function deleteStreamLink(
  { transport, app }: Api,
  webhookId: string,
  options: CallOptions = {},
): Promise<void> {
  assertId(webhookId, 'webhookId')
  const response = await call(transport, {
    endpoint,
    method: 'DELETE',
    path: path`/2/tweets/search/webhooks/${webhookId}`,
    authorizer: app,
    isIdempotent: true,
    alreadyDoneReason: 'WebhookIdInvalid',
    ...readCallOptions(options),
  })
  checkResponse(endpoint, response, 'deleted')
}
