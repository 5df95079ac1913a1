import { assertText, kindOf } from './assert.ts'

/** A host as a request names it: a lower-case name without the dot at its end, or an address in its shortest form. */
interface Host {
  readonly name: string
  /** `undefined` when no port is written. */
  readonly port: string | undefined
}

/** The hosts that a server answers to. A host that is not in the list comes from DNS rebinding, or is a mistake. */
export interface HostList {
  /** Whether a `Host` header, or the host of a URL, names this server: by a loopback name or address, or by an entry. */
  has(host: string): boolean
  /** Whether an `Origin` header names a page of this server, which listens on `port`. */
  hasOrigin(origin: string, port: number | undefined): boolean
}

/**
 * Creates the list of the loopback names and addresses, with any port, and of the entries. An entry without a port allows
 * every port.
 *
 * @throws TypeError when the entries are not an array of strings.
 * @throws RangeError when an entry is not a host name or an address with an optional port.
 */
export function createHostList(entries: readonly string[], label: string): HostList {
  if (!Array.isArray(entries)) throw new TypeError(`"${label}" must be an array, got ${kindOf(entries)}`)
  const hosts = entries.map((entry, index) => readEntry(entry, `${label}[${index}]`))
  const find = ({ name, port }: Host) =>
    hosts.find((entry) => entry.name === name && (entry.port === undefined || entry.port === port))
  return {
    has(text) {
      const host = parseHost(text)
      return host !== undefined && (isLoopback(host.name) || find(host) !== undefined)
    },
    hasOrigin(origin, serverPort) {
      const [, scheme = '', text = ''] = /^(https?):\/\/(.+)$/i.exec(origin) ?? []
      const host = parseHost(text)
      if (host === undefined) return false
      const port = host.port ?? (scheme.toLowerCase() === 'https' ? '443' : '80')
      return find({ name: host.name, port }) !== undefined || (isLoopback(host.name) && port === String(serverPort))
    },
  }
}

function readEntry(entry: unknown, label: string): Host {
  assertText(entry, label)
  const host = parseHost(entry)
  if (host) return host
  throw new RangeError(`"${label}" must be a host name or an address with an optional port, such as emulator.test:4000`)
}

/** The characters of a name or an IPv4 address, or an IPv6 address in brackets, and a port that may be empty. */
const written = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_-])?\.?)(?::(\d{0,5}))?$/i

/**
 * Reads the value of a `Host` header. `undefined` when it is not valid.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.2
 */
export function parseHost(text: string): Host | undefined {
  const match = written.exec(text)
  if (!match || !URL.canParse(`http://${text}`)) return undefined
  // `new URL` drops the default port of the scheme, so the port is read from the text.
  const port = match[1] ? String(Number(match[1])) : undefined
  return { name: new URL(`http://${text}`).hostname.replace(/\.$/, ''), port }
}

/**
 * Whether a host is this machine and no other: `localhost`, a name below it, 127.0.0.0/8, `[::1]`. DNS is never asked for
 * these.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3
 */
export function isLoopback(name: string): boolean {
  return /^(?:(?:[^.]+\.)*localhost|127\.\d+\.\d+\.\d+|\[::1\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/.test(name)
}
