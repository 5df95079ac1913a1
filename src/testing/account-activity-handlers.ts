import { type HttpHandler, http } from 'msw'
import { assertFunction, assertObject } from '../internal/assert.ts'
import { parseHttpUrl } from '../internal/http-url.ts'

/** A server that answers instead of X: an emulator. */
export interface Platform {
  /** Answers a request to the API of X. */
  fetch(request: Request): Promise<Response>
}

/** Options of {@link accountActivityHandlers}. */
export interface AccountActivityHandlersOptions {
  /**
   * Further origins whose requests the emulator answers, such as `http://localhost:4000`: the `baseUrl` of your client.
   *
   * @defaultValue none: `https://api.x.com` and `https://api.twitter.com` only
   */
  readonly baseUrl?: string | URL | readonly (string | URL)[] | undefined
}

/** The API of X has both origins. X's own samples use the second one. */
const origins = ['https://api.x.com', 'https://api.twitter.com']

/**
 * Creates handlers for msw (Mock Service Worker). They let an emulator answer every request to `https://api.x.com` and
 * `https://api.twitter.com`, in Node.js (`msw/node`) and in browsers (`msw/browser`). Requests to other origins are not
 * handled.
 *
 * The emulator answers unknown paths with 404, as X does. Put your own handlers for other endpoints of X before these.
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
  const added = (Array.isArray(baseUrl) ? baseUrl : [baseUrl]).map(readOrigin)
  return [...new Set([...origins, ...added])].map((origin) =>
    http.all(`${origin}/*`, ({ request }) => answer(x, request)),
  )
}

/** When the emulator drops a request, the connection fails, as it does on a network. msw would answer with status 500. */
function answer(x: Platform, request: Request): Promise<Response> {
  return x.fetch(request).catch(() => Response.error())
}

/** @throws RangeError for a path: it would be part of the OAuth 1.0a signature, but the emulator does not see it. */
function readOrigin(baseUrl: unknown): string {
  const { origin, pathname, search, hash } = parseHttpUrl(baseUrl, 'baseUrl')
  if (pathname === '/' && search === '' && hash === '') return origin
  throw new RangeError('"baseUrl" must be an origin, without path, query and fragment')
}
