import { type ApiRequest, isJson } from '../api/api-request.ts'
import { json } from '../api/problems.ts'

/**
 * Rejects the requests of web pages from another origin. Any page can make a browser send a request to this machine. The
 * browser names the origin in a header, and it sends a JSON body to another origin only after a preflight request, which
 * the emulator never allows.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS
 */
export function rejectCrossOrigin(request: ApiRequest): Response | undefined {
  const { method, url, headers } = request
  const origin = headers.get('origin')
  const isCrossOrigin = (origin !== null && origin !== url.origin) || headers.get('sec-fetch-site') === 'cross-site'
  if (isCrossOrigin) return json(403, { error: 'Requests of web pages from another origin are not allowed.' })
  if (method === 'GET' || method === 'HEAD' || isJson(request)) return undefined
  return json(415, { error: 'The header "content-type" must be application/json.' })
}
