import { keptFor } from './event-log.ts'

const minute = 60_000

/** A window in milliseconds since 1970: `from` is in it, `to` is not. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** Reads a window as X does: the window, or what is wrong with it in one sentence. */
export function readWindow({ from, to }: { from: string; to: string }, now: number): Window | string {
  const start = readDate(from)
  const end = readDate(to)
  if (start === undefined) return 'from_date must be a date and time in the form yyyymmddhhmm'
  if (end === undefined) return 'to_date must be a date and time in the form yyyymmddhhmm'
  if (start > now) return 'from_date must not be in the future'
  if (end > now) return 'to_date must not be in the future'
  if (start < now - keptFor) return 'from_date must not be older than 24 hours'
  if (start > now - 31 * minute) return 'from_date must be at least 31 minutes in the past'
  if (end > now - 10 * minute) return 'to_date must be at least 10 minutes in the past'
  if (start >= end) return 'from_date must be before to_date'
  return { from: start, to: end }
}

/** The time that `yyyymmddhhmm` tells in UTC; there is no 31 February, and no hour 24. */
function readDate(text: string): number | undefined {
  const [, year, month, day, hour, minutes] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  const iso = `${year}-${month}-${day}T${hour}:${minutes}:00.000Z`
  const time = Date.parse(iso)
  return !Number.isNaN(time) && new Date(time).toISOString() === iso ? time : undefined
}
