import { isLoopback } from '../../internal/host-list.ts'
import { type ApiRequest, isJson } from '../api/api-request.ts'
import { json } from '../api/problems.ts'

/**
 * Rejects the requests of web pages from another origin. Any page can make a browser send a request to this machine. The
 * browser names the origin in a header, and it sends a JSON body to another origin only after a preflight request, which
 * the emulator never allows. A page of the same origin is allowed on a loopback host only: the URL of any other host
 * comes from the request, and a page that reaches this machine by DNS rebinding has the same origin as its URL.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS
 */
export function rejectCrossOrigin(request: ApiRequest): Response | undefined {
  const { method, url, headers } = request
  const origin = headers.get('origin')
  const isSameOrigin = origin === null || (origin === url.origin && isLoopback(url.hostname))
  const isCrossOrigin = !isSameOrigin || headers.get('sec-fetch-site') === 'cross-site'
  if (isCrossOrigin) return json(403, { error: 'Requests of web pages from another origin are not allowed.' })
  if (method === 'GET' || method === 'HEAD' || isJson(request)) return undefined
  return json(415, { error: 'The header "content-type" must be application/json.' })
}
