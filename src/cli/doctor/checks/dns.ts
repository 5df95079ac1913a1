import { isIP } from 'node:net'
import { type CheckResult, fail, pass } from '../finding.ts'
import { describeNetworkError } from '../probe/describe-network-error.ts'
import { isPrivateAddress } from '../probe/look-up.ts'
import type { WebhookProbe } from '../webhook-probe.ts'

/** The host name must have a public address. */
export async function checkDns({ url, isLoopback, isEveryAddressPublic, lookUp }: WebhookProbe): Promise<CheckResult> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) === 0 ? await findAddresses(lookUp, host) : [host]
  if (typeof addresses === 'string') {
    return fail(`${host}: ${addresses}`, 'Add an A record for the host name, or correct the host name in the URL.')
  }
  const isPrivate = !isLoopback && !isEveryAddressPublic && addresses.every(isPrivateAddress)
  if (!isPrivate) return pass(addresses.join(', '))
  return fail(
    `${addresses.join(', ')}: only this network reaches it`,
    'Give the host name a public address, or put a tunnel in front of the server: X calls it from the internet.',
  )
}

/** The addresses, or why there are none. */
async function findAddresses(lookUp: WebhookProbe['lookUp'], host: string): Promise<readonly string[] | string> {
  try {
    const addresses = await lookUp(host)
    return addresses.length > 0 ? addresses.map(({ address }) => address) : 'the host name has no address'
  } catch (error) {
    return describeNetworkError(error)
  }
}
