import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { assertInteger, assertObject, assertText } from '../internal/assert.ts'
import type { Emulator } from './emulator.ts'

/** Where to listen. */
export interface ServeEmulatorOptions {
  /** 0, any free port, unless given. */
  readonly port?: number
  /** `127.0.0.1` unless given: the keys of an emulator are no secret. */
  readonly hostname?: string
}

/** An emulator on a socket. */
export interface EmulatorServer {
  /** Its address, to be used as the base URL of a client: `http://127.0.0.1:49152`. */
  readonly url: string
  /** Stops listening and ends all connections. */
  close(): Promise<void>
}

/**
 * Puts an emulator on a socket, so that programs reach it by HTTP.
 *
 * @throws RangeError when `port` is not an integer from 0 to 65535.
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
  const { port = 0, hostname = '127.0.0.1' } = options
  assertInteger(port, 'port', { max: 65_535 })
  assertText(hostname, 'hostname')
  const server = createServer((request, response) => void answer(x, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, hostname, resolve)
  })
  const { address, family, port: actual } = server.address() as AddressInfo
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`,
    async close() {
      if (!server.listening) return
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Room for a large saved state; whoever sends more is stopped before the memory is full. */
const mostBytes = 64 * 1024 * 1024

async function answer(x: Emulator, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const controller = new AbortController()
  outgoing.once('close', () => controller.abort())
  try {
    const request = await toRequest(incoming, controller.signal)
    await send(outgoing, request instanceof Response ? request : await x.fetch(request))
  } catch {
    // What rejects in a program is a lost connection on a socket: a fault may ask for one.
    outgoing.destroy()
  }
}

/** The request, or the answer to what is none: an impossible host, a method that `fetch` does not have, too much. */
async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request | Response> {
  const { method = 'GET', headers } = incoming
  const body = await readBody(incoming)
  if (!body) return new Response(null, { status: 413, headers: { connection: 'close' } })
  try {
    return new Request(readUrl(incoming), {
      method,
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      signal,
      // Some clients send a body with GET, which means nothing.
      ...(body.length > 0 && !['GET', 'HEAD'].includes(method) && { body }),
    })
  } catch {
    return new Response(null, { status: 400 })
  }
}

/** As it stands there: `//2/webhooks` is a path, and no host. */
function readUrl({ url = '/', headers }: IncomingMessage): URL {
  const origin = `http://${headers.host ?? 'localhost'}`
  return url.startsWith('/') ? new URL(origin + url) : new URL(url, origin)
}

/** Nothing where it is too much; what still comes is thrown away, so that the sender gets to read the answer. */
async function readBody(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    chunks.push(chunk)
    if (bytes <= mostBytes) continue
    incoming.resume()
    return undefined
  }
  return Buffer.concat(chunks)
}

async function send(outgoing: ServerResponse, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer())
  outgoing.writeHead(response.status, [...response.headers].flat())
  outgoing.end(body)
}
