import type { Platform } from '../platform.ts'
import { findNearestRoute } from '../requests/nearest-route.ts'
import type { PendingRequest, Refusal } from '../requests/request-log.ts'
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
export function createRouter(
  platform: Platform,
  routes: readonly Route[],
): (request: ApiRequest, pending: PendingRequest) => Promise<Response> {
  const rates = new RateLimits(
    routes.filter(({ as }) => as !== 'anyone'),
    platform.limits.rate,
  )
  const findRoute = createRouteMatcher(routes)
  return async (request, pending) => {
    const { pathname } = request.url
    const dialect = dialectOf(pathname)
    const match = findRoute(request.method, pathname)
    if (match.route === undefined) {
      const { allowedMethods } = match
      return allowedMethods.length === 0
        ? pending.refuse(unknownPath(routes, request), dialect.notFound())
        : pending.refuse(unknownMethod(allowedMethods), dialect.methodNotAllowed(allowedMethods))
    }
    pending.setRoute(match.route)
    if (match.route.isOffered?.(platform) === false) return pending.refuse(notOffered, dialect.notFound())
    const call: Call = {
      platform,
      request,
      param: (name) => match.param(name),
      refuse: (refusal, response) => pending.refuse(refusal, response),
    }
    return match.route.as === 'anyone' ? match.route.answer(call) : answerCall(match.route, call, { dialect, rates })
  }
}

/** The caller has chosen this, so it is not reported as an unknown path. */
const notOffered: Refusal = { failedCheck: 'endpoint', reason: 'An option of the emulator turns this endpoint off.' }

function unknownPath(routes: readonly Route[], { method, url }: ApiRequest): Refusal {
  const nearest = findNearestRoute(routes, method, url.pathname)
  const hint = nearest === undefined ? '' : ` The nearest route is ${nearest}.`
  return { failedCheck: 'route', reason: `No route has this path.${hint}` }
}

function unknownMethod(allowedMethods: readonly string[]): Refusal {
  return { failedCheck: 'method', reason: `This path allows ${allowedMethods.join(' and ')} only.` }
}
