import { minuteMs } from '../../internal/clock.ts'
import type { Platform } from '../platform.ts'
import type { Permissions } from '../state/permissions.ts'
import type { AppState, RequestToken, UserState } from '../state/tables.ts'

/** X does not document the lifetime of a request token. 15 minutes are enough to sign in. */
const lifetimeMs = 15 * minuteMs

/** A request token to be created. */
export interface NewRequestToken {
  readonly app: AppState
  /** The callback URL, or `oob` for a PIN. */
  readonly callback: string
  /** Absent when the settings of the app apply. */
  readonly permissions?: Permissions
}

/** Creates a request token, and removes the expired ones. */
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

/** A request token that was not used and has not expired. */
export function findRequestToken(platform: Platform, token: string): RequestToken | undefined {
  const request = platform.state.requestTokens.get(token)
  return request && !isExpired(platform, request) ? request : undefined
}

/**
 * Authorises the app for a user, and returns the verifier: a text for the callback, or a PIN of 7 digits when there is no
 * callback.
 */
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
