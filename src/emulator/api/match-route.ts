/** The address of a route. Path segments that begin with a colon match any text without a slash, under that name. */
interface RouteAddress {
  readonly method: string
  readonly path: string
}

/** The route for a request, or the methods that its path allows: an empty list when no route has the path. */
export type RouteMatch<R> =
  | {
      readonly route: R
      /** A `:parameter` of the path, as it is in the URL. Empty when the path has no such parameter. */
      param(name: string): string
    }
  | { readonly route: undefined; readonly allowedMethods: readonly string[] }

/** Creates a function that finds the first route with the method and the path of a request. */
export function createRouteMatcher<R extends RouteAddress>(
  routes: readonly R[],
): (method: string, pathname: string) => RouteMatch<R> {
  const table = routes.map((route) => ({ route, pattern: pathPattern(route.path) }))
  return (method, pathname) => {
    const found = table.filter(({ pattern }) => pattern.test(pathname))
    const match = found.find(({ route }) => route.method === method)
    if (!match) {
      return { route: undefined, allowedMethods: [...new Set(found.map(({ route }) => route.method))] }
    }
    const groups = match.pattern.exec(pathname)?.groups
    return { route: match.route, param: (name) => groups?.[name] ?? '' }
  }
}

function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)
}
