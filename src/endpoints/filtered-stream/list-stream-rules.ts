import type { Api } from '../api.ts'
import { listPages, type PagedCallOptions, pageOf } from '../pages.ts'
import { rulesPath, type StreamRule, streamRule } from './stream-rule.ts'

const endpoint = 'filteredStream.rules.list'
const list = { endpoint, path: rulesPath, page: pageOf(streamRule) } as const

/**
 * `GET /2/tweets/search/stream/rules`, page by page.
 *
 * @see https://docs.x.com/x-api/posts/filtered-stream/introduction
 */
export function listStreamRules(api: Api, options: PagedCallOptions = {}): AsyncIterable<StreamRule> {
  return listPages(api, list, options)
}
