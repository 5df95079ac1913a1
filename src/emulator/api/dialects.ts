import type { AuthenticationFailure } from './authenticate-oauth1.ts'
import * as v2 from './problems.ts'
import * as v1 from './v1-problems.ts'

/** The error responses of a generation of the API that are the same for all endpoints. */
export interface Dialect {
  notFound(): Response
  methodNotAllowed(allow: readonly string[]): Response
  unauthorized(answer: AuthenticationFailure['answer']): Response
  wrongAuthentication(used: string, supported: readonly string[]): Response
  notEnrolled(appId: string): Response
  lacksPermission(): Response
  lacksScopes(needed: readonly string[]): Response
  tooManyCalls(): Response
  /** Whether successful answers to this method have rate limit headers. */
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
  unauthorized: v1.unauthorized,
  wrongAuthentication: v1.wrongCredentials,
  notEnrolled: () => v1.forbidden(),
  lacksPermission: v1.lacksPermission,
  lacksScopes: v1.wrongCredentials,
  tooManyCalls: () => v1.tooManyRequests(),
  // Recorded answers have the headers for reads only.
  hasRateHeaders: (method) => method === 'GET',
}

/** X's troubleshooting guide says that a wrong path is forbidden. The emulator applies this to a wrong method too. */
const activityDialect: Dialect = {
  ...v1Dialect,
  notFound: () => v1.forbidden(),
  methodNotAllowed: () => v1.forbidden(),
}

/** The dialect of a path. */
export function dialectOf(pathname: string): Dialect {
  if (pathname.startsWith('/1.1/account_activity/')) return activityDialect
  return /^\/(?:1\.1|oauth2?)\//.test(pathname) ? v1Dialect : v2Dialect
}
