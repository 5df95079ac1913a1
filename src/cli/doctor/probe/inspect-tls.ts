import { isIP } from 'node:net'
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls'
import { describeNetworkError } from './describe-network-error.ts'
import type { SendContext } from './send-request.ts'

/** What a TLS handshake showed. */
export interface TlsInspection {
  /** The version of TLS: `TLSv1.3`. */
  readonly protocol: string
  /** Why the certificate is not trusted: a code such as `SELF_SIGNED_CERT_IN_CHAIN`. Absent when it is trusted. */
  readonly error?: string
  /** The common names of the certificates that the server sent, its own first. */
  readonly names: readonly string[]
  /** When the first of them ends, in milliseconds since 1970. */
  readonly endsAt: number
}

/** There was no TLS connection. */
export interface NoTls {
  /** What happened, as a clause. */
  readonly what: string
}

/**
 * Makes a TLS handshake, and reads the certificate of the server.
 *
 * @throws the reason of the signal when it aborts. It never throws because of what the server does.
 */
export function inspectTls(
  url: URL,
  timeoutMs: number,
  { lookup, ca, signal }: SendContext,
): Promise<TlsInspection | NoTls> {
  signal?.throwIfAborted()
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const servername = isIP(host) === 0 ? host : undefined
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      lookup,
      ca,
      rejectUnauthorized: false,
      ...(servername !== undefined && { servername }),
    })
    const end = (settle: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      settle()
      socket.destroy()
    }
    const abort = () => end(() => reject(signal?.reason))
    const timer = setTimeout(
      () => end(() => resolve({ what: `the TLS handshake did not end within ${timeoutMs} ms` })),
      timeoutMs,
    )
    const fail = (error: unknown) => end(() => resolve({ what: describeNetworkError(error) }))
    signal?.addEventListener('abort', abort, { once: true })
    socket.on('secureConnect', () => end(() => resolve(readInspection(socket))))
    socket.on('error', fail)
    socket.on('close', () => fail(new Error('the server closed the connection during the TLS handshake')))
  })
}

function readInspection(socket: TLSSocket): TlsInspection {
  const chain = chainOf(socket.getPeerCertificate(true))
  const { authorizationError } = socket
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    ...(!socket.authorized && { error: codeOf(authorizationError) }),
    names: chain.map(({ subject }) => String(subject?.CN ?? 'no common name')),
    endsAt: Math.min(...chain.map(({ valid_to }) => Date.parse(valid_to))),
  }
}

/** Node.js types the error as an `Error`, and sets its code. */
function codeOf(error: unknown): string {
  if (typeof error === 'string') return error
  const { code } = Object(error) as { code?: unknown }
  return typeof code === 'string' ? code : 'UNKNOWN'
}

/** The certificates from that of the server on. A root certificate is its own issuer. */
function chainOf(first: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = []
  for (
    let next: DetailedPeerCertificate | undefined = first;
    next?.fingerprint256 !== undefined && !chain.includes(next) && chain.length < 10;
    next = next.issuerCertificate
  )
    chain.push(next)
  return chain
}
