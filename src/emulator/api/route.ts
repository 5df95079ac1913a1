import type { Platform } from '../platform.ts'
import type { Permissions, Scope } from '../state/permissions.ts'
import type { AppState, Grant, UserState } from '../state/state.ts'
import type { ApiRequest } from './api-request.ts'
import type { Authentication, Caller } from './authenticate.ts'

/** A request that found its route. */
export interface Call {
  readonly platform: Platform
  readonly request: ApiRequest
  /** A `:parameter` of the path, as it stands in the URL. */
  param(name: string): string
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
  /** Segments that begin with a colon stand for any text without a slash. */
  readonly path: string
}

/** What an endpoint asks of whoever calls it. */
interface AuthenticatedEndpoint extends RouteAddress {
  readonly accepts: readonly Authentication[]
  /** Calls that X documents for 15 minutes: by user where the endpoint is for users, else by app. */
  readonly rate?: number
  /** What a token of OAuth 1.0a must be able to do. */
  readonly level?: Permissions
  /** What a token of OAuth 2.0 must be able to do. */
  readonly scopes?: readonly Scope[]
  /** Where the endpoint says something else than its generation does. */
  readonly refusals?: Partial<Record<'authentication' | 'enrolment' | 'rate', () => Response>>
}

/** An endpoint that looks at the credentials itself. */
export interface OpenRoute extends RouteAddress {
  readonly as: 'anyone'
  readonly answer: Answer<Call>
}

/** An endpoint for an app, whoever it acts for. */
export interface AppRoute extends AuthenticatedEndpoint {
  readonly as: 'app'
  readonly answer: Answer<AppCall>
}

/** An endpoint for an app on behalf of a user. */
export interface UserRoute extends AuthenticatedEndpoint {
  readonly as: 'user'
  readonly answer: Answer<UserCall>
}

export type AuthenticatedRoute = AppRoute | UserRoute

/** One endpoint of the platform. */
export type Route = OpenRoute | AuthenticatedRoute
