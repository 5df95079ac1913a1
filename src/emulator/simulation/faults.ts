import { assertInteger } from '../../internal/assert.ts'
import { assertKeys, assertNumber } from '../options/assert-options.ts'
import type { SeededRandom } from './seeded-random.ts'

/** How often something goes wrong: with a probability from 0 to 1, or the next so many times and then no more. */
export type FaultFrequency = number | { readonly next: number }

/** What goes wrong with calls of the API. At most one of them at a time, the first that does in the order below. */
export interface ApiFaults {
  /** The call is not carried out: 429, and headers that allow no call for 15 minutes. */
  readonly rateLimited?: FaultFrequency
  /** The call is not carried out: 503, with `retry-after: 60`. */
  readonly unavailable?: FaultFrequency
  /** The call is not carried out: 500. */
  readonly internalError?: FaultFrequency
  /** The call is not carried out: 502, and a page in HTML. */
  readonly htmlPage?: FaultFrequency
  /** The call is carried out, and the connection is lost before the answer: `x.fetch` rejects, a socket is closed. */
  readonly dropped?: FaultFrequency
  /** The call is carried out, and half of the answer's body arrives. */
  readonly truncated?: FaultFrequency
  /** The call is carried out, and the answer comes after `slowMs` of real time: the one place where the emulator waits. */
  readonly slow?: FaultFrequency
  /** 5000 unless given. */
  readonly slowMs?: number
}

/** What goes wrong with deliveries of what happens; replays are spared the first four. */
export interface DeliveryFaults {
  /** It is sent twice. */
  readonly duplicated?: FaultFrequency
  /** It lets the one after it pass; where none comes, `idle()` or `advance()` sends it. */
  readonly reordered?: FaultFrequency
  /** Its envelope and its event have a field each that X does not document. */
  readonly unknownFields?: FaultFrequency
  /** Another one follows it for the same user, with a type of event that X does not document. */
  readonly unknownType?: FaultFrequency
  /** The connection to the webhook is not made. */
  readonly unreachable?: FaultFrequency
  /** The webhook gets it, and its answer is lost: X takes it for not received. */
  readonly unacknowledged?: FaultFrequency
}

/** What goes wrong with challenges, whatever the webhook answers. */
export interface CrcFaults {
  /** The connection to the webhook is not made. */
  readonly unreachable?: FaultFrequency
  /** The answer comes too late. Nothing waits for it. */
  readonly late?: FaultFrequency
}

/** What goes wrong on purpose: nothing unless given. The same seed and the same calls make the same things go wrong. */
export interface FaultOptions {
  readonly api?: ApiFaults
  readonly deliveries?: DeliveryFaults
  readonly crc?: CrcFaults
  /**
   * How far the clock of X is ahead of yours, in milliseconds; negative where it is behind. Requests signed by OAuth 1.0a
   * are refused from a little over five minutes.
   */
  readonly clockSkewMs?: number
}

const names = {
  api: ['rateLimited', 'unavailable', 'internalError', 'htmlPage', 'dropped', 'truncated', 'slow'],
  deliveries: ['duplicated', 'reordered', 'unknownFields', 'unknownType', 'unreachable', 'unacknowledged'],
  crc: ['unreachable', 'late'],
} as const

type Group = keyof typeof names

const groups = ['api', 'deliveries', 'crc'] as const satisfies readonly Group[]

/** Something that can go wrong. */
export type Fault = { [G in Group]: `${G}.${(typeof names)[G][number]}` }[Group]

const defaultSlowMs = 5000
const maxSkewMs = 365 * 24 * 3_600_000

/** What goes wrong, and how often it still does. */
export class Faults {
  readonly #random: SeededRandom
  readonly #draws: Map<string, number>
  readonly #often = new Map<string, number | { left: number }>()
  #slowMs = defaultSlowMs

  constructor(random: SeededRandom, { faultDraws }: { readonly faultDraws: Map<string, number> }) {
    this.#random = random
    this.#draws = faultDraws
  }

  /** Whether anything may go wrong at all. */
  get any(): boolean {
    return this.#often.size > 0
  }

  get slowMs(): number {
    return this.#slowMs
  }

  /** Lets these things go wrong from now on, and no others. */
  set(faults: FaultOptions): void {
    this.#slowMs = faults.api?.slowMs ?? defaultSlowMs
    this.#often.clear()
    for (const group of groups) {
      for (const [name, often] of frequenciesOf(faults[group])) {
        this.#often.set(`${group}.${name}`, typeof often === 'number' ? often : { left: often.next })
      }
    }
  }

  /** Whether it goes wrong this time. */
  shouldInject(fault: Fault): boolean {
    const often = this.#often.get(fault)
    if (often === undefined || often === 0) return false
    if (typeof often === 'number') return often === 1 || this.#draw(fault) < often
    if (often.left === 0) return false
    often.left -= 1
    return true
  }

  #draw(fault: Fault): number {
    const count = (this.#draws.get(fault) ?? 0) + 1
    this.#draws.set(fault, count)
    return this.#random.fraction(`fault ${fault} ${count}`)
  }
}

/**
 * @throws TypeError when a fault is not described as it has to be.
 * @throws RangeError when there is no such fault, or nothing can happen so often.
 */
export function assertFaults(faults: FaultOptions): void {
  assertKeys(faults, [...groups, 'clockSkewMs'], 'faults')
  for (const group of groups) {
    const given = faults[group]
    if (given === undefined) continue
    assertKeys(given, group === 'api' ? [...names.api, 'slowMs'] : names[group], `faults.${group}`)
    for (const [name, often] of frequenciesOf(given)) assertFrequency(often, `faults.${group}.${name}`)
  }
  const { api: { slowMs = defaultSlowMs } = {}, clockSkewMs = 0 } = faults
  assertNumber(slowMs, 'faults.api.slowMs')
  assertNumber(clockSkewMs, 'faults.clockSkewMs', { min: -maxSkewMs, max: maxSkewMs })
}

/** The faults of a group by name, without what else it holds. */
function frequenciesOf(group: ApiFaults | DeliveryFaults | CrcFaults = {}): [name: string, often: FaultFrequency][] {
  return Object.entries({ ...group }).filter(([name]) => name !== 'slowMs')
}

function assertFrequency(often: FaultFrequency, label: string): void {
  if (typeof often === 'number') assertNumber(often, label, { max: 1 })
  else {
    assertKeys(often, ['next'], label)
    assertInteger(often.next, `${label}.next`)
  }
}
