import { assertInteger } from '../../internal/assert.ts'
import { hourMs } from '../../internal/clock.ts'
import { assertKeys, assertNumber } from '../options/assert-options.ts'
import type { SeededRandom } from './seeded-random.ts'

/**
 * How often a fault occurs: a number from 0 to 1 is a probability, and `{ next: 3 }` lets it occur the next three times
 * and then no more.
 */
export type FaultFrequency =
  | number
  | {
      /** How many times the fault occurs from now on. */
      readonly next: number
    }

/**
 * The faults of API calls. A call has one fault at most: the first one in the order below that occurs. By default none
 * occurs.
 */
export interface ApiFaults {
  /** X refuses the call with status 429, and with headers that allow no call for 15 minutes. */
  readonly rateLimited?: FaultFrequency | undefined
  /** X refuses the call with status 503 and the header `retry-after: 60`. */
  readonly unavailable?: FaultFrequency | undefined
  /** X refuses the call with status 500. */
  readonly internalError?: FaultFrequency | undefined
  /** X refuses the call with status 502 and an HTML page. */
  readonly htmlPage?: FaultFrequency | undefined
  /** X carries out the call and loses the connection before it answers: `x.fetch` rejects, a socket is closed. */
  readonly dropped?: FaultFrequency | undefined
  /** X carries out the call, and half of the response body arrives. */
  readonly truncated?: FaultFrequency | undefined
  /** X carries out the call, and answers after `slowMs`. This is the only fault that waits in real time. */
  readonly slow?: FaultFrequency | undefined
  /**
   * X refuses a rule of the filtered stream, because it does not comply with its policies. Each rule of a call that adds
   * rules counts. It can occur in a call that has another fault.
   */
  readonly noncompliantRule?: FaultFrequency | undefined
  /**
   * The delay of a slow answer, in milliseconds of real time.
   *
   * @defaultValue 5000
   */
  readonly slowMs?: number | undefined
}

/** The faults of deliveries. The first four do not affect replays. By default none occurs. */
export interface DeliveryFaults {
  /** The delivery is sent twice. */
  readonly duplicated?: FaultFrequency | undefined
  /** The delivery is sent after the next one. `idle()` and `advance()` send it when none follows. */
  readonly reordered?: FaultFrequency | undefined
  /** The envelope and the event each have a field that X does not document. */
  readonly unknownFields?: FaultFrequency | undefined
  /** A second delivery for the same user follows. Its event type is one that X does not document. */
  readonly unknownType?: FaultFrequency | undefined
  /** The connection to the webhook is refused. */
  readonly unreachable?: FaultFrequency | undefined
  /** The webhook receives the delivery, and its answer is lost. X counts the delivery as failed. */
  readonly unacknowledged?: FaultFrequency | undefined
}

/** The faults of challenges (CRC), whatever the webhook answers. By default none occurs. */
export interface CrcFaults {
  /** The connection to the webhook is refused. */
  readonly unreachable?: FaultFrequency | undefined
  /** The answer counts as too late. The emulator does not wait for it. */
  readonly late?: FaultFrequency | undefined
}

/**
 * The faults of streams. An event that is not sent is lost on that connection, unless the client asks for it with
 * `backfill_minutes` or `start_time`. By default none occurs.
 */
export interface StreamFaults {
  /** X refuses a new connection in the stream: it sends an error with `TooManyConnections`, and closes the connection. */
  readonly tooManyConnections?: FaultFrequency | undefined
  /** X closes the connection instead of sending an event. */
  readonly closed?: FaultFrequency | undefined
  /** The connection is lost instead of an event: reading from it fails, a socket is closed. */
  readonly dropped?: FaultFrequency | undefined
  /** X sends an error with `UpstreamOperationalDisconnect` instead of an event, and closes the connection. */
  readonly disconnected?: FaultFrequency | undefined
  /** From an event on, X sends nothing more: no events and no keep-alives. The connection stays open. */
  readonly stalled?: FaultFrequency | undefined
  /** The event arrives in two pieces. */
  readonly split?: FaultFrequency | undefined
  /** The event is sent twice. */
  readonly duplicated?: FaultFrequency | undefined
}

/**
 * The faults that the emulator injects. By default there are none. With the same seed and the same calls, the same
 * faults occur.
 */
export interface FaultOptions {
  /** The faults of API calls. */
  readonly api?: ApiFaults | undefined
  /** The faults of deliveries to webhooks. */
  readonly deliveries?: DeliveryFaults | undefined
  /** The faults of challenges. */
  readonly crc?: CrcFaults | undefined
  /** The faults of streams. */
  readonly stream?: StreamFaults | undefined
  /**
   * How far the clock of X is ahead of yours, in milliseconds. A negative number puts it behind. X refuses OAuth 1.0a
   * requests when the clocks differ by more than five minutes.
   *
   * @defaultValue 0
   */
  readonly clockSkewMs?: number | undefined
}

const names = {
  api: ['rateLimited', 'unavailable', 'internalError', 'htmlPage', 'dropped', 'truncated', 'slow', 'noncompliantRule'],
  deliveries: ['duplicated', 'reordered', 'unknownFields', 'unknownType', 'unreachable', 'unacknowledged'],
  crc: ['unreachable', 'late'],
  stream: ['tooManyConnections', 'closed', 'dropped', 'disconnected', 'stalled', 'split', 'duplicated'],
} as const

type Group = keyof typeof names

const groups = ['api', 'deliveries', 'crc', 'stream'] as const satisfies readonly Group[]

/** The name of a fault, with its group: `api.dropped`. */
export type Fault = { [G in Group]: `${G}.${(typeof names)[G][number]}` }[Group]

const defaultSlowMs = 5000
const maxSkewMs = 365 * 24 * hourMs

/** The faults that may occur, and how often each still does. */
export class Faults {
  readonly #random: SeededRandom
  readonly #draws: Map<string, number>
  readonly #frequencies = new Map<string, number | { left: number }>()
  #slowMs = defaultSlowMs

  constructor(random: SeededRandom, { faultDraws }: { readonly faultDraws: Map<string, number> }) {
    this.#random = random
    this.#draws = faultDraws
  }

  /** Whether any fault may occur. */
  get hasAny(): boolean {
    return this.#frequencies.size > 0
  }

  /** The delay of a slow answer, in milliseconds. */
  get slowMs(): number {
    return this.#slowMs
  }

  /** Replaces all faults. */
  set(faults: FaultOptions): void {
    this.#slowMs = faults.api?.slowMs ?? defaultSlowMs
    this.#frequencies.clear()
    for (const group of groups) {
      for (const [name, frequency] of frequenciesOf(faults[group])) {
        const value = typeof frequency === 'number' ? frequency : { left: frequency.next }
        this.#frequencies.set(`${group}.${name}`, value)
      }
    }
  }

  /** Decides whether a fault occurs this time. Each call counts. */
  shouldInject(fault: Fault): boolean {
    const frequency = this.#frequencies.get(fault)
    if (frequency === undefined || frequency === 0) return false
    if (typeof frequency === 'number') return frequency === 1 || this.#draw(fault) < frequency
    if (frequency.left === 0) return false
    frequency.left -= 1
    return true
  }

  #draw(fault: Fault): number {
    const count = (this.#draws.get(fault) ?? 0) + 1
    this.#draws.set(fault, count)
    return this.#random.fraction(`fault ${fault} ${count}`)
  }
}

/**
 * Checks the option `faults`.
 *
 * @throws TypeError when a member has the wrong type.
 * @throws RangeError when a member is unknown, or its value is out of range.
 */
export function assertFaults(faults: FaultOptions): void {
  assertKeys(faults, [...groups, 'clockSkewMs'], 'faults')
  for (const group of groups) {
    const given = faults[group]
    if (given === undefined) continue
    assertKeys(given, group === 'api' ? [...names.api, 'slowMs'] : names[group], `faults.${group}`)
    for (const [name, frequency] of frequenciesOf(given)) assertFrequency(frequency, `faults.${group}.${name}`)
  }
  const { api: { slowMs = defaultSlowMs } = {}, clockSkewMs = 0 } = faults
  assertNumber(slowMs, 'faults.api.slowMs')
  assertNumber(clockSkewMs, 'faults.clockSkewMs', { min: -maxSkewMs, max: maxSkewMs })
}

/** The faults of a group by name, without `slowMs` and without members that are `undefined`. */
function frequenciesOf(
  group: ApiFaults | DeliveryFaults | CrcFaults | StreamFaults = {},
): [name: string, frequency: FaultFrequency][] {
  return Object.entries<FaultFrequency | undefined>({ ...group }).flatMap(([name, frequency]) =>
    name === 'slowMs' || frequency === undefined ? [] : [[name, frequency]],
  )
}

function assertFrequency(frequency: FaultFrequency, label: string): void {
  if (typeof frequency === 'number') assertNumber(frequency, label, { max: 1 })
  else {
    assertKeys(frequency, ['next'], label)
    assertInteger(frequency.next, `${label}.next`)
  }
}
