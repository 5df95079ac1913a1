import type { Platform } from '../platform.ts'
import type { Permissions } from '../state/permissions.ts'
import type { AppState, RequestToken, UserState } from '../state/state.ts'

/** X does not tell how long a request token lasts; nobody who signs in takes longer. */
const lifetimeMs = 15 * 60_000

/** What an app asks a user for. */
export interface NewRequestToken {
  readonly app: AppState
  /** Where the user is sent back to; `oob` for a PIN. */
  readonly callback: string
  readonly permissions?: Permissions
}

export function createRequestToken(platform: Platform, { app, callback, permissions }: NewRequestToken): RequestToken {
  const { state, random, clock, counters } = platform
  for (const { token } of [...state.requestTokens.values()].filter((request) => isExpired(platform, request))) {
    state.requestTokens.delete(token)
  }
  counters.requestTokens += 1
  const request: RequestToken = {
    token: random.alphanumeric(`request token ${counters.requestTokens}`, 27),
    secret: random.alphanumeric(`request token secret ${counters.requestTokens}`, 32),
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
  return request && !isExpired(platform, request) ? request : undefined
}

/** Lets a user say yes, and returns what tells the app so: a text for its callback, or a PIN of 7 digits. */
export function authorizeRequestToken({ random }: Platform, request: RequestToken, user: UserState): string {
  const { token, callback } = request
  const verifier =
    callback === 'oob' ? toPin(random.hex(`pin ${token}`, 8)) : random.alphanumeric(`verifier ${token}`, 32)
  request.authorized = { userId: user.id, verifier }
  return verifier
}

function toPin(hex: string): string {
  return String(Number.parseInt(hex, 16) % 10_000_000).padStart(7, '0')
}

function isExpired({ clock }: Platform, { createdAt }: RequestToken): boolean {
  return clock.now() - createdAt >= lifetimeMs
}
