import { authorizeRequestToken, findRequestToken } from '../../accounts/request-tokens.ts'
import { readParameter } from '../../api/api-request.ts'
import type { Call, OpenRoute } from '../../api/route.ts'
import { authorizePage } from '../../pages/authorize-page.ts'
import { deniedPage, expiredPage, pinPage } from '../../pages/end-pages.ts'
import type { AppState, RequestToken, State, UserState } from '../../state/state.ts'

/**
 * The second leg: a person says in the browser who they are, and whether the app may act for them. On X,
 * `authenticate` asks only those who have not said yes before; here nobody is signed in, so both ask.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 */
export const authorizeRoutes: readonly OpenRoute[] = ['/oauth/authorize', '/oauth/authenticate'].flatMap((path) => [
  { method: 'GET', path, as: 'anyone', answer: showAuthorizePage },
  { method: 'POST', path, as: 'anyone', answer: handleDecision },
])

/** What is open to be decided. */
interface OpenRequest {
  readonly request: RequestToken
  readonly app: AppState
}

function showAuthorizePage(call: Call): Response {
  const open = findOpenRequest(call)
  if (!open) return expiredPage()
  const { state } = call.platform
  const named = state.userNamed(readParameter(call.request, 'screen_name') ?? '')
  const isForced = readParameter(call.request, 'force_login') === 'true'
  return showQuestion(call, open, { chosen: named ?? (isForced ? undefined : defaultUser(state, open.app)) })
}

function handleDecision(call: Call): Response {
  const open = findOpenRequest(call)
  if (!open) return expiredPage()
  const { platform, request } = call
  if (readParameter(request, 'cancel') !== undefined) return cancel(call, open)
  const user = platform.state.userNamed(readParameter(request, 'screen_name') ?? '')
  if (!user) return showQuestion(call, open, { chosen: undefined, problem: 'Choose who you are.' })
  const verifier = authorizeRequestToken(platform, open.request, user)
  const { callback, token } = open.request
  if (callback === 'oob') return pinPage(open.app.name, verifier)
  return redirectToCallback(callback, { oauth_token: token, oauth_verifier: verifier })
}

function cancel({ platform }: Call, { app, request: { token, callback } }: OpenRequest): Response {
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
  rest: { readonly chosen: UserState | undefined; readonly problem?: string },
): Response {
  const { platform, request } = call
  return authorizePage({ action: request.url.pathname, users: [...platform.state.users.values()], ...open, ...rest })
}

/** Somebody else than the owner of the app, where there is anybody else. */
function defaultUser({ users }: State, { ownerId }: AppState): UserState | undefined {
  return [...users.values()].find(({ id }) => id !== ownerId) ?? users.get(ownerId)
}

/** The callback keeps the query that it has. */
function redirectToCallback(callback: string, parameters: Readonly<Record<string, string>>): Response {
  const url = new URL(callback)
  const added = new URLSearchParams(parameters).toString()
  url.search = url.search === '' ? added : `${url.search}&${added}`
  return new Response(null, {
    status: 302,
    headers: { location: url.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  })
}
