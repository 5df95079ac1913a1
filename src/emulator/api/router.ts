import type { Platform } from '../platform.ts'
import { answerCall } from './answer-call.ts'
import type { ApiRequest } from './api-request.ts'
import { dialectOf } from './dialects.ts'
import { pathPattern } from './match-route.ts'
import { RateLimits } from './rate-limits.ts'
import type { Call, Route } from './route.ts'

/**
 * Answers a request by the first route that has its path and its method.
 *
 * @throws RangeError or TypeError when the settings of rate limits do not fit the routes.
 */
export function createRouter(platform: Platform, routes: readonly Route[]): (request: ApiRequest) => Promise<Response> {
  const rates = new RateLimits(
    routes.filter(({ as }) => as !== 'anyone'),
    platform.limits.rate,
  )
  const table = routes.map((route) => ({ route, pattern: pathPattern(route.path) }))
  return async (request) => {
    const dialect = dialectOf(request.url.pathname)
    const found = table.filter(({ pattern }) => pattern.test(request.url.pathname))
    if (found.length === 0) return dialect.notFound()
    const match = found.find(({ route }) => route.method === request.method)
    if (!match) return dialect.methodNotAllowed([...new Set(found.map(({ route }) => route.method))])
    const groups = match.pattern.exec(request.url.pathname)?.groups
    const call: Call = { platform, request, param: (name) => groups?.[name] ?? '' }
    return match.route.as === 'anyone' ? match.route.answer(call) : answerCall(match.route, call, { dialect, rates })
  }
}
