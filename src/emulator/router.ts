import type { ApiRequest } from './api-request.ts'
import { type Authentication, authenticate, type Caller } from './authenticate.ts'
import type { Platform } from './platform.ts'
import { methodNotAllowed, notFound, unauthorized, unsupportedAuthentication } from './problems.ts'
import type { AppState, UserState } from './state.ts'

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
}

/** A call by an app on behalf of a user. */
export interface UserCall extends AppCall {
  readonly user: UserState
}

type Answer<C> = (call: C) => Response | Promise<Response>

interface Place {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Segments that begin with a colon stand for any text without a slash. */
  readonly path: string
}

/** One endpoint of the platform. */
export type Route = Place &
  (
    | { readonly as: 'app'; readonly accepts: readonly Authentication[]; readonly answer: Answer<AppCall> }
    | { readonly as: 'user'; readonly answer: Answer<UserCall> }
    /** It looks at the credentials itself. */
    | { readonly as: 'anyone'; readonly answer: Answer<Call> }
  )

const userContexts: readonly Authentication[] = ['OAuth 1.0a User Context', 'OAuth 2.0 User Context']

/** Answers a request by the first route that has its path and its method. */
export function createRouter(platform: Platform, routes: readonly Route[]): (request: ApiRequest) => Promise<Response> {
  const table = routes.map((route) => ({ route, pattern: compile(route.path) }))
  return async (request) => {
    const found = table.filter(({ pattern }) => pattern.test(request.url.pathname))
    if (found.length === 0) return notFound()
    const match = found.find(({ route }) => route.method === request.method)
    if (!match) return methodNotAllowed([...new Set(found.map(({ route }) => route.method))])
    const groups = match.pattern.exec(request.url.pathname)?.groups
    return answer(match.route, { platform, request, param: (name) => groups?.[name] ?? '' })
  }
}

function compile(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)
}

async function answer(route: Route, call: Call): Promise<Response> {
  if (route.as === 'anyone') return route.answer(call)
  const caller = authenticate(call.platform, call.request)
  if (!caller) return unauthorized()
  switch (route.as) {
    case 'app':
      if (!route.accepts.includes(caller.by)) return unsupportedAuthentication(caller.by, route.accepts)
      return route.answer({ ...call, app: caller.app })
    case 'user':
      if (!isUser(caller)) return unsupportedAuthentication(caller.by, userContexts)
      return route.answer({ ...call, app: caller.app, user: caller.user })
    default:
      return route satisfies never
  }
}

function isUser(caller: Caller): caller is Extract<Caller, { user: UserState }> {
  return caller.by !== 'OAuth 2.0 Application-Only'
}
