import type { ConnectionFlags } from '../credentials/credential-flags.ts'
import { parsePort } from '../local/parse-port.ts'
import type { OutputFlags } from '../output/output.ts'

/** The flags of commands that receive deliveries. */
export type ListenFlags = {
  readonly port: number
  readonly eventsPort?: number
  readonly path: string
  readonly forward?: readonly string[]
  readonly retry: 'five-minutes' | 'four-hours' | 'none'
  readonly save?: string
}

/** The flags of `listen`. */
export type ListenCommandFlags = OutputFlags &
  ConnectionFlags &
  ListenFlags & {
    readonly verify: boolean
    readonly url?: string
    readonly recover: boolean
  }

/** The port of the webhook. `trigger` sends to it by default. */
export const defaultPort = 4001
/** The path of the webhook. */
export const defaultPath = '/webhook'
/** The port where `wait` finds the latest events. */
export const defaultEventsPort = 4002

/** The declarations of {@link ListenFlags}. */
export const listenFlags = {
  port: {
    kind: 'parsed',
    parse: parsePort,
    brief: 'The port of the webhook; 0 takes a free one',
    placeholder: 'port',
    default: String(defaultPort),
  },
  eventsPort: {
    kind: 'parsed',
    parse: parsePort,
    brief: 'The port where "wait" finds events; without it, 4002',
    placeholder: 'port',
    optional: true,
  },
  path: {
    kind: 'parsed',
    parse: parsePath,
    brief: 'The path of the webhook',
    placeholder: 'path',
    default: defaultPath,
  },
  forward: {
    kind: 'parsed',
    parse: String,
    brief: 'A URL for deliveries, or types=URL for some; repeatable',
    placeholder: 'types=url',
    optional: true,
    variadic: true,
  },
  retry: {
    kind: 'enum',
    values: ['five-minutes', 'four-hours', 'none'],
    brief: 'When a failed delivery is forwarded again',
    default: 'five-minutes',
  },
  save: {
    kind: 'parsed',
    parse: String,
    brief: 'A folder in which each delivery is saved',
    placeholder: 'folder',
    optional: true,
  },
} as const

/** @throws RangeError when it is not a path. */
function parsePath(text: string): string {
  if (/^\/[^\s?#]*$/.test(text)) return text
  throw new RangeError(`A path begins with a slash and has no query, got "${text}".`)
}
