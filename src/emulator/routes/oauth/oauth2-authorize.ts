import { appByClientId, createCode } from '../../accounts/oauth2.ts'
import { readParameter } from '../../api/api-request.ts'
import type { Call, OpenRoute } from '../../api/route.ts'
import { authorizePage } from '../../pages/authorize-page.ts'
import { wrongRequestPage } from '../../pages/end-pages.ts'
import { allScopes, type Scope } from '../../state/permissions.ts'
import type { AppState, UserState } from '../../state/tables.ts'
import { defaultUser, isCallback, redirectToCallback } from './callback.ts'

/**
 * The first step of a sign-in with OAuth 2.0: a person chooses a user in the browser, and decides whether the app gets
 * access. X requires PKCE.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
 */
export const oauth2AuthorizeRoutes: readonly OpenRoute[] = ['/i/oauth2/authorize', '/2/oauth2/authorize'].flatMap(
  (path) => [
    { method: 'GET', path, as: 'anyone', answer: ask },
    { method: 'POST', path, as: 'anyone', answer: decide },
  ],
)

interface SignIn {
  readonly app: AppState
  readonly redirectUri: string
  readonly state: string
  readonly challenge: string
  readonly isPlain: boolean
  readonly scopes: readonly Scope[]
}

function ask(call: Call): Response {
  const signIn = readSignIn(call)
  if (typeof signIn === 'string') return wrongRequestPage(signIn)
  return showQuestion(call, signIn, { selected: defaultUser(call.platform.state, signIn.app) })
}

/** The form is sent to the address of the page, so the parameters are in its query. */
function decide(call: Call): Response {
  const signIn = readSignIn(call)
  if (typeof signIn === 'string') return wrongRequestPage(signIn)
  const { platform, request } = call
  const { redirectUri, state, ...rest } = signIn
  if (readParameter(request, 'cancel') !== undefined) {
    return redirectToCallback(redirectUri, { error: 'access_denied', state })
  }
  const user = platform.state.userByName(readParameter(request, 'screen_name') ?? '')
  if (!user) return showQuestion(call, signIn, { selected: undefined, problem: 'Choose who you are.' })
  const { code } = createCode(platform, { user, redirectUri, ...rest })
  return redirectToCallback(redirectUri, { state, code })
}

/** Reads the query, or returns the problem with it in one sentence. */
function readSignIn({ platform, request }: Call): SignIn | string {
  const query = request.url.searchParams
  const read = (name: string) => query.get(name) ?? ''
  const app = appByClientId(platform, read('client_id'))
  if (!app) return 'No app has this client_id.'
  const redirectUri = read('redirect_uri')
  if (redirectUri === 'oob' || !isCallback(redirectUri)) return 'The redirect_uri must be an absolute URL.'
  if (read('response_type') !== 'code') return 'The response_type must be "code".'
  const state = read('state')
  if (state === '' || state.length > maxStateLength) return 'The state must have 1 to 500 characters.'
  const challenge = read('code_challenge')
  if (challenge === '') return 'The code_challenge is missing: X requires PKCE.'
  const method = query.get('code_challenge_method') ?? 'plain'
  if (method !== 'S256' && method !== 'plain') return 'The code_challenge_method must be "S256" or "plain".'
  const scopes = read('scope').split(' ')
  if (!scopes.every(isScope)) return 'The scope must list scopes of X, with spaces between them.'
  return { app, redirectUri, state, challenge, isPlain: method === 'plain', scopes: [...new Set(scopes)] }
}

const maxStateLength = 500

function isScope(text: string): text is Scope {
  return (allScopes as readonly string[]).includes(text)
}

function showQuestion(
  { platform, request }: Call,
  { app, redirectUri, scopes }: SignIn,
  rest: { readonly selected: UserState | undefined; readonly problem?: string },
): Response {
  return authorizePage({
    action: request.url.pathname + request.url.search,
    app,
    abilities: scopes.map((scope) => `Use ${scope}`),
    callback: redirectUri,
    users: [...platform.state.users.values()],
    ...rest,
  })
}
