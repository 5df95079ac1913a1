import { assertText } from './assert.ts'

/** `new URL` mends what it is given (`https:x`, `http:///x`, `https:\\x`, white space): what was meant is not known. */
const written = /^https?:\/\/(?:\[[0-9a-f:.]+\]|[^\s/?#\\@:[\]%]+)(?::\d+)?(?:[/?#]\S*)?$/i
const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?'
const hostName = new RegExp(`^(?=.{1,254}$)${label}(?:\\.${label})*\\.?$`)
const ipv4 = /^\d+\.\d+\.\d+\.\d+$/

/**
 * The URL that a value writes out in full: http or https, a host that can exist, a port from 1 to 65535 or none, no
 * user name or password.
 *
 * @throws TypeError when it is neither a string nor a URL.
 * @throws RangeError when it is no such URL.
 */
export function parseHttpUrl(value: unknown, name: string): URL {
  const text = value instanceof URL ? value.href : value
  assertText(text, name)
  const url = written.test(text) ? parse(text) : undefined
  if (url !== undefined && url.port !== '0' && isHost(url.hostname, text)) return url
  throw new RangeError(`"${name}" must be an absolute http or https URL with a valid host and port`)
}

/** `http://1` and `http://0x7f.1` name an address that nobody wrote. */
function isHost(host: string, text: string): boolean {
  if (host.startsWith('[')) return true
  return ipv4.test(host) ? text.includes(host) : hostName.test(host)
}

/** One parse where `URL.canParse` and `new URL` would be two: this is on the path of every signed request. */
function parse(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
