import { HttpResponse, http, passthrough } from 'msw'
import { setupServer } from 'msw/node'

type RequestHandler = (request: Request) => Promise<Response>

/** The hosts of X that the clients use, old and new. */
const hostsOfX = /^https:\/\/(?:api\.)?(?:twitter|x)\.com\//
const tunnels = /^https:\/\/[a-z0-9-]+\.tunnel\.example\//
const thisMachine = /^http:\/\/127\.0\.0\.1:\d+\//

let handleAsX: RequestHandler = async () => HttpResponse.error()
const origins = new Map<string, string>()
const unexpected: string[] = []

const network = setupServer(
  http.all(hostsOfX, ({ request }) => handleAsX(request)),
  http.all(tunnels, ({ request }) => forward(request)),
  http.all(thisMachine, () => passthrough()),
  http.all(/./, ({ request }) => {
    unexpected.push(`${request.method} ${request.url}`)
    return HttpResponse.error()
  }),
)

/**
 * Allows only three kinds of hosts: those of X, which the emulator handles; tunnels, as webhooks have them in development;
 * and this machine. A request to any other host fails.
 */
export function blockNetwork(): void {
  network.listen()
}

/** Sets the function that handles requests to the hosts of X. */
export function handleRequestsToX(handler: RequestHandler): void {
  handleAsX = handler
}

/** Returns a public https URL for a server on this machine, without a slash at its end. */
export function openTunnel(origin: string): string {
  const host = `webhook-${origins.size + 1}.tunnel.example`
  origins.set(host, origin)
  return `https://${host}`
}

/** The requests to all other hosts. There should be none. */
export function unexpectedRequests(): readonly string[] {
  return unexpected
}

function forward(request: Request): Promise<Response> {
  const { host, pathname, search } = new URL(request.url)
  const origin = origins.get(host)
  // The body is forwarded unchanged, because it is signed.
  return origin === undefined
    ? Promise.resolve(HttpResponse.error())
    : fetch(new Request(origin + pathname + search, request))
}
