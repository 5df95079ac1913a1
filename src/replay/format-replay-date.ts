import { kindOf } from '../internal/assert.ts'

/**
 * Formats a time for the replay endpoints: `yyyymmddhhmm` in UTC. Seconds are cut off.
 *
 * @throws TypeError when `date` is not a `Date`.
 * @throws RangeError when it is an invalid date, or its year is not from 0 to 9999.
 * @see https://docs.x.com/x-api/account-activity/quickstart
 *
 * @example
 * import { formatReplayDate } from 'x-account-activity/replay'
 *
 * formatReplayDate(new Date('2026-11-21T09:30:59Z')) // '202611210930'
 */
export function formatReplayDate(date: Date): string {
  if (!(date instanceof Date)) throw new TypeError(`"date" must be a Date, got ${kindOf(date)}`)
  const year = date.getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) throw new RangeError('"date" must be a valid Date of a year from 0 to 9999')
  return date.toISOString().slice(0, 16).replace(/\D/g, '')
}
