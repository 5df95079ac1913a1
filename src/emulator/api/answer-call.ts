import type { Refusal } from '../requests/request-log.ts'
import { includesLevel, levelOf, type Permissions, type Scope } from '../state/permissions.ts'
import { authenticate, type Caller, type UserCaller } from './authenticate.ts'
import { type Dialect, dialectOf } from './dialects.ts'
import { type RateLimits, type RateStatus, rateHeaders } from './rate-limits.ts'
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
  if ('failedCheck' in caller) return call.refuse(caller, dialect.unauthorized(caller.answer))
  const run = bindEndpoint(route, call, caller)
  if (!run) {
    const response = route.refusals?.authentication?.() ?? dialect.wrongAuthentication(caller.by, route.accepts)
    return call.refuse(wrongKind(route, caller), response)
  }
  const rate = rates.count(route, rateLimitKey(route, caller), call.platform.clock.now())
  const response = rate?.exceeded
    ? call.refuse(rateLimited(rate), route.refusals?.rate?.() ?? dialect.tooManyCalls())
    : (refuseAccess(route, call, { caller, dialect }) ?? (await run()))
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

/** Refuses an authenticated caller who lacks access. Returns `undefined` when the caller has it. */
function refuseAccess(
  route: AuthenticatedRoute,
  call: Call,
  { caller, dialect }: { caller: Caller; dialect: Dialect },
): Response | undefined {
  if (!caller.app.enrolled) {
    return call.refuse(notEnrolled, route.refusals?.enrolment?.() ?? dialect.notEnrolled(caller.app.id))
  }
  return isUserCaller(caller) ? refuseToken(call, caller, route, dialect) : undefined
}

/** Refuses the token of a user that lacks permissions or scopes. Returns `undefined` when it has them. */
export function refuseToken(
  call: Call,
  { by, grant }: UserCaller,
  { level = 'read', scopes = [], refusals }: Pick<AuthenticatedRoute, 'level' | 'scopes' | 'refusals'>,
  dialect: Dialect = dialectOf(call.request.url.pathname),
): Response | undefined {
  if (by === 'OAuth 1.0a User Context') {
    if (includesLevel(grant.permissions, level)) return undefined
    const response = refusals?.permission?.() ?? dialect.lacksPermission()
    return call.refuse(tooFewPermissions(grant.permissions, level), response)
  }
  const missing = scopes.filter((scope) => !grant.scopes.includes(scope))
  return missing.length === 0 ? undefined : call.refuse(missingScopes(missing), dialect.lacksScopes(scopes))
}

function wrongKind({ accepts }: AuthenticatedRoute, { by }: Caller): Refusal {
  const reason = `The route does not accept ${by}. It accepts ${accepts.join(' and ')}.`
  return { failedCheck: 'authentication-kind', reason }
}

function rateLimited({ limit, resetAt }: RateStatus): Refusal {
  const calls = limit === 1 ? '1 call' : `${limit} calls`
  const reset = new Date(resetAt).toISOString()
  return {
    failedCheck: 'rate-limit',
    reason: `The rate limit of ${calls} in 15 minutes is exceeded. It resets at ${reset}.`,
  }
}

const notEnrolled: Refusal = {
  failedCheck: 'enrolment',
  reason: 'The app has no access to the API: its setting "enrolled" is false.',
}

function tooFewPermissions(granted: Permissions, needed: Permissions): Refusal {
  return {
    failedCheck: 'permissions',
    reason: `The access token has the permissions ${granted}, and the route needs ${needed}. The user must authorise the app again after its permissions have changed.`,
  }
}

function missingScopes(missing: readonly Scope[]): Refusal {
  return { failedCheck: 'scopes', reason: `The access token lacks the scopes ${missing.join(', ')}.` }
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
