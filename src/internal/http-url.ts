import { assertText } from './assert.ts'

/** `new URL` repairs `https:x`, `http:///x`, `https:\\x` and white space. They are refused as mistakes. */
const written = /^https?:\/\/(?:\[[0-9a-f:.]+\]|[^\s/?#\\@:[\]%]+)(?::\d+)?(?:[/?#]\S*)?$/i
const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?'
const hostName = new RegExp(`^(?=.{1,254}$)${label}(?:\\.${label})*\\.?$`)
const ipv4 = /^\d+\.\d+\.\d+\.\d+$/

/**
 * Reads an absolute URL: http or https, with a valid host, an optional port from 1 to 65535, and no user name or
 * password.
 *
 * @throws TypeError when the value is neither a string nor a `URL`.
 * @throws RangeError when it is not such a URL.
 */
export function parseHttpUrl(value: unknown, name: string): URL {
  const text = value instanceof URL ? value.href : value
  assertText(text, name)
  const url = written.test(text) ? parse(text) : undefined
  if (url !== undefined && url.port !== '0' && isHost(url.hostname, text)) return url
  throw new RangeError(`"${name}" must be an absolute http or https URL with a valid host and port`)
}

/** `new URL` reads `http://1` and `http://0x7f.1` as IPv4 addresses. An address must be written in full. */
function isHost(host: string, text: string): boolean {
  if (host.startsWith('[')) return true
  return ipv4.test(host) ? text.includes(host) : hostName.test(host)
}

/** Parses once. `URL.canParse` and `new URL` would parse twice, and every signed request comes through here. */
function parse(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
