import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { checkResponse } from '../read-response.ts'
import { type StreamFields, toFieldsQuery } from './stream-link.ts'

/** The options of `filteredStream.links.create`. */
export interface StreamLinkOptions extends CallOptions {
  /**
   * What X adds to each post that it delivers.
   *
   * @defaultValue the default fields of X: the id, the text and the edit history
   */
  readonly fields?: StreamFields | undefined
}

const endpoint = 'filteredStream.links.create'

/**
 * `POST /2/tweets/search/webhooks/{id}`. The fields are in the query, as X documents it. A webhook has one link, so the
 * request is safe to repeat.
 *
 * @see https://docs.x.com/x-api/webhooks/stream/introduction
 */
export async function createStreamLink(
  { transport, app }: Api,
  webhookId: string,
  options: StreamLinkOptions = {},
): Promise<void> {
  assertId(webhookId, 'webhookId')
  const callOptions = readCallOptions(options, ['fields'])
  const query = options.fields === undefined ? {} : toFieldsQuery(options.fields)
  const response = await call(transport, {
    endpoint,
    method: 'POST',
    path: path`/2/tweets/search/webhooks/${webhookId}`,
    query,
    authorizer: app,
    isIdempotent: true,
    ...callOptions,
  })
  checkResponse(endpoint, response, 'provisioned')
}
