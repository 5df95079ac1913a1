import { assertKeys } from '../options/assert-options.ts'
import type { Platform } from '../platform.ts'
import { allScopes, assertScopes, type Permissions, type Scope } from '../state/permissions.ts'
import type { AppState, Grant, UserState } from '../state/tables.ts'
import { findSession, startGrantSession } from './sessions.ts'

/** The options of `user.authorize()`. */
export interface AuthorizeOptions {
  /**
   * The scopes of the OAuth 2.0 access token.
   *
   * @defaultValue the scopes of the existing token, or all scopes when there is none
   */
  readonly scopes?: readonly Scope[] | undefined
}

/** The access that a user grants, where it differs from the settings of the app. */
export interface GrantedAccess {
  readonly permissions?: Permissions
  readonly scopes?: readonly Scope[]
}

export function readAuthorizeOptions(options: AuthorizeOptions): GrantedAccess {
  assertKeys(options, ['scopes'], 'options')
  const { scopes } = options
  if (scopes === undefined) return {}
  assertScopes(scopes, 'scopes')
  return { scopes: [...new Set(scopes)] }
}

/**
 * Grants an app access to a user, and returns the grant. X issues the same tokens until they are revoked. When the
 * permissions or the scopes change, X issues a new token and invalidates the one before. An OAuth 2.0 token that has
 * expired is replaced.
 */
export function authorize(platform: Platform, app: AppState, user: UserState, access: GrantedAccess = {}): Grant {
  const { state, random } = platform
  const existing = state.grantOf(app.id, user.id)
  const { permissions = app.permissions, scopes = existing?.scopes ?? allScopes } = access
  const keepsPermissions = existing?.permissions === permissions
  const keepsScopes = existing !== undefined && hasSameScopes(existing.scopes, scopes)
  const session = keepsScopes ? findSession(platform, existing.oauth2Token) : undefined
  if (keepsPermissions && session) return existing
  user.authorizations += 1
  const label = `${app.id} ${user.id} ${user.authorizations}`
  const token = keepsPermissions
    ? { accessToken: existing.accessToken, accessTokenSecret: existing.accessTokenSecret }
    : {
        accessToken: `${user.id}-${random.alphanumeric(`access token ${label}`, 40)}`,
        accessTokenSecret: random.alphanumeric(`access token secret ${label}`, 45),
      }
  const grant: Grant = {
    appId: app.id,
    userId: user.id,
    permissions,
    scopes: [...scopes],
    ...token,
    oauth2Token: session?.accessToken ?? random.alphanumeric(`oauth2 token ${label}`, 91),
  }
  if (existing) state.removeGrant(existing)
  state.addGrant(grant)
  if (session) state.oauth2Sessions.set(session.accessToken, session)
  else startGrantSession(platform, grant)
  return grant
}

function hasSameScopes(before: readonly Scope[], after: readonly Scope[]): boolean {
  return before.length === after.length && after.every((scope) => before.includes(scope))
}
