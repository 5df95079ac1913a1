import { hourMs } from '../../internal/clock.ts'
import type { Platform } from '../platform.ts'
import type { SeededRandom } from '../simulation/seeded-random.ts'
import type { Scope } from '../state/permissions.ts'
import type { AppState, OAuth2Code, OAuth2Session, UserState } from '../state/tables.ts'
import { authorize } from './authorize.ts'

/** How long a code of OAuth 2.0 is valid: 30 seconds. */
export const codeMs = 30_000
/** How long an access token of OAuth 2.0 is valid: two hours. */
export const accessTokenMs = 2 * hourMs

/** The OAuth 2.0 client id of an app. It never changes. */
export function clientIdOf(random: SeededRandom, { id }: Pick<AppState, 'id'>): string {
  return random.alphanumeric(`client id ${id}`, 34)
}

/** The app with an OAuth 2.0 client id. */
export function appByClientId({ state, random }: Platform, clientId: string): AppState | undefined {
  return [...state.apps.values()].find((app) => clientIdOf(random, app) === clientId)
}

/** A sign-in that a user allows. */
export interface NewOAuth2Code {
  readonly app: AppState
  readonly user: UserState
  readonly redirectUri: string
  readonly challenge: string
  readonly isPlain: boolean
  readonly scopes: readonly Scope[]
}

/** Records that a user allows a sign-in, and returns the code for the app. Expired codes and tokens are removed. */
export function createCode(platform: Platform, { app, user, ...rest }: NewOAuth2Code): OAuth2Code {
  const { state, random, clock, counters } = platform
  removeExpired(platform)
  if (!state.grantOf(app.id, user.id)) authorize(platform, app, user)
  counters.oauth2Tokens += 1
  const code: OAuth2Code = {
    code: random.alphanumeric(`oauth2 code ${counters.oauth2Tokens}`, 92),
    appId: app.id,
    userId: user.id,
    ...rest,
    createdAt: clock.now(),
  }
  state.oauth2Codes.set(code.code, code)
  return code
}

/** Takes a code that has not expired. It is valid once. */
export function takeCode({ state, clock }: Platform, code: string): OAuth2Code | undefined {
  const found = state.oauth2Codes.get(code)
  state.oauth2Codes.delete(code)
  return found && clock.now() - found.createdAt < codeMs ? found : undefined
}

/** Issues an access token, and a refresh token when the scopes include `offline.access`. */
export function startSession(
  { state, random, clock, counters }: Platform,
  { appId, userId, scopes }: Pick<OAuth2Session, 'appId' | 'userId' | 'scopes'>,
): OAuth2Session {
  counters.oauth2Tokens += 1
  const label = `${appId} ${userId} ${counters.oauth2Tokens}`
  const session: OAuth2Session = {
    accessToken: random.alphanumeric(`oauth2 access token ${label}`, 91),
    ...(scopes.includes('offline.access') && {
      refreshToken: random.alphanumeric(`oauth2 refresh token ${label}`, 92),
    }),
    appId,
    userId,
    scopes: [...scopes],
    expiresAt: clock.now() + accessTokenMs,
  }
  state.oauth2Sessions.set(session.accessToken, session)
  return session
}

/** The session of an access token that has not expired. */
export function findSession({ state, clock }: Platform, accessToken: string): OAuth2Session | undefined {
  const session = state.oauth2Sessions.get(accessToken)
  return session && clock.now() < session.expiresAt ? session : undefined
}

/** The session of a refresh token. It remains valid when the access token has expired. */
export function findRefreshable({ state }: Platform, refreshToken: string): OAuth2Session | undefined {
  return [...state.oauth2Sessions.values()].find((session) => session.refreshToken === refreshToken)
}

function removeExpired({ state, clock }: Platform): void {
  const now = clock.now()
  for (const { code, createdAt } of [...state.oauth2Codes.values()]) {
    if (now - createdAt >= codeMs) state.oauth2Codes.delete(code)
  }
  for (const { accessToken, refreshToken, expiresAt } of [...state.oauth2Sessions.values()]) {
    if (refreshToken === undefined && now >= expiresAt) state.oauth2Sessions.delete(accessToken)
  }
}
