import { timingSafeEqual } from '#hmac'
import { appByClientId, clientIdOf, takeCode } from '../../accounts/oauth2.ts'
import { accessTokenMs, findRefreshable, startSession } from '../../accounts/sessions.ts'
import { json } from '../../api/problems.ts'
import type { Call, OpenRoute } from '../../api/route.ts'
import type { Platform } from '../../platform.ts'
import type { AppState, OAuth2Session } from '../../state/tables.ts'
import { readBasic } from './app-by-basic.ts'

/**
 * Exchanges a code or a refresh token, each once, for tokens. An app with a client secret sends it in a Basic header; an app
 * without one sends its `client_id`.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token
 */
export const createOAuth2Token: OpenRoute = {
  method: 'POST',
  path: '/2/oauth2/token',
  as: 'anyone',
  async answer(call) {
    const app = findClient(call)
    if (!app) return refuseClient(call)
    const form = new URLSearchParams(call.request.body)
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return exchangeCode(call.platform, app, form)
      case 'refresh_token':
        return refresh(call.platform, app, form.get('refresh_token') ?? '')
      default:
        return invalidRequest('Value passed for the grant type was invalid.')
    }
  },
}

/** @see https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token */
export const revokeOAuth2Token: OpenRoute = {
  method: 'POST',
  path: '/2/oauth2/revoke',
  as: 'anyone',
  answer(call) {
    const app = findClient(call)
    if (!app) return refuseClient(call)
    const { state } = call.platform
    const token = new URLSearchParams(call.request.body).get('token') ?? ''
    const session = state.oauth2Sessions.get(token) ?? findRefreshable(call.platform, token)
    if (session?.appId !== app.id) return invalidRequest('Value passed for the token was invalid.')
    state.oauth2Sessions.delete(session.accessToken)
    return json(200, { revoked: true })
  },
}

async function exchangeCode(platform: Platform, app: AppState, form: URLSearchParams): Promise<Response> {
  const code = takeCode(platform, form.get('code') ?? '')
  if (code?.appId !== app.id) return invalidRequest('Value passed for the authorization code was invalid.')
  if (form.get('redirect_uri') !== code.redirectUri) {
    return invalidRequest('Value passed for the redirect uri did not match the uri of the authorization code.')
  }
  const verifier = form.get('code_verifier') ?? ''
  const challenge = code.isPlain ? verifier : await hashVerifier(verifier)
  if (challenge !== code.challenge) {
    return invalidRequest('Value passed for the code verifier did not match the code challenge.')
  }
  return showSession(startSession(platform, code))
}

/** The refresh token and the access token that it replaces are no longer valid. */
function refresh(platform: Platform, app: AppState, refreshToken: string): Response {
  const session = findRefreshable(platform, refreshToken)
  if (session?.appId !== app.id) return invalidRequest('Value passed for the token was invalid.')
  platform.state.oauth2Sessions.delete(session.accessToken)
  return showSession(startSession(platform, session))
}

function showSession({ accessToken, refreshToken, scopes }: OAuth2Session): Response {
  return json(200, {
    token_type: 'bearer',
    expires_in: accessTokenMs / 1000,
    access_token: accessToken,
    scope: scopes.join(' '),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
  })
}

/** The app that sends the request. An app with a client secret must prove that it has it. */
function findClient({ platform, request }: Call): AppState | undefined {
  const [id, secret] = readBasic(request)
  if (id === undefined) {
    const app = appByClientId(platform, new URLSearchParams(request.body).get('client_id') ?? '')
    return app?.clientSecret === undefined ? app : undefined
  }
  const app = appByClientId(platform, id)
  return app?.clientSecret !== undefined && timingSafeEqual(app.clientSecret, secret ?? '') ? app : undefined
}

function refuseClient({ refuse, platform, request }: Call): Response {
  const clientId = new URLSearchParams(request.body).get('client_id')
  const isKnown = [...platform.state.apps.values()].some((app) => clientIdOf(platform.random, app) === clientId)
  const reason = isKnown
    ? 'The app has a client secret, and the request has no Basic header with its client id and client secret.'
    : 'The request has neither the client id of an app, nor a Basic header with the client id and the client secret of one.'
  const body = { error: 'unauthorized_client', error_description: 'Missing valid authorization header' }
  return refuse({ failedCheck: 'credentials', reason }, json(401, body))
}

function invalidRequest(description: string): Response {
  return json(400, { error: 'invalid_request', error_description: description })
}

/** @see https://www.rfc-editor.org/rfc/rfc7636#section-4.2 */
async function hashVerifier(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
