import type { Platform } from '../platform.ts'
import type { SeededRandom } from '../simulation/seeded-random.ts'
import type { Scope } from '../state/permissions.ts'
import type { AppState, OAuth2Code, UserState } from '../state/tables.ts'
import { authorize } from './authorize.ts'

/** How long a code of OAuth 2.0 is valid: 30 seconds. */
export const codeMs = 30_000

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

function removeExpired({ state, clock }: Platform): void {
  const now = clock.now()
  for (const { code, createdAt } of [...state.oauth2Codes.values()]) {
    if (now - createdAt >= codeMs) state.oauth2Codes.delete(code)
  }
  for (const { accessToken, refreshToken, expiresAt } of [...state.oauth2Sessions.values()]) {
    if (refreshToken === undefined && now >= expiresAt) state.oauth2Sessions.delete(accessToken)
  }
}
