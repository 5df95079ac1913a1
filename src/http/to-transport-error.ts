import type { Endpoint } from '../errors/reasons.ts'
import { TransportError } from '../errors/transport-error.ts'
import { type NetworkFailureKind, networkFailureKind } from './network-failure.ts'
import { pathWithoutIds } from './path.ts'
import { plainCause } from './redaction/plain-cause.ts'
import type { SendFailure } from './send.ts'

/** The call whose request got no response. */
export interface FailedSend {
  readonly endpoint: Endpoint
  readonly method: string
  readonly baseUrl: string
  readonly path: string
  readonly attempts: number
  /** The id of the last request that X began to respond to. */
  readonly transactionId?: string | undefined
  readonly timeoutMs: number
  readonly secrets: readonly string[]
  /** Whether `fetch` is a function of the caller. */
  readonly isOwnFetch?: boolean | undefined
  /** The hint if the request may have been carried out. Absent if the request may be repeated, or was not sent. */
  readonly lostResponseHint?: string | undefined
}

/** Creates the error for a request without a response. Its message contains neither ids nor the query. */
export function toTransportError({ reason, cause }: SendFailure, call: FailedSend): TransportError {
  const { endpoint, method, baseUrl, path, attempts, timeoutMs, secrets, isOwnFetch = false } = call
  const { host } = new URL(baseUrl)
  const request = `${method} ${pathWithoutIds(path)}`
  const kind = networkFailureKind(cause, isOwnFetch)
  const explanation = {
    timeout: `${host} did not respond to ${request} within ${timeoutMs} ms`,
    aborted: `its signal was aborted during ${request} to ${host}`,
    network: networkExplanations[kind](host, request),
  }
  const count = attempts === 1 ? '1 attempt' : `${attempts} attempts`
  const advice = { timeout: timeoutHint, aborted: undefined, network: networkHints[kind] }[reason]
  const wasSent = reason !== 'network' || isSent(kind)
  const hint = [advice, wasSent ? call.lostResponseHint : undefined].filter((part) => part !== undefined).join(' ')
  return new TransportError({
    reason,
    message: `The call ${endpoint} failed: ${explanation[reason]} (${count}).`,
    attempts,
    transactionId: call.transactionId,
    cause: plainCause(cause, secrets),
    hint: hint === '' ? undefined : hint,
  })
}

/** Whether the request may have reached X before the network failed. */
function isSent(kind: NetworkFailureKind): boolean {
  return kind !== 'certificate' && kind !== 'unknown_host' && kind !== 'refused'
}

const timeoutHint = 'Check the connection, or increase the option "timeoutMs".'

type Explain = (host: string, request: string) => string

const networkExplanations: Readonly<Record<NetworkFailureKind, Explain>> = {
  certificate: (host, request) => `the TLS certificate of ${host} is not accepted, so ${request} was not sent`,
  tls: (host, request) => `the TLS connection to ${host} failed during ${request}`,
  unknown_host: (host, request) => `the host ${host} of ${request} was not found`,
  refused: (host, request) => `no connection to ${host} could be opened for ${request}`,
  closed: (host, request) => `the connection to ${host} was closed during ${request}`,
  encoding: (host, request) => `the compressed response of ${host} to ${request} is damaged`,
  own_fetch: (host, request) => `the function in the option "fetch" failed during ${request} to ${host}`,
  other: (host, request) => `the connection to ${host} failed during ${request}`,
}

const networkHints: Readonly<Record<NetworkFailureKind, string>> = {
  certificate:
    'Check the clock of this machine and the option "baseUrl". If a proxy inspects TLS, add the certificate of its authority, in Node.js with NODE_EXTRA_CA_CERTS.',
  tls: 'Check whether the server at the option "baseUrl" uses TLS, and whether a proxy changes the connection.',
  unknown_host: 'Check the option "baseUrl" and the DNS settings of this machine.',
  refused: 'Check the network, the port in the option "baseUrl", and whether the connection needs a proxy.',
  closed: 'A server, a proxy or a load balancer closed the connection. Try again later.',
  encoding: 'Check whether a proxy changes the body or the header Content-Encoding of the response.',
  own_fetch: 'The property "cause" has the error of that function.',
  other: 'Check the network and the option "baseUrl"; the property "cause" has the error of the network.',
}
