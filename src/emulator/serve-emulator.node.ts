import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { assertInteger, assertObject, assertText } from '../internal/assert.ts'
import type { Emulator } from './create-emulator.ts'

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
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

async function answer(x: Emulator, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const response = await toRequest(incoming).then(
    (request) => x.fetch(request),
    // An impossible host or path, or a client that hung up.
    () => new Response(null, { status: 400 }),
  )
  outgoing.writeHead(response.status, [...response.headers].flat())
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', headers, url = '/' } = incoming
  const chunks: Uint8Array[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return new Request(new URL(url, `http://${headers.host ?? 'localhost'}`), {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  })
}
