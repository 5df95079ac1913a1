import { assertKeys } from '../options/assert-options.ts'
import type { Platform } from '../platform.ts'
import { allScopes, assertScopes, type Permissions, type Scope } from '../state/permissions.ts'
import type { AppState, Grant, UserState } from '../state/state.ts'

/** What a user is asked by an app. */
export interface AuthorizeOptions {
  /** What the token of OAuth 2.0 may do: what it could do before unless given, and all there is the first time. */
  readonly scopes?: readonly Scope[]
}

export function readAuthorizeOptions(options: AuthorizeOptions): GrantedAccess {
  assertKeys(options, ['scopes'], 'options')
  const { scopes } = options
  if (scopes === undefined) return {}
  assertScopes(scopes, 'scopes')
  return { scopes: [...new Set(scopes)] }
}

/** What a user lets an app do, where that is not what the settings of the app ask for. */
export interface GrantedAccess {
  readonly permissions?: Permissions
  readonly scopes?: readonly Scope[]
}

/**
 * What the user gave to the app, or gives now. X hands out the same tokens until they are revoked; a token that is to do
 * more or less than the one before is another one, and ends that.
 */
export function authorize(
  { state, random }: Platform,
  app: AppState,
  user: UserState,
  allowed: GrantedAccess = {},
): Grant {
  const given = state.grantOf(app.id, user.id)
  const { permissions = app.permissions, scopes = given?.scopes ?? allScopes } = allowed
  const sameLevel = given?.permissions === permissions
  const sameScopes = given !== undefined && hasSameScopes(given.scopes, scopes)
  if (sameLevel && sameScopes) return given
  user.authorizations += 1
  const label = `${app.id} ${user.id} ${user.authorizations}`
  const grant: Grant = {
    appId: app.id,
    userId: user.id,
    permissions,
    scopes: [...scopes],
    accessToken: sameLevel ? given.accessToken : `${user.id}-${random.alphanumeric(`access token ${label}`, 40)}`,
    accessTokenSecret: sameLevel ? given.accessTokenSecret : random.alphanumeric(`access token secret ${label}`, 45),
    oauth2Token: sameScopes ? given.oauth2Token : random.alphanumeric(`oauth2 token ${label}`, 91),
  }
  if (given) state.removeGrant(given)
  state.addGrant(grant)
  return grant
}

function hasSameScopes(given: readonly Scope[], wanted: readonly Scope[]): boolean {
  return given.length === wanted.length && wanted.every((scope) => given.includes(scope))
}
