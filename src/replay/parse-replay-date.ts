import { kindOf } from '../internal/assert.ts'

const pattern = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})$/

/**
 * Parses a time in the format of the replay endpoints: `yyyymmddhhmm` in UTC.
 *
 * @throws TypeError when `text` is not a string.
 * @throws RangeError when it is not 12 digits, or the calendar has no such minute (30 February, 24:00).
 * @see https://docs.x.com/x-api/account-activity/quickstart
 *
 * @example
 * import { parseReplayDate } from 'x-account-activity/replay'
 *
 * parseReplayDate('202611210930').toISOString() // '2026-11-21T09:30:00.000Z'
 */
export function parseReplayDate(text: string): Date {
  if (typeof text !== 'string') throw new TypeError(`"text" must be a string, got ${kindOf(text)}`)
  const date = new Date(text.replace(pattern, '$1-$2-$3T$4:$5Z'))
  // `Date` moves 30 February and 24:00 to a later day. Formatting the result shows the difference.
  if (!pattern.test(text) || !isSameMinute(date, text)) {
    throw new RangeError('A replay date must be 12 digits, yyyymmddhhmm, of a minute in the calendar (UTC)')
  }
  return date
}

function isSameMinute(date: Date, text: string): boolean {
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 16).replace(/\D/g, '') === text
}
