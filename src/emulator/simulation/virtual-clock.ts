import { kindOf } from '../../internal/assert.ts'
import type { Clock } from '../../internal/clock.ts'
import { assertKeys } from '../options/assert-options.ts'

/** A stretch of time; what is given is added up. */
export interface Duration {
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly seconds?: number
  readonly ms?: number
}

const lengths = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000, ms: 1 } as const
const units = ['days', 'hours', 'minutes', 'seconds', 'ms'] as const

/** A clock that goes as another one does, and can be put forward. */
export class VirtualClock {
  /** How far it is off, in milliseconds: a fault. */
  skewMs = 0
  readonly #base: Clock
  readonly #counters: { ahead: number }

  constructor(base: Clock, counters: { ahead: number } = { ahead: 0 }) {
    this.#base = base
    this.#counters = counters
  }

  /** Milliseconds since 1970 on the emulator. */
  now(): number {
    return this.baseNow() + this.#counters.ahead
  }

  /** The same, as if it had never been put forward: where everybody else lives, unless it is off. */
  baseNow(): number {
    const time = this.#base()
    if (typeof time !== 'number') throw new TypeError(`"now" must return a number, got ${kindOf(time)}`)
    if (!Number.isFinite(time)) throw new RangeError(`"now" must return milliseconds since 1970, got ${time}`)
    return Math.floor(time + this.skewMs)
  }

  /** How far it was put forward, in milliseconds. */
  get ahead(): number {
    return this.#counters.ahead
  }

  set ahead(ms: number) {
    this.#counters.ahead = ms
  }

  /** Lets it be this time, from which it goes on. */
  moveTo(time: number): void {
    this.ahead += time - this.now()
  }
}

/**
 * Milliseconds.
 *
 * @throws TypeError when it is no duration.
 * @throws RangeError when a part of it is negative or infinite, or none that is known.
 */
export function durationMs(duration: Duration): number {
  assertKeys(duration, units, 'duration')
  return Math.round(units.reduce((sum, unit) => sum + read(duration[unit], unit) * lengths[unit], 0))
}

function read(value: unknown, unit: string): number {
  if (value === undefined) return 0
  if (typeof value !== 'number') throw new TypeError(`"${unit}" must be a number, got ${kindOf(value)}`)
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`"${unit}" must not be negative, got ${value}`)
  return value
}
