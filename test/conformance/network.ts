import { HttpResponse, http, passthrough } from 'msw'
import { setupServer } from 'msw/node'

type Answer = (request: Request) => Promise<Response>

/** The hosts of X that clients have built in, old and new. */
const hostsOfX = /^https:\/\/(?:api\.)?(?:twitter|x)\.com\//
const tunnels = /^https:\/\/[a-z0-9-]+\.tunnel\.example\//
const thisMachine = /^http:\/\/127\.0\.0\.1:\d+\//

let answerAsX: Answer = async () => HttpResponse.error()
const origins = new Map<string, string>()
const strays: string[] = []

const network = setupServer(
  http.all(hostsOfX, ({ request }) => answerAsX(request)),
  http.all(tunnels, ({ request }) => forward(request)),
  http.all(thisMachine, () => passthrough()),
  http.all(/./, ({ request }) => {
    strays.push(`${request.method} ${request.url}`)
    return HttpResponse.error()
  }),
)

/**
 * From now on there are three kinds of hosts: those of X, which the emulator answers for; tunnels, as webhooks have
 * them in development; and this machine. Whoever asks for another one gets no connection.
 */
export function closeTheNetwork(): void {
  network.listen()
}

/** Who answers for the hosts of X. */
export function standInForX(answer: Answer): void {
  answerAsX = answer
}

/** Gives a server on this machine a public https address, without a slash at its end. */
export function openTunnel(origin: string): string {
  const host = `webhook-${origins.size + 1}.tunnel.example`
  origins.set(host, origin)
  return `https://${host}`
}

/** What was asked of any other host: no client has a reason to. */
export function strayRequests(): readonly string[] {
  return strays
}

function forward(request: Request): Promise<Response> {
  const { host, pathname, search } = new URL(request.url)
  const origin = origins.get(host)
  // The same bytes: a signature is over them.
  return origin === undefined
    ? Promise.resolve(HttpResponse.error())
    : fetch(new Request(origin + pathname + search, request))
}
