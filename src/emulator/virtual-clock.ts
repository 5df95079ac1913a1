import { assertObject, kindOf } from '../internal/assert.ts'
import type { Clock } from '../internal/clock.ts'

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
  readonly #base: Clock
  #ahead = 0

  constructor(base: Clock) {
    this.#base = base
  }

  /** Milliseconds since 1970 on the emulator. */
  now(): number {
    return this.base() + this.#ahead
  }

  /** Milliseconds since 1970 where everybody else lives. */
  base(): number {
    const time = this.#base()
    if (typeof time !== 'number') throw new TypeError(`"now" must return a number, got ${kindOf(time)}`)
    if (!Number.isFinite(time)) throw new RangeError(`"now" must return milliseconds since 1970, got ${time}`)
    return Math.floor(time)
  }

  advance(duration: Duration): void {
    assertObject(duration, 'duration')
    this.#ahead += Math.round(units.reduce((sum, unit) => sum + read(duration[unit], unit) * lengths[unit], 0))
  }
}

function read(value: unknown, unit: string): number {
  if (value === undefined) return 0
  if (typeof value !== 'number') throw new TypeError(`"${unit}" must be a number, got ${kindOf(value)}`)
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`"${unit}" must not be negative, got ${value}`)
  return value
}
