import type { ApiRequest } from '../../api/api-request.ts'
import { authenticateOAuth1 } from '../../api/authenticate-oauth1.ts'
import { json } from '../../api/problems.ts'
import type { Route } from '../../api/route.ts'
import { invalidToken } from '../../api/v1-problems.ts'
import type { Platform } from '../../platform.ts'
import type { AppState } from '../../state/tables.ts'
import { appByBasic } from './app-by-basic.ts'
import { cannotVerify } from './create-bearer-token.ts'

/**
 * X's guide sends the credentials of the app in a Basic header, and its reference signs with OAuth 1.0a. Both are accepted.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/application-only
 */
export const invalidateBearerToken: Route = {
  method: 'POST',
  path: '/oauth2/invalidate_token',
  as: 'anyone',
  answer({ platform, request }) {
    const app = appByBasic(platform, request) ?? appBySignature(platform, request)
    if (!app) return cannotVerify()
    const parameters = [request.url.searchParams, new URLSearchParams(request.body)]
    const token = parameters.map((from) => from.get('access_token')).find((found) => found !== null) ?? ''
    if (platform.state.appByBearer(token) !== app) return invalidToken()
    platform.state.invalidateBearer(token)
    return json(200, { access_token: app.bearerToken })
  },
}

/** The app whose owner signed the request. */
function appBySignature(platform: Platform, request: ApiRequest): AppState | undefined {
  const signer = authenticateOAuth1(platform, request)
  return typeof signer !== 'string' && signer.app.ownerId === signer.grant?.userId ? signer.app : undefined
}
