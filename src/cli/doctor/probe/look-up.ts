import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { settleWithin } from '../../../internal/timers.ts'

/** An address of a host. */
export interface HostAddress {
  readonly address: string
  /** 4 or 6. */
  readonly family: number
}

/** Resolves a host name to its addresses. Rejects when it has none. */
export type LookUp = (hostname: string) => Promise<readonly HostAddress[]>

const timeoutMs = 5_000

/** Resolves a host name as this machine does. */
export const lookUpHost: LookUp = (hostname) =>
  settleWithin(lookup(hostname, { all: true }), timeoutMs, () =>
    Object.assign(new Error('The DNS server did not answer.'), { code: 'EAI_AGAIN' }),
  )

/** The same function, which asks only once for each name. */
export function lookUpOnce(lookUp: LookUp): LookUp {
  const known = new Map<string, ReturnType<LookUp>>()
  return (hostname) => {
    const addresses = known.get(hostname) ?? lookUp(hostname)
    known.set(hostname, addresses)
    return addresses
  }
}

/** The same function in the form that sockets need. */
export function toSocketLookup(lookUp: LookUp): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname).then(
      (addresses) => {
        const [first = { address: '', family: 4 }] = addresses
        if (options.all) callback(null, [...addresses])
        else callback(null, first.address, first.family)
      },
      (error) => callback(error, ''),
    )
  }
}

/** Ranges that only the machine itself or its own network can reach. */
const privateRanges =
  /^(?:0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1?$|fe[89ab]|f[cd]|::ffff:(?:0|10|127)\.)/i

/**
 * Whether an address is outside the public internet.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
export function isPrivateAddress(address: string): boolean {
  return privateRanges.test(address)
}
