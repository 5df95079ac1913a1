import { authorize } from '../../accounts/authorize.ts'
import { findRequestToken } from '../../accounts/request-tokens.ts'
import { type ApiRequest, readParameter } from '../../api/api-request.ts'
import { type AuthenticationFailure, usesOAuth1, verifyOAuth1 } from '../../api/authenticate-oauth1.ts'
import type { OpenRoute } from '../../api/route.ts'
import { couldNotAuthenticate, formResponse, invalidToken } from '../../api/v1-problems.ts'
import type { Platform } from '../../platform.ts'
import type { Refusal } from '../../requests/request-log.ts'
import type { RequestToken } from '../../state/tables.ts'

/**
 * The third step of the three-legged flow: the app exchanges the request token and its verifier, once, for an access token.
 * X's reference names POST. X's own samples and some clients use GET, which X also accepts.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 * @see https://github.com/xdevplatform/account-activity-dashboard
 */
export const accessTokenRoutes: readonly OpenRoute[] = (['POST', 'GET'] as const).map((method) => ({
  method,
  path: '/oauth/access_token',
  as: 'anyone',
  answer({ platform, request, refuse }) {
    const exchange = readRequestToken(platform, request)
    if ('failedCheck' in exchange) {
      return refuse(exchange, exchange.answer === 'token' ? invalidToken() : couldNotAuthenticate())
    }
    const { requestToken, verifier } = exchange
    const { token, appId, permissions, authorized } = requestToken
    const { state } = platform
    const app = state.apps.get(appId)
    const user = state.users.get(authorized?.userId ?? '')
    if (!app || !user || authorized?.verifier !== verifier) return refuse(verifierRefused, wrongVerifier())
    state.requestTokens.delete(token)
    const { accessToken, accessTokenSecret } = authorize(platform, app, user, permissions && { permissions })
    return formResponse({
      oauth_token: accessToken,
      oauth_token_secret: accessTokenSecret,
      user_id: user.id,
      screen_name: user.screenName,
    })
  },
}))

interface AccessTokenRequest {
  readonly requestToken: RequestToken
  readonly verifier: string | undefined
}

/**
 * RFC 5849 requires a signature with the secret of the request token. X also accepts a signature without that secret, and
 * an unsigned request, as its own examples show.
 */
function readRequestToken(platform: Platform, request: ApiRequest): AccessTokenRequest | AuthenticationFailure {
  const read = usesOAuth1(request) ? readSigned(platform, request) : (name: string) => readParameter(request, name)
  if (typeof read !== 'function') return read
  const requestToken = findRequestToken(platform, read('oauth_token') ?? '')
  return requestToken ? { requestToken, verifier: read('oauth_verifier') } : unknownRequestToken
}

const unknownRequestToken: AuthenticationFailure = {
  answer: 'token',
  failedCheck: 'token',
  reason: 'The request token is unknown, was used or has expired.',
}

/** Returns a function that reads the parameters of a request with a valid signature. */
function readSigned(
  platform: Platform,
  request: ApiRequest,
): ((name: string) => string | undefined) | AuthenticationFailure {
  const verify = (secretOf: (found: RequestToken) => string) =>
    verifyOAuth1(platform, request, (token, app) => {
      const found = findRequestToken(platform, token)
      return found?.appId === app.id ? secretOf(found) : undefined
    })
  const withSecret = verify(({ secret }) => secret)
  const isRefused = 'failedCheck' in withSecret && withSecret.answer === 'credentials'
  const signed = isRefused ? verify(() => '') : withSecret
  return 'failedCheck' in signed ? signed : (name) => signed.parameters.get(name)
}

const verifierRefused: Refusal = {
  failedCheck: 'token',
  reason: 'The user has not authorised the request token, or the verifier is wrong.',
}

/** X's own text. It is not JSON. */
function wrongVerifier(): Response {
  return new Response('Error processing your OAuth request: Invalid oauth_verifier parameter', {
    status: 401,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })
}
