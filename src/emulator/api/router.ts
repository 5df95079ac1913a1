import type { Platform } from '../platform.ts'
import { answerCall } from './answer-call.ts'
import type { ApiRequest } from './api-request.ts'
import { dialectOf } from './dialects.ts'
import { createRouteMatcher } from './match-route.ts'
import { RateLimits } from './rate-limits.ts'
import type { Call, Route } from './route.ts'

/**
 * Creates a function that answers a request with the first route that has its path and its method.
 *
 * @throws RangeError or TypeError when the option `limits.rate` does not match the routes.
 */
export function createRouter(platform: Platform, routes: readonly Route[]): (request: ApiRequest) => Promise<Response> {
  const rates = new RateLimits(
    routes.filter(({ as }) => as !== 'anyone'),
    platform.limits.rate,
  )
  const findRoute = createRouteMatcher(routes)
  return async (request) => {
    const { pathname } = request.url
    const dialect = dialectOf(pathname)
    const match = findRoute(request.method, pathname)
    if (match.route === undefined) {
      const { allowedMethods } = match
      return allowedMethods.length === 0 ? dialect.notFound() : dialect.methodNotAllowed(allowedMethods)
    }
    const call: Call = { platform, request, param: (name) => match.param(name) }
    return match.route.as === 'anyone' ? match.route.answer(call) : answerCall(match.route, call, { dialect, rates })
  }
}
