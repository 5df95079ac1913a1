import { call } from '../../http/call.ts'
import { assertInteger } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { iteratePages, pageOf } from '../pages.ts'
import { readResponse } from '../read-response.ts'
import { rulesPath, type StreamRule, streamRule } from './stream-rule.ts'

/** The options of `filteredStream.rules.list`. They apply to the request of each page. */
export interface StreamRuleListOptions extends CallOptions {
  /**
   * How many rules X sends in one response: an integer from 1 to 1000.
   *
   * @defaultValue 1000
   */
  readonly pageSize?: number | undefined
}

const endpoint = 'filteredStream.rules.list'
const page = pageOf(streamRule)

/**
 * `GET /2/tweets/search/stream/rules`, page by page.
 *
 * @see https://docs.x.com/x-api/posts/filtered-stream/introduction
 */
export function listStreamRules(
  { transport, app }: Api,
  options: StreamRuleListOptions = {},
): AsyncIterable<StreamRule> {
  const callOptions = readCallOptions(options, ['pageSize'])
  const { pageSize = 1000 } = options
  assertInteger(pageSize, 'pageSize', { min: 1, max: 1000 })
  const query = { max_results: String(pageSize) }
  return iteratePages(async (token) => {
    const response = await call(transport, {
      endpoint,
      method: 'GET',
      path: rulesPath,
      query: token === undefined ? query : { ...query, pagination_token: token },
      authorizer: app,
      isIdempotent: true,
      ...callOptions,
    })
    return readResponse(endpoint, response, page)
  })
}
