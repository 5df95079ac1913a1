import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { Autohook } from 'twitter-autohook'
import type { EmulatedApp } from './emulator.ts'
import { openTunnel } from './network.ts'
import { atEnd } from './scenario.ts'

/** A webhook on the internet that runs the server of Autohook, which answers challenges and checks signatures. */
export interface AutohookServer {
  readonly hook: Autohook
  readonly url: string
  /** What it took for genuine, parsed. */
  readonly events: readonly AutohookEvent[]
  /** For each event: for whom it is, under which key it came, and its id. */
  told(): string[][]
  /** What it was asked, as `signed GET` or `unsigned POST`. */
  readonly requests: readonly string[]
}

export type AutohookEvent = Record<string, unknown>

export async function openAutohookServer(app: EmulatedApp, { env = 'dev' } = {}): Promise<AutohookServer> {
  const hook = createAutohook(app, { env })
  const events: AutohookEvent[] = []
  const requests: string[] = []
  // It turns a wrong signature away, but takes what has none.
  hook.on('event', (event, request) => isSigned(request) && events.push(event))
  hook.startServer()
  hook.server.on('request', (request) =>
    requests.push(`${isSigned(request) ? 'signed' : 'unsigned'} ${request.method}`),
  )
  await once(hook.server, 'listening')
  atEnd(() => hook.server.close().closeAllConnections())
  const { port } = hook.server.address() as AddressInfo
  return {
    hook,
    url: `${openTunnel(`http://127.0.0.1:${port}`)}/webhook`,
    events,
    told: () => events.map(tell),
    requests,
  }
}

function isSigned({ headers }: IncomingMessage): boolean {
  return headers['x-twitter-webhooks-signature'] !== undefined
}

function tell(event: AutohookEvent): string[] {
  const [key = '', list] = Object.entries(event).find(([name]) => name.endsWith('_events')) ?? []
  const [first] = (list ?? []) as { id: unknown; id_str?: string }[]
  return [String(event.for_user_id), key, first?.id_str ?? String(first?.id)]
}

/** It hands its port to `listen` as it is, so that it need not listen to the whole network. */
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

/** It keeps its first bearer token and its first count for as long as it is loaded, so each scenario loads it anew. */
function loadAutohook(): typeof import('twitter-autohook') {
  const own = Object.keys(require.cache).filter((path) => /[\\/]twitter-autohook[\\/]/.test(path))
  for (const path of own) delete require.cache[path]
  return require('twitter-autohook')
}
