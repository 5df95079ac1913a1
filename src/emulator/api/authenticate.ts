import { findSession } from '../accounts/sessions.ts'
import type { Platform } from '../platform.ts'
import { levelOf } from '../state/permissions.ts'
import type { AppState, Grant, OAuth2Session, UserState } from '../state/tables.ts'
import type { ApiRequest } from './api-request.ts'
import {
  type AuthenticationFailure,
  authenticateOAuth1,
  noCredentials,
  usesOAuth1,
  wrongCredentials,
} from './authenticate-oauth1.ts'

/** The kinds of authentication, named as X names them. */
export type Authentication = 'OAuth 1.0a User Context' | 'OAuth 2.0 User Context' | 'OAuth 2.0 Application-Only'

/** An app that calls on behalf of a user. */
export interface UserCaller {
  readonly by: 'OAuth 1.0a User Context' | 'OAuth 2.0 User Context'
  readonly app: AppState
  readonly user: UserState
  readonly grant: Grant
}

/** The caller of a request, and the kind of authentication. */
export type Caller = { readonly by: 'OAuth 2.0 Application-Only'; readonly app: AppState } | UserCaller

/** The caller of a request, or why the credentials were refused. */
export function authenticate(platform: Platform, request: ApiRequest): Caller | AuthenticationFailure {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (bearer !== undefined) return authenticateBearer(platform, bearer) ?? unknownBearer
  if (!usesOAuth1(request)) return noCredentials
  const signer = authenticateOAuth1(platform, request)
  if ('failedCheck' in signer) return signer
  return toUserCaller(platform, 'OAuth 1.0a User Context', signer.grant) ?? noAccessToken
}

const unknownBearer: AuthenticationFailure = {
  answer: 'token',
  failedCheck: 'token',
  reason: 'The bearer token is unknown or has expired, or it was invalidated or revoked.',
}

const noAccessToken = wrongCredentials('token', 'The request is signed without the access token of a user.')

function authenticateBearer(platform: Platform, token: string): Caller | undefined {
  const app = platform.state.appByBearer(token)
  if (app) return { by: 'OAuth 2.0 Application-Only', app }
  const session = findSession(platform, token)
  return session && toUserCaller(platform, 'OAuth 2.0 User Context', grantOfSession(session))
}

/** The access of an OAuth 2.0 token. It has no OAuth 1.0a token. */
function grantOfSession({ appId, userId, accessToken, scopes }: OAuth2Session): Grant {
  const permissions = levelOf(scopes)
  return { appId, userId, accessToken: '', accessTokenSecret: '', oauth2Token: accessToken, permissions, scopes }
}

function toUserCaller({ state }: Platform, by: UserCaller['by'], grant: Grant | undefined): UserCaller | undefined {
  const app = state.apps.get(grant?.appId ?? '')
  const user = state.users.get(grant?.userId ?? '')
  return grant && app && user && { by, app, user, grant }
}
