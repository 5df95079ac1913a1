import { hourMs } from '../../internal/clock.ts'
import type { Platform } from '../platform.ts'
import type { Grant, OAuth2Session } from '../state/tables.ts'

/** How long an access token of OAuth 2.0 is valid: two hours. */
export const accessTokenMs = 2 * hourMs

/** Issues an access token, and a refresh token when the scopes include `offline.access`. */
export function startSession(
  platform: Platform,
  { appId, userId, scopes }: Pick<OAuth2Session, 'appId' | 'userId' | 'scopes'>,
): OAuth2Session {
  const { random, counters } = platform
  counters.oauth2Tokens += 1
  const label = `${appId} ${userId} ${counters.oauth2Tokens}`
  return addSession(platform, {
    accessToken: random.alphanumeric(`oauth2 access token ${label}`, 91),
    ...(scopes.includes('offline.access') && {
      refreshToken: random.alphanumeric(`oauth2 refresh token ${label}`, 92),
    }),
    appId,
    userId,
    scopes: [...scopes],
  })
}

/** Issues the access token of a grant, without a refresh token. */
export function startGrantSession(platform: Platform, { appId, userId, scopes, oauth2Token }: Grant): void {
  addSession(platform, { accessToken: oauth2Token, appId, userId, scopes: [...scopes] })
}

function addSession({ state, clock }: Platform, token: Omit<OAuth2Session, 'expiresAt'>): OAuth2Session {
  const session = { ...token, expiresAt: clock.now() + accessTokenMs }
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
