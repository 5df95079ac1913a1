import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CliError } from '../cli-error.ts'

/** A server of this machine. */
export interface LocalServer {
  /** Its base URL, without a trailing slash. */
  readonly url: string
  /** Stops listening and closes all connections. */
  readonly close: () => Promise<void>
}

export interface ListenOptions {
  /** With 0, the operating system chooses a free port. */
  readonly port: number
  /** The flag that sets the port. Errors name it. */
  readonly flag: string
}

/**
 * Serves HTTP on a port of 127.0.0.1, which only programs of this machine reach.
 *
 * @throws CliError with code `port_in_use` or `port_refused`, when the port cannot be used.
 */
export async function listenOnPort(listener: RequestListener, { port, flag }: ListenOptions): Promise<LocalServer> {
  const server = createServer(listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  }).catch((error) => {
    throw portError(error, { port, flag })
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The error of a port that cannot be used, with what to do. Other errors are returned as they are. */
export function portError(error: unknown, { port, flag }: ListenOptions): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    return new CliError('port_in_use', `Port ${port} is in use by another program.`, {
      hint: `End that program, or choose another port with ${flag}. ${flag} 0 takes a free one.`,
      cause: error,
    })
  }
  if (code === 'EACCES') {
    return new CliError('port_refused', `The system does not allow this program to use port ${port}.`, {
      hint: `Choose a port above 1023 with ${flag}.`,
      cause: error,
    })
  }
  return error
}
