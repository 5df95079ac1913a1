import { includesLevel, levelOf } from '../state/permissions.ts'
import { authenticate, type Caller, type UserCaller } from './authenticate.ts'
import type { Dialect } from './dialects.ts'
import { type RateLimits, rateHeaders } from './rate-limits.ts'
import type { AuthenticatedRoute, Call } from './route.ts'

interface ApiContext {
  readonly dialect: Dialect
  readonly rates: RateLimits
}

/**
 * Answers a call of a route that requires authentication. The checks are in the order of X: credentials, kind of
 * authentication, rate limit, enrolment, permissions or scopes.
 */
export async function answerCall(
  route: AuthenticatedRoute,
  call: Call,
  { dialect, rates }: ApiContext,
): Promise<Response> {
  const caller = authenticate(call.platform, call.request)
  if (typeof caller === 'string') return dialect.unauthorized(caller)
  const run = bindEndpoint(route, call, caller)
  if (!run) return route.refusals?.authentication?.() ?? dialect.wrongAuthentication(caller.by, route.accepts)
  const rate = rates.count(route, rateLimitKey(route, caller), call.platform.clock.now())
  const response = rate?.exceeded
    ? (route.refusals?.rate?.() ?? dialect.tooManyCalls())
    : (findRefusal(route, caller, dialect) ?? (await run()))
  // A refused caller always learns when the limit resets, also where a successful answer has no such headers.
  const headers = rate && (rate.exceeded || dialect.hasRateHeaders(route.method)) ? rateHeaders(rate) : []
  for (const [name, value] of headers) response.headers.set(name, value)
  if (isUserCaller(caller)) response.headers.set('x-access-level', accessLevel(caller))
  return response
}

/** The endpoint with its call, or `undefined` when it does not accept this kind of authentication. */
function bindEndpoint(
  route: AuthenticatedRoute,
  call: Call,
  caller: Caller,
): (() => Response | Promise<Response>) | undefined {
  if (!route.accepts.includes(caller.by)) return undefined
  const { app } = caller
  if (route.as === 'app') return () => route.answer({ ...call, app, caller })
  return isUserCaller(caller) ? () => route.answer({ ...call, ...caller, caller }) : undefined
}

/** The refusal of an authenticated caller who lacks access. */
function findRefusal(route: AuthenticatedRoute, caller: Caller, dialect: Dialect): Response | undefined {
  if (!caller.app.enrolled) return route.refusals?.enrolment?.() ?? dialect.notEnrolled(caller.app.id)
  if (!isUserCaller(caller)) return undefined
  const { by, grant } = caller
  if (by === 'OAuth 1.0a User Context') {
    return includesLevel(grant.permissions, route.level ?? 'read') ? undefined : dialect.lacksPermission()
  }
  const { scopes = [] } = route
  return scopes.every((scope) => grant.scopes.includes(scope)) ? undefined : dialect.lacksScopes(scopes)
}

function rateLimitKey(route: AuthenticatedRoute, caller: Caller): string {
  return route.as === 'user' && isUserCaller(caller) ? `${caller.app.id} ${caller.user.id}` : caller.app.id
}

function isUserCaller(caller: Caller): caller is UserCaller {
  return caller.by !== 'OAuth 2.0 Application-Only'
}

function accessLevel({ by, grant }: UserCaller): string {
  return by === 'OAuth 1.0a User Context' ? grant.permissions : levelOf(grant.scopes)
}
