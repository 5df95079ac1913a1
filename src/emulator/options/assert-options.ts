import { assertObject, kindOf } from '../../internal/assert.ts'

/** Checks that a value is a finite number from `min` to `max`, both included. */
export function assertNumber(
  value: unknown,
  label: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): asserts value is number {
  if (typeof value !== 'number') throw new TypeError(`"${label}" must be a number, got ${kindOf(value)}`)
  if (!(value >= min && value <= max)) throw new RangeError(`"${label}" must be from ${min} to ${max}, got ${value}`)
}

/** Checks that a value is an object without unknown keys: a misspelt option would otherwise have no effect. */
export function assertKeys(value: unknown, keys: readonly string[], label: string): asserts value is object {
  assertObject(value, label)
  const unknown = Object.keys(value).find((key) => !keys.includes(key))
  if (unknown === undefined) return
  const known = keys.length === 0 ? 'It has no members' : `Its members are ${keys.join(', ')}`
  throw new RangeError(`"${label}" must not have a member "${unknown}". ${known}.`)
}
