import { createRequestToken as create } from '../../accounts/request-tokens.ts'
import { readParameter } from '../../api/api-request.ts'
import { verifyOAuth1 } from '../../api/authenticate-oauth1.ts'
import type { Route } from '../../api/route.ts'
import { couldNotAuthenticate, formResponse, v1Error } from '../../api/v1-problems.ts'
import type { Permissions } from '../../state/permissions.ts'

/**
 * The first leg: an app asks for what it sends a user to X with.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 */
export const createRequestToken: Route = {
  method: 'POST',
  path: '/oauth/request_token',
  as: 'anyone',
  answer({ platform, request }) {
    const signed = verifyOAuth1(platform, request, () => undefined)
    if (typeof signed === 'string') return couldNotAuthenticate()
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
    const { token, secret } = create(platform, { app, callback, ...(permissions && { permissions }) })
    return formResponse({ oauth_token: token, oauth_token_secret: secret, oauth_callback_confirmed: 'true' })
  },
}

const accessTypes: ReadonlyMap<string, Permissions> = new Map([
  ['read', 'read'],
  ['write', 'read-write'],
])

/** Any address that a browser can leave X for, schemes of phone apps included. */
function isCallback(callback: string): boolean {
  return callback === 'oob' || (URL.canParse(callback) && !stays.has(new URL(callback).protocol))
}

const stays: ReadonlySet<string> = new Set(['about:', 'blob:', 'data:', 'file:', 'javascript:', 'vbscript:'])
