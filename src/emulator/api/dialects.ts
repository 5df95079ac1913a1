import type { Refused } from './authenticate-oauth1.ts'
import * as v2 from './problems.ts'
import * as v1 from './v1-problems.ts'

/** How a generation of the API says what is wrong with a call, whatever the endpoint. */
export interface Dialect {
  notFound(): Response
  methodNotAllowed(allow: readonly string[]): Response
  unauthorized(why: Refused): Response
  wrongAuthentication(used: string, supported: readonly string[]): Response
  notEnrolled(appId: string): Response
  lacksPermission(): Response
  lacksScopes(needed: readonly string[]): Response
  tooManyCalls(): Response
  /** Whether answers to calls with this method tell the rate limit. */
  hasRateHeaders(method: string): boolean
}

const v2Dialect: Dialect = {
  notFound: v2.notFound,
  methodNotAllowed: v2.methodNotAllowed,
  unauthorized: v2.unauthorized,
  wrongAuthentication: v2.unsupportedAuthentication,
  notEnrolled: v2.clientNotEnrolled,
  lacksPermission: v2.lacksPermission,
  lacksScopes: v2.lacksScopes,
  tooManyCalls: v2.tooManyRequests,
  hasRateHeaders: () => true,
}

const v1Dialect: Dialect = {
  notFound: v1.pageNotFound,
  methodNotAllowed: v1.methodNotAllowed,
  unauthorized: (why) => (why === 'token' ? v1.invalidToken() : v1.couldNotAuthenticate()),
  wrongAuthentication: v1.wrongCredentials,
  notEnrolled: () => v1.forbidden(),
  lacksPermission: v1.lacksPermission,
  lacksScopes: v1.wrongCredentials,
  tooManyCalls: () => v1.tooManyRequests(),
  // As recorded: on reads only.
  hasRateHeaders: (method) => method === 'GET',
}

/** X's troubleshooting guide: a wrong path, and likewise a wrong method, is forbidden. */
const activityDialect: Dialect = {
  ...v1Dialect,
  notFound: () => v1.forbidden(),
  methodNotAllowed: () => v1.forbidden(),
}

/** The dialect that is spoken at a path. */
export function dialectOf(pathname: string): Dialect {
  if (pathname.startsWith('/1.1/account_activity/')) return activityDialect
  return /^\/(?:1\.1|oauth2?)\//.test(pathname) ? v1Dialect : v2Dialect
}
