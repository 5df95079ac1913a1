import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { assertBoolean, assertInteger, assertObject, assertText } from '../internal/assert.ts'
import { withAsyncDispose } from '../internal/async-dispose.ts'
import { createHostList, type HostList, parseHost } from '../internal/host-list.ts'
import { json } from './api/problems.ts'
import type { Emulator } from './emulator.ts'
import type { UnknownRequestError } from './requests/unknown-requests.ts'

/** The options of `serveEmulator()`. */
export interface ServeEmulatorOptions {
  /**
   * The port, from 0 to 65535. With 0, the operating system chooses a free one.
   *
   * @defaultValue 0
   */
  readonly port?: number | undefined
  /**
   * The host name or address to listen on. Every client that reaches the emulator can control it.
   *
   * @defaultValue `'127.0.0.1'`
   */
  readonly hostname?: string | undefined
  /**
   * The host names and addresses that the server answers to, beside `localhost`, names that end in `.localhost`,
   * 127.0.0.0/8, `[::1]` and `hostname`. Each may have a port; without one, every port is allowed:
   * `['emulator.test', '[fd00::1]:4000']`. A request with another `Host` header gets status 403, so that no web page can
   * reach the emulator by DNS rebinding.
   *
   * @defaultValue `[]`
   */
  readonly hosts?: readonly string[] | undefined
  /**
   * Whether a proxy is in front of the server that decrypts TLS, so that clients with `https://api.x.com` or
   * `https://api.twitter.com` built in can use the emulator. The URL of a request then has the scheme of its header
   * `x-forwarded-proto`, which OAuth 1.0a signatures cover, and the server also answers to the hosts of X's API.
   *
   * @defaultValue false
   */
  readonly trustProxy?: boolean | undefined
}

/** An emulator that is served over HTTP. */
export interface EmulatorServer extends AsyncDisposable {
  /** The base URL for a client, without a trailing slash: `http://127.0.0.1:49152`. */
  readonly url: string
  /** Stops listening and closes all connections. */
  close(): Promise<void>
  /** Calls `close()` at the end of a block with `await using server = await serveEmulator(…)`. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Serves an emulator over HTTP, for programs in any language. It answers only requests whose `Host` header names this
 * machine or an entry of `hosts`.
 *
 * @throws TypeError when an option has the wrong type.
 * @throws RangeError when `port` is not an integer from 0 to 65535, `hostname` is empty, or an entry of `hosts` is not a
 * host.
 * @throws Error when the port is in use.
 *
 * @example
 * import { createEmulator } from 'x-account-activity/emulator'
 * import { serveEmulator } from 'x-account-activity/emulator/node'
 *
 * const server = await serveEmulator(createEmulator(), { port: 0 })
 * const response = await fetch(`${server.url}/2/webhooks`)
 * console.log(response.status) // 401
 * await server.close()
 */
export async function serveEmulator(x: Emulator, options: ServeEmulatorOptions = {}): Promise<EmulatorServer> {
  assertObject(options, 'options')
  const { port = 0, hostname = '127.0.0.1', hosts = [], trustProxy = false } = options
  assertInteger(port, 'port', { max: 65_535 })
  assertText(hostname, 'hostname')
  assertBoolean(trustProxy, 'trustProxy')
  createHostList(hosts, 'hosts')
  const ownHosts = [...hosts, ...ownHost(hostname)]
  const served: Served = {
    x,
    hosts: createHostList([...ownHosts, ...(trustProxy ? apiHosts : [])], 'hosts'),
    origins: createHostList(ownHosts, 'hosts'),
    trustProxy,
  }
  const server = createServer((request, response) => void answer(served, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, hostname, resolve)
  })
  const { address, family, port: actual } = server.address() as AddressInfo
  const close = async () => {
    if (!server.listening) return
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  const members = {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`,
    close,
  }
  return withAsyncDispose(members, close)
}

/** The hosts of X's API. No web page of another site can have these names, so DNS rebinding cannot use them. */
const apiHosts = ['api.x.com', 'api.twitter.com', 'upload.x.com', 'upload.twitter.com']

/** The host that the server listens on, as a `Host` header names it. An address with a zone cannot be in a header. */
function ownHost(hostname: string): string[] {
  const host = hostname.includes(':') ? `[${hostname}]` : hostname
  return parseHost(host) ? [host] : []
}

/** The longest request body. It has room for a large saved state. */
const maxBodyBytes = 64 * 1024 * 1024

interface Served {
  readonly x: Emulator
  /** The hosts that the server answers to. */
  readonly hosts: HostList
  /** The hosts whose web pages may use the control API. */
  readonly origins: HostList
  readonly trustProxy: boolean
}

async function answer(served: Served, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const controller = new AbortController()
  outgoing.once('close', () => controller.abort())
  try {
    const rejection = rejectHost(incoming, served.hosts)
    if (rejection) incoming.resume()
    const request = rejection ?? (await toRequest(incoming, served, controller.signal))
    await send(outgoing, request instanceof Response ? request : await served.x.fetch(request))
  } catch (error) {
    if (isUnknownRequestError(error)) await send(outgoing, error.response)
    // Otherwise `x.fetch` rejects because a fault drops the connection, or the client has closed it.
    else outgoing.destroy()
  }
}

/**
 * Rejects a request for another host. A web page whose name resolves to this machine could otherwise read everything: the
 * browser takes the emulator for the server of that page.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
function rejectHost(incoming: IncomingMessage, hosts: HostList): Response | undefined {
  const [host, ...others] = headerValues(incoming, 'host')
  // A proxy names the host in the request line too: GET http://host/path
  const [, target] = /^[a-z][a-z0-9+.-]*:(?:\/\/)?([^/?#]*)/i.exec(incoming.url ?? '') ?? []
  const named = [host, ...(target === undefined ? [] : [target])]
  if (others.length > 0 || named.some((text) => text === undefined || !parseHost(text))) {
    return json(400, { error: 'The request must have one valid "host" header.' })
  }
  if (named.every((text) => text !== undefined && hosts.has(text))) return undefined
  const error = 'The emulator does not answer to this host. Add it to the option "hosts" of serveEmulator().'
  return json(403, { error })
}

/** The values of a header. Node.js keeps only the first `Host` in `headers`. */
function headerValues({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)
}

/** The request, or an error response: for a method that `fetch` does not support, or a long body. */
async function toRequest(
  incoming: IncomingMessage,
  { origins, trustProxy }: Served,
  signal: AbortSignal,
): Promise<Request | Response> {
  const { method = 'GET', headers, socket } = incoming
  const body = await readBody(incoming)
  if (!body) return new Response(null, { status: 413, headers: { connection: 'close' } })
  const { origin, ...others } = headers
  // The control API rejects the origin `null`. It does not know the hosts and the port of this server.
  const isForeign = origin !== undefined && !origins.hasOrigin(origin, socket.localPort)
  try {
    return new Request(readUrl(incoming, trustProxy), {
      method,
      headers: [
        ...Object.entries(others).map(([name, value]): [string, string] => [name, String(value)]),
        ...(isForeign ? [['origin', 'null'] as [string, string]] : []),
      ],
      signal,
      // Some clients send a body with GET. It has no meaning.
      ...(body.length > 0 && !['GET', 'HEAD'].includes(method) && { body }),
    })
  } catch {
    return new Response(null, { status: 400 })
  }
}

/** The URL of the request, not resolved: `//2/webhooks` is a path, and not a host. */
function readUrl({ url = '/', headers }: IncomingMessage, trustProxy: boolean): URL {
  const scheme = trustProxy && isHttps(headers['x-forwarded-proto']) ? 'https' : 'http'
  const origin = `${scheme}://${headers.host ?? 'localhost'}`
  return url.startsWith('/') ? new URL(origin + url) : new URL(url, origin)
}

/** Whether the client of the first proxy used TLS. Further proxies append their own scheme. */
function isHttps(forwardedProto: string | string[] | undefined): boolean {
  return /^\s*https\s*(?:,|$)/i.test(String(forwardedProto ?? ''))
}

/** The body, or `undefined` when it is too long. The rest is then read and discarded, so that the client gets the answer. */
async function readBody(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    chunks.push(chunk)
    if (bytes <= maxBodyBytes) continue
    incoming.resume()
    return undefined
  }
  return Buffer.concat(chunks)
}

async function send(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.writeHead(response.status, [...response.headers].flat())
  const reader = response.body?.getReader()
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    if (!outgoing.write(read.value) && !outgoing.destroyed) await untilDrained(outgoing)
  }
  outgoing.end()
}

/** Waits until the client has read what was written, or is gone. */
function untilDrained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done).off('close', done)
      resolve()
    }
    outgoing.on('drain', done).on('close', done)
  })
}

/** By name, because the emulator may come from another copy of the package. */
function isUnknownRequestError(error: unknown): error is UnknownRequestError {
  return error instanceof Error && error.name === 'UnknownRequestError' && 'response' in error
}
