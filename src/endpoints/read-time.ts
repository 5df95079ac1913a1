import { kindOf } from '../internal/assert.ts'

/** Without a time zone, a text would be read in the time zone of this machine. */
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

/**
 * Reads a time that the caller passed: a `Date`, or a text in ISO 8601 format with a time zone.
 *
 * @throws TypeError or RangeError if it is neither.
 */
export function readTime(value: unknown, label: string): Date {
  if (!(value instanceof Date) && typeof value !== 'string') {
    throw new TypeError(`"${label}" must be a Date or a text in ISO 8601 format, got ${kindOf(value)}`)
  }
  if (typeof value === 'string' && !isoTime.test(value)) {
    throw new RangeError(`"${label}" must be in ISO 8601 format with a time zone`)
  }
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) throw new RangeError(`"${label}" must be a valid time`)
  return date
}
