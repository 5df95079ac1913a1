import { kindOf } from '../internal/assert.ts'

/** A finite number from `min` to `max`, both included. */
export function assertNumber(
  value: unknown,
  label: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): asserts value is number {
  if (typeof value !== 'number') throw new TypeError(`"${label}" must be a number, got ${kindOf(value)}`)
  if (!(value >= min && value <= max)) throw new RangeError(`"${label}" must be from ${min} to ${max}, got ${value}`)
}
