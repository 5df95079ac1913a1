import type { Platform } from '../platform.ts'
import type { Permissions } from '../state/permissions.ts'
import type { AppState, RequestToken, UserState } from '../state/state.ts'

/** X does not tell how long a request token lasts; nobody who signs in takes longer. */
const lifetimeMs = 15 * 60_000

/** What an app asks a user for. */
export interface TokenRequest {
  readonly app: AppState
  /** Where the user is sent back to; `oob` for a PIN. */
  readonly callback: string
  readonly permissions?: Permissions
}

export function createRequestToken(platform: Platform, { app, callback, permissions }: TokenRequest): RequestToken {
  const { state, chance, clock, progress } = platform
  for (const { token } of [...state.requestTokens.values()].filter((request) => isOld(platform, request))) {
    state.requestTokens.delete(token)
  }
  progress.requestTokens += 1
  const request: RequestToken = {
    token: chance.alphanumeric(`request token ${progress.requestTokens}`, 27),
    secret: chance.alphanumeric(`request token secret ${progress.requestTokens}`, 32),
    appId: app.id,
    callback,
    ...(permissions !== undefined && { permissions }),
    createdAt: clock.now(),
  }
  state.requestTokens.set(request.token, request)
  return request
}

/** A request token that is neither used nor too old. */
export function findRequestToken(platform: Platform, token: string): RequestToken | undefined {
  const request = platform.state.requestTokens.get(token)
  return request && !isOld(platform, request) ? request : undefined
}

/** Lets a user say yes, and returns what tells the app so: a text for its callback, or a PIN of 7 digits. */
export function confirmRequest({ chance }: Platform, request: RequestToken, user: UserState): string {
  const { token, callback } = request
  const verifier =
    callback === 'oob' ? pin(chance.hex(`pin ${token}`, 8)) : chance.alphanumeric(`verifier ${token}`, 32)
  request.authorized = { userId: user.id, verifier }
  return verifier
}

function pin(hex: string): string {
  return String(Number.parseInt(hex, 16) % 10_000_000).padStart(7, '0')
}

function isOld({ clock }: Platform, { createdAt }: RequestToken): boolean {
  return clock.now() - createdAt >= lifetimeMs
}
