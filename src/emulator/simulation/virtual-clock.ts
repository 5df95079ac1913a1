import { kindOf } from '../../internal/assert.ts'
import { type Clock, hourMs, minuteMs } from '../../internal/clock.ts'
import { assertKeys } from '../options/assert-options.ts'

/** A duration. The members are added up, and each is 0 by default. None may be negative. */
export interface Duration {
  /** Days of 24 hours. */
  readonly days?: number | undefined
  /** Hours. */
  readonly hours?: number | undefined
  /** Minutes. */
  readonly minutes?: number | undefined
  /** Seconds. */
  readonly seconds?: number | undefined
  /** Milliseconds. */
  readonly ms?: number | undefined
}

const unitMs = { days: 24 * hourMs, hours: hourMs, minutes: minuteMs, seconds: 1000, ms: 1 } as const
const units = ['days', 'hours', 'minutes', 'seconds', 'ms'] as const

/** A clock that follows a base clock and can be advanced. */
export class VirtualClock {
  /** How far the clock differs from the base clock because of a fault, in milliseconds. */
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

  /** The time without what the clock was advanced by: the time of the client and the receiver, apart from the skew. */
  baseNow(): number {
    const time = this.#base()
    if (typeof time !== 'number') throw new TypeError(`"now" must return a number, got ${kindOf(time)}`)
    if (!Number.isFinite(time)) throw new RangeError(`"now" must return milliseconds since 1970, got ${time}`)
    return Math.floor(time + this.skewMs)
  }

  /** How far the clock was advanced, in milliseconds. */
  get ahead(): number {
    return this.#counters.ahead
  }

  set ahead(ms: number) {
    this.#counters.ahead = ms
  }

  /** Sets the clock to a time. It continues from there. */
  moveTo(time: number): void {
    this.ahead += time - this.now()
  }
}

/**
 * A duration in milliseconds.
 *
 * @throws TypeError when `duration` is not an object, or a member is not a number.
 * @throws RangeError when a member is negative or infinite, or is not a unit.
 */
export function durationMs(duration: Duration): number {
  assertKeys(duration, units, 'duration')
  return Math.round(units.reduce((sum, unit) => sum + readAmount(duration[unit], unit) * unitMs[unit], 0))
}

function readAmount(value: unknown, unit: string): number {
  if (value === undefined) return 0
  if (typeof value !== 'number') throw new TypeError(`"${unit}" must be a number, got ${kindOf(value)}`)
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`"${unit}" must not be negative, got ${value}`)
  return value
}
