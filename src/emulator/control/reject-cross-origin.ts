import { type ApiRequest, isJson } from '../api/api-request.ts'
import { json } from '../api/problems.ts'

/**
 * Any web page can make a browser send requests to this machine, and is seldom allowed to see the answers. Where it came
 * from stands in the headers that browsers add; and a body of JSON they send for strangers only after they asked, which
 * is never granted here.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS
 */
export function rejectCrossOrigin(request: ApiRequest): Response | undefined {
  const { method, url, headers } = request
  const origin = headers.get('origin')
  const isForeign = (origin !== null && origin !== url.origin) || headers.get('sec-fetch-site') === 'cross-site'
  if (isForeign) return json(403, { error: 'This is not for web pages of another origin' })
  if (method === 'GET' || method === 'HEAD' || isJson(request)) return undefined
  return json(415, { error: 'The header "content-type" must be application/json' })
}
