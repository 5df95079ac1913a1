import { kindOf } from '../internal/assert.ts'

export function assertFlag(value: unknown, label: string): asserts value is boolean {
  if (typeof value !== 'boolean') throw new TypeError(`"${label}" must be a boolean, got ${kindOf(value)}`)
}
