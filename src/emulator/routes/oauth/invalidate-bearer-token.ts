import type { ApiRequest } from '../../api/api-request.ts'
import { authenticateOAuth1, usesOAuth1 } from '../../api/authenticate-oauth1.ts'
import { json } from '../../api/problems.ts'
import type { Route } from '../../api/route.ts'
import { invalidToken } from '../../api/v1-problems.ts'
import type { Platform } from '../../platform.ts'
import type { Refusal } from '../../requests/request-log.ts'
import type { AppState } from '../../state/tables.ts'
import { appByBasic } from './app-by-basic.ts'
import { cannotVerify, noBasicCredentials } from './create-bearer-token.ts'

/**
 * X's guide sends the credentials of the app in a Basic header, and its reference signs with OAuth 1.0a. Both are accepted.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/application-only
 */
export const invalidateBearerToken: Route = {
  method: 'POST',
  path: '/oauth2/invalidate_token',
  as: 'anyone',
  answer({ platform, request, refuse }) {
    const app = appByBasic(platform, request) ?? (usesOAuth1(request) ? appBySignature(platform, request) : undefined)
    if (!app) return refuse(noBasicCredentials, cannotVerify())
    if ('failedCheck' in app) return refuse(app, cannotVerify())
    const parameters = [request.url.searchParams, new URLSearchParams(request.body)]
    const token = parameters.map((from) => from.get('access_token')).find((found) => found !== null) ?? ''
    if (platform.state.appByBearer(token) !== app) return refuse(unknownToken, invalidToken())
    platform.state.invalidateBearer(token)
    return json(200, { access_token: app.bearerToken })
  },
}

const unknownToken: Refusal = {
  failedCheck: 'token',
  reason: 'The bearer token is unknown, was invalidated, or belongs to another app.',
}

/** The app whose owner signed the request, or why the signature is refused. */
function appBySignature(platform: Platform, request: ApiRequest): AppState | Refusal {
  const signer = authenticateOAuth1(platform, request)
  if ('failedCheck' in signer) return signer
  if (signer.app.ownerId === signer.grant?.userId) return signer.app
  return {
    failedCheck: 'token',
    reason: 'The request is signed with the access token of a user who does not own the app.',
  }
}
