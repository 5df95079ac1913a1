import { timingSafeEqual } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHostList } from '../../internal/host-list.ts'
import { CliError, usageError } from '../cli-error.ts'
import { printable } from '../output/printable.ts'

/** A server on this machine that waits for the browser of a user whom X sends back. */
export interface CallbackServer {
  /** Where X sends the browser. */
  readonly redirectUri: string
  /** Resolves to the code of X. Rejects when the user refused. */
  readonly code: Promise<string>
  readonly close: () => Promise<void>
}

const path = '/callback'

/** Starts the server. A request without the `state` of this sign-in has no effect: any web page can send one. */
export async function listenForCallback({
  port,
  state,
}: {
  readonly port: number
  readonly state: string
}): Promise<CallbackServer> {
  let resolve: (code: string) => void = () => undefined
  let reject: (error: CliError) => void = () => undefined
  const code = new Promise<string>((...settle) => {
    ;[resolve, reject] = settle
  })
  // The caller may stop waiting first.
  code.catch(() => undefined)
  const hosts = createHostList([], 'hosts')
  const server = createServer((request, response) => {
    // A host that is not this machine comes from DNS rebinding: a web page whose name leads to this machine.
    if (!hosts.has(request.headers.host ?? '')) return answer(response, 403, 'There is nothing here.')
    const url = new URL(request.url ?? '', 'http://127.0.0.1')
    if (request.method !== 'GET' || url.pathname !== path) return answer(response, 404, 'There is nothing here.')
    const query = url.searchParams
    if (!isEqual(query.get('state') ?? '', state)) {
      return answer(response, 400, 'This page does not belong to the sign-in that is in progress.')
    }
    const received = query.get('code')
    if (received === null) {
      answer(response, 400, 'The app was not allowed. You can close this window.')
      reject(refused(query.get('error') ?? 'no code'))
    } else {
      answer(response, 200, 'You are signed in. You can close this window.')
      resolve(received)
    }
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => failed(notListening(port, error)))
    server.listen(port, '127.0.0.1', listening)
  })
  return {
    redirectUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    code,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeIdleConnections()
        // A browser may keep its connection open.
        setTimeout(() => server.closeAllConnections(), 200).unref()
      }),
  }
}

function isEqual(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  })
  response.end(`<!doctype html><html lang="en"><title>x-account-activity</title><p>${text}</p></html>\n`)
}

function refused(error: string): CliError {
  return new CliError('login_refused', `The user did not allow the app (${printable(error).slice(0, 100)}).`, {
    hint: 'Run the command again, and allow the app on the page of X.',
  })
}

function notListening(port: number, { code }: NodeJS.ErrnoException): CliError {
  return usageError(
    `Port ${port} of this machine cannot be used (${code}).`,
    'Pass another one with --port, and add its callback URL to the settings of the app.',
  )
}
