import type { Platform } from '../platform.ts'
import type { Refusal } from '../requests/request-log.ts'
import type { Permissions, Scope } from '../state/permissions.ts'
import type { AppState, Grant, UserState } from '../state/tables.ts'
import type { ApiRequest } from './api-request.ts'
import type { Authentication, Caller } from './authenticate.ts'

/** A request for a route. */
export interface Call {
  readonly platform: Platform
  readonly request: ApiRequest
  /** A `:parameter` of the path, as it is in the URL. */
  param(name: string): string
  /** Records why the request is refused, and returns the response. Without it, X's own message is recorded. */
  refuse(refusal: Refusal, response: Response): Response
}

/** A call by an app. */
export interface AppCall extends Call {
  readonly app: AppState
  readonly caller: Caller
}

/** A call by an app on behalf of a user. */
export interface UserCall extends AppCall {
  readonly user: UserState
  readonly grant: Grant
}

type Answer<C> = (call: C) => Response | Promise<Response>

interface RouteAddress {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Segments that begin with a colon match any text without a slash. */
  readonly path: string
  /** Whether the server has this route. Otherwise it answers as for a path that does not exist. */
  readonly isOffered?: (platform: Platform) => boolean
}

/** What a route requires of its caller. */
interface AuthenticatedEndpoint extends RouteAddress {
  readonly accepts: readonly Authentication[]
  /** The rate limit that X documents: calls in 15 minutes, per user for a `user` route, and otherwise per app. */
  readonly rate?: number
  /** The permissions that an OAuth 1.0a access token needs. */
  readonly level?: Permissions
  /** The scopes that an OAuth 2.0 user access token needs. */
  readonly scopes?: readonly Scope[]
  /** The responses that differ from those of the API generation. */
  readonly refusals?: Partial<Record<'authentication' | 'enrolment' | 'permission' | 'rate', () => Response>>
}

/** The requirement of routes that accept only the bearer token of an app. */
export const appOnly = { as: 'app', accepts: ['OAuth 2.0 Application-Only'] } as const

/** A route that checks the credentials itself. */
export interface OpenRoute extends RouteAddress {
  readonly as: 'anyone'
  readonly answer: Answer<Call>
}

/** A route for an app, with or without a user. */
export interface AppRoute extends AuthenticatedEndpoint {
  readonly as: 'app'
  readonly answer: Answer<AppCall>
}

/** A route for an app on behalf of a user. */
export interface UserRoute extends AuthenticatedEndpoint {
  readonly as: 'user'
  readonly answer: Answer<UserCall>
}

export type AuthenticatedRoute = AppRoute | UserRoute

/** One endpoint of the API. */
export type Route = OpenRoute | AuthenticatedRoute
