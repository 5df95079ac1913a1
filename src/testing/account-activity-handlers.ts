import { type HttpHandler, http } from 'msw'
import { assertFunction, assertObject } from '../internal/assert.ts'
import { parseHttpUrl } from '../internal/http-url.ts'

/** What answers in the place of X: an emulator. */
export interface Platform {
  fetch(request: Request): Promise<Response>
}

/** Where else than at X's own addresses the platform is to be found. */
export interface AccountActivityHandlersOptions {
  /** The `baseUrl` that your client was given, or several: an origin, such as `http://localhost:4000`. */
  readonly baseUrl?: string | URL | readonly (string | URL)[]
}

/** X's API answers under both names; X's own samples use the second. */
const origins = ['https://api.x.com', 'https://api.twitter.com']

/**
 * Handlers for msw (Mock Service Worker) that let an emulator answer every request to `https://api.x.com` and
 * `https://api.twitter.com`, in Node.js (`msw/node`) and in browsers (`msw/browser`). Requests to anywhere else are not
 * theirs.
 *
 * What the emulator does not know, it answers with 404 as X does: put handlers of your own for other endpoints of X in
 * front of these.
 *
 * @throws TypeError when `x` has no `fetch`, or `baseUrl` is neither a string nor a URL.
 * @throws RangeError when a `baseUrl` is not an origin.
 * @see https://mswjs.io/docs/
 *
 * @example
 * import { setupServer } from 'msw/node'
 * import { createClient } from 'x-account-activity'
 * import { createEmulator } from 'x-account-activity/emulator'
 * import { accountActivityHandlers } from 'x-account-activity/testing/msw'
 *
 * const x = createEmulator()
 * const server = setupServer(...accountActivityHandlers(x))
 * server.listen()
 * console.log(await createClient(x.app).webhooks.list()) // []
 * server.close()
 */
export function accountActivityHandlers(x: Platform, options: AccountActivityHandlersOptions = {}): HttpHandler[] {
  assertObject(x, 'x')
  assertFunction(x.fetch, 'x.fetch')
  assertObject(options, 'options')
  const { baseUrl = [] } = options
  const more = (Array.isArray(baseUrl) ? baseUrl : [baseUrl]).map(readOrigin)
  return [...new Set([...origins, ...more])].map((origin) =>
    http.all(`${origin}/*`, ({ request }) => answer(x, request)),
  )
}

/** Where the answer is to be lost, the connection ends as it does on the network: msw would make a status 500 of it. */
function answer(x: Platform, request: Request): Promise<Response> {
  return x.fetch(request).catch(() => Response.error())
}

/** No path: it would be part of what OAuth 1.0a signs, but not of what the emulator knows. */
function readOrigin(baseUrl: unknown): string {
  const { origin, pathname, search, hash } = parseHttpUrl(baseUrl, 'baseUrl')
  if (pathname === '/' && search === '' && hash === '') return origin
  throw new RangeError('"baseUrl" must be an origin, without path, query and fragment')
}
