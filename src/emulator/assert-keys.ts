import { assertObject } from '../internal/assert.ts'

/** An object without keys that nobody reads: a misspelt option must not be taken for one that is not given. */
export function assertKeys(value: unknown, keys: readonly string[], label: string): asserts value is object {
  assertObject(value, label)
  const unknown = Object.keys(value).find((key) => !keys.includes(key))
  if (unknown !== undefined)
    throw new RangeError(`"${label}" has no "${unknown}": it takes ${keys.join(', ') || 'nothing'}`)
}
