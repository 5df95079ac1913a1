import { authorizeRequestToken, findRequestToken } from '../../accounts/request-tokens.ts'
import { readParameter } from '../../api/api-request.ts'
import type { Call, OpenRoute } from '../../api/route.ts'
import { abilitiesOf, authorizePage } from '../../pages/authorize-page.ts'
import { deniedPage, expiredPage, pinPage } from '../../pages/end-pages.ts'
import type { AppState, RequestToken, UserState } from '../../state/tables.ts'
import { defaultUser, redirectToCallback } from './callback.ts'

/**
 * The second step of the three-legged flow: a person chooses a user in the browser, and decides whether the app gets
 * access. On X, `authenticate` skips the question for a user who has authorised the app before. The emulator has no
 * session, so both paths ask.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 */
export const authorizeRoutes: readonly OpenRoute[] = ['/oauth/authorize', '/oauth/authenticate'].flatMap((path) => [
  { method: 'GET', path, as: 'anyone', answer: askForAccess },
  { method: 'POST', path, as: 'anyone', answer: decide },
])

/** A request token that was not decided on, and its app. */
interface OpenRequest {
  readonly request: RequestToken
  readonly app: AppState
}

function askForAccess(call: Call): Response {
  const open = findOpenRequest(call)
  if (!open) return expiredPage()
  const { state } = call.platform
  const named = state.userByName(readParameter(call.request, 'screen_name') ?? '')
  const isForced = readParameter(call.request, 'force_login') === 'true'
  return showQuestion(call, open, { selected: named ?? (isForced ? undefined : defaultUser(state, open.app)) })
}

function decide(call: Call): Response {
  const open = findOpenRequest(call)
  if (!open) return expiredPage()
  const { platform, request } = call
  if (readParameter(request, 'cancel') !== undefined) return denyAccess(call, open)
  const user = platform.state.userByName(readParameter(request, 'screen_name') ?? '')
  if (!user) return showQuestion(call, open, { selected: undefined, problem: 'Choose who you are.' })
  const verifier = authorizeRequestToken(platform, open.request, user)
  const { callback, token } = open.request
  if (callback === 'oob') return pinPage(open.app.name, verifier)
  return redirectToCallback(callback, { oauth_token: token, oauth_verifier: verifier })
}

function denyAccess({ platform }: Call, { app, request: { token, callback } }: OpenRequest): Response {
  platform.state.requestTokens.delete(token)
  return callback === 'oob' ? deniedPage(app.name) : redirectToCallback(callback, { denied: token })
}

function findOpenRequest({ platform, request }: Call): OpenRequest | undefined {
  const found = findRequestToken(platform, readParameter(request, 'oauth_token') ?? '')
  const app = platform.state.apps.get(found?.appId ?? '')
  return found && app && !found.authorized ? { request: found, app } : undefined
}

function showQuestion(
  call: Call,
  open: OpenRequest,
  rest: { readonly selected: UserState | undefined; readonly problem?: string },
): Response {
  const { platform, request } = call
  const { app } = open
  const { token, callback, permissions = app.permissions } = open.request
  return authorizePage({
    action: request.url.pathname,
    app,
    abilities: abilitiesOf(permissions),
    callback,
    oauthToken: token,
    users: [...platform.state.users.values()],
    ...rest,
  })
}
