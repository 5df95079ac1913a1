import type { Platform } from '../platform.ts'
import type { AppState, Grant, UserState } from '../state/state.ts'
import type { ApiRequest } from './api-request.ts'
import { authenticateOAuth1, type Refused, usesOAuth1 } from './authenticate-oauth1.ts'

/** The kinds of authentication, as X names them. */
export type Authentication = 'OAuth 1.0a User Context' | 'OAuth 2.0 User Context' | 'OAuth 2.0 Application-Only'

/** An app on behalf of a user. */
export interface UserCaller {
  readonly by: 'OAuth 1.0a User Context' | 'OAuth 2.0 User Context'
  readonly app: AppState
  readonly user: UserState
  readonly grant: Grant
}

/** Who makes a request, and how they showed it. */
export type Caller = { readonly by: 'OAuth 2.0 Application-Only'; readonly app: AppState } | UserCaller

/** Who makes a request, or why nobody is taken to. */
export function authenticate(platform: Platform, request: ApiRequest): Caller | Refused {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (bearer !== undefined) return byBearer(platform, bearer) ?? 'token'
  if (!usesOAuth1(request)) return 'credentials'
  const signer = authenticateOAuth1(platform, request)
  if (typeof signer === 'string') return signer
  return byGrant(platform, 'OAuth 1.0a User Context', signer.grant) ?? 'credentials'
}

function byBearer(platform: Platform, token: string): Caller | undefined {
  const app = platform.state.appByBearer(token)
  if (app) return { by: 'OAuth 2.0 Application-Only', app }
  const grant = platform.state.grantByToken(token)
  // The access token of OAuth 1.0a is none for OAuth 2.0: whoever has it alone has not the secret.
  return grant?.oauth2Token === token ? byGrant(platform, 'OAuth 2.0 User Context', grant) : undefined
}

function byGrant({ state }: Platform, by: UserCaller['by'], grant: Grant | undefined): UserCaller | undefined {
  const app = state.apps.get(grant?.appId ?? '')
  const user = state.users.get(grant?.userId ?? '')
  return grant && app && user && { by, app, user, grant }
}
