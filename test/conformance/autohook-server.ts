import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { Autohook } from 'twitter-autohook'
import type { EmulatedApp } from './emulator.ts'
import { openTunnel } from './network.ts'
import { afterScenario } from './scenario.ts'

/** A public webhook with the server of Autohook, which answers CRC requests and checks signatures. */
export interface AutohookServer {
  readonly hook: Autohook
  readonly url: string
  /** The parsed bodies that it accepted. */
  readonly events: readonly AutohookEvent[]
  /** For each event: the id of the subscribed user, the key of the event, and its id. */
  receivedEvents(): string[][]
  /** Its requests, such as `signed GET` or `unsigned POST`. */
  readonly requests: readonly string[]
}

export type AutohookEvent = Record<string, unknown>

export async function openAutohookServer(app: EmulatedApp, { env = 'dev' } = {}): Promise<AutohookServer> {
  const hook = createAutohook(app, { env })
  const events: AutohookEvent[] = []
  const requests: string[] = []
  // Autohook refuses a wrong signature, but accepts a request without one.
  hook.on('event', (event, request) => isSigned(request) && events.push(event))
  hook.startServer()
  hook.server.on('request', (request) =>
    requests.push(`${isSigned(request) ? 'signed' : 'unsigned'} ${request.method}`),
  )
  await once(hook.server, 'listening')
  afterScenario(() => hook.server.close().closeAllConnections())
  const { port } = hook.server.address() as AddressInfo
  return {
    hook,
    url: `${openTunnel(`http://127.0.0.1:${port}`)}/webhook`,
    events,
    receivedEvents: () => events.map(summarize),
    requests,
  }
}

function isSigned({ headers }: IncomingMessage): boolean {
  return headers['x-twitter-webhooks-signature'] !== undefined
}

function summarize(event: AutohookEvent): string[] {
  const [key = '', list] = Object.entries(event).find(([name]) => name.endsWith('_events')) ?? []
  const [first] = (list ?? []) as { id: unknown; id_str?: string }[]
  return [String(event.for_user_id), key, first?.id_str ?? String(first?.id)]
}

/** Autohook passes `port` to `listen` unchanged, so an object can restrict it to this machine. */
export function createAutohook(app: EmulatedApp, { env = 'dev' } = {}): Autohook {
  const { consumerKey, consumerSecret, accessToken, accessTokenSecret } = app
  return new (loadAutohook().Autohook)({
    consumer_key: consumerKey,
    consumer_secret: consumerSecret,
    token: accessToken,
    token_secret: accessTokenSecret,
    env,
    port: { host: '127.0.0.1', port: 0 },
  })
}

const require = createRequire(import.meta.url)

/** Autohook caches its first bearer token and its first count in the module, so each scenario loads the module again. */
function loadAutohook(): typeof import('twitter-autohook') {
  const own = Object.keys(require.cache).filter((path) => /[\\/]twitter-autohook[\\/]/.test(path))
  for (const path of own) delete require.cache[path]
  return require('twitter-autohook')
}
