import type { ApiRequest } from './api-request.ts'
import { authenticateOAuth1, usesOAuth1 } from './authenticate-oauth1.ts'
import type { Platform } from './platform.ts'
import type { AppState, UserState } from './state.ts'

/** The kinds of authentication, as X names them. */
export type Authentication = 'OAuth 1.0a User Context' | 'OAuth 2.0 User Context' | 'OAuth 2.0 Application-Only'

/** Who makes a request, and how they showed it. */
export type Caller =
  | { readonly by: 'OAuth 2.0 Application-Only'; readonly app: AppState }
  | {
      readonly by: 'OAuth 1.0a User Context' | 'OAuth 2.0 User Context'
      readonly app: AppState
      readonly user: UserState
    }

/** Who makes a request; nobody when they cannot show it. */
export function authenticate(platform: Platform, request: ApiRequest): Caller | undefined {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (bearer !== undefined) return byBearer(platform, bearer)
  if (!usesOAuth1(request)) return undefined
  const signer = authenticateOAuth1(platform, request)
  const user = platform.state.users.get(signer?.grant?.userId ?? '')
  return signer && user && { by: 'OAuth 1.0a User Context', app: signer.app, user }
}

function byBearer({ state }: Platform, token: string): Caller | undefined {
  const app = state.appByBearer(token)
  if (app) return { by: 'OAuth 2.0 Application-Only', app }
  const grant = state.grantByToken(token)
  const grantee = state.apps.get(grant?.appId ?? '')
  const user = state.users.get(grant?.userId ?? '')
  // The access token of OAuth 1.0a is none for OAuth 2.0: whoever has it alone has not the secret.
  return grantee && user && grant?.oauth2Token === token
    ? { by: 'OAuth 2.0 User Context', app: grantee, user }
    : undefined
}
