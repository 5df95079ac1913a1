import { parseDuration } from './parse-duration.ts'

/**
 * Reads a time: `yyyymmddhhmm` in UTC, ISO 8601 such as `2026-11-29T10:00Z` or `2026-11-29T11:00+01:00`, a duration before
 * now such as `2h ago`, or `now`. A time without a zone is in UTC, as the times of X are.
 *
 * @param now - The current time in milliseconds since 1970.
 * @throws RangeError when the text is not a time.
 */
export function parseTime(text: string, now: number): Date {
  const trimmed = text.trim()
  const ago = /^(.+?)\s+ago$/.exec(trimmed)?.[1]
  if (trimmed === 'now') return new Date(now)
  if (ago !== undefined) return readDate(new Date(now - durationOf(ago, text)), text)
  const digits = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(trimmed)
  const iso = digits === null ? trimmed : `${digits.slice(1, 4).join('-')}T${digits.slice(4).join(':')}`
  const [, day, minute = 'T00:00', zone = 'Z'] = isoPattern.exec(iso) ?? []
  if (day === undefined) throw notATime(text)
  const date = readDate(new Date(`${day}${minute}${zone}`), text)
  // `Date` moves 30 February and 24:00 to a later day.
  if (new Date(`${day}T00:00Z`).toISOString().slice(0, 10) !== day || minute.startsWith('T24')) throw notATime(text)
  return date
}

const isoPattern = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?(Z|[+-]\d{2}:\d{2})?$/

function durationOf(text: string, whole: string): number {
  try {
    return parseDuration(text)
  } catch {
    throw notATime(whole)
  }
}

function readDate(date: Date, text: string): Date {
  if (Number.isNaN(date.getTime())) throw notATime(text)
  return date
}

function notATime(text: string): RangeError {
  return new RangeError(
    `"${text}" is not a time. Write yyyymmddhhmm in UTC, ISO 8601 such as 2026-11-29T10:00Z, or "2h ago".`,
  )
}
