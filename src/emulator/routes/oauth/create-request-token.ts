import { createRequestToken as createToken } from '../../accounts/request-tokens.ts'
import { readParameter } from '../../api/api-request.ts'
import { noCredentials, usesOAuth1, verifyOAuth1 } from '../../api/authenticate-oauth1.ts'
import type { OpenRoute } from '../../api/route.ts'
import { badAuthenticationData, couldNotAuthenticate, formResponse, v1Error } from '../../api/v1-problems.ts'
import type { Permissions } from '../../state/permissions.ts'
import { isCallback } from './callback.ts'

/**
 * The first step of the three-legged flow: the app gets a request token, and sends the user to X with it. X's reference
 * names POST. X's own samples and some clients use GET, which X also accepts.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 * @see https://github.com/xdevplatform/account-activity-dashboard
 */
export const requestTokenRoutes: readonly OpenRoute[] = (['POST', 'GET'] as const).map((method) => ({
  method,
  path: '/oauth/request_token',
  as: 'anyone',
  answer({ platform, request, refuse }) {
    if (!usesOAuth1(request)) return refuse(noCredentials, badAuthenticationData())
    const signed = verifyOAuth1(platform, request, () => undefined)
    if ('failedCheck' in signed) return refuse(signed, couldNotAuthenticate())
    const { app, parameters } = signed
    const callback = parameters.get('oauth_callback')
    if (callback === undefined) return v1Error(400, { code: 38, message: 'oauth_callback parameter is missing.' })
    if (!isCallback(callback)) {
      return v1Error(403, {
        code: 415,
        message:
          'Callback URL not approved for this client application. Approved callback URLs can be adjusted in your application settings',
      })
    }
    const permissions = accessTypes.get(readParameter(request, 'x_auth_access_type') ?? '')
    const { token, secret } = createToken(platform, { app, callback, ...(permissions && { permissions }) })
    return formResponse({ oauth_token: token, oauth_token_secret: secret, oauth_callback_confirmed: 'true' })
  },
}))

const accessTypes: ReadonlyMap<string, Permissions> = new Map([
  ['read', 'read'],
  ['write', 'read-write'],
])
