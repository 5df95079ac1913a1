import { isRecord } from './json-object.ts'

const timeFields = ['timestamp_ms', 'created_timestamp', 'created_at', 'date_time'] as const

/** When something happened, as X wrote it; `undefined` where it didn't. */
export function stampOf(value: unknown): string | undefined {
  return firstStamp(value, (stamp) => stamp)
}

/** When something happened: from the first of X's four spellings that is a valid time. */
export function occurredAt(value: unknown): Date | undefined {
  return firstStamp(value, toDate)
}

/** What is made of the first stamp of which something can be made. */
function firstStamp<T>(value: unknown, read: (stamp: string) => T | undefined): T | undefined {
  if (!isRecord(value)) return undefined
  for (const field of timeFields) {
    const stamp = value[field]
    const isStamp = typeof stamp === 'number' || (typeof stamp === 'string' && stamp !== '')
    const found = isStamp ? read(String(stamp)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function toDate(stamp: string): Date | undefined {
  const date = new Date(toMilliseconds(stamp))
  return Number.isNaN(date.getTime()) ? undefined : date
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const postDate = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}:\d{2}:\d{2}) ([+-]\d{2})(\d{2}) (\d{4})$/
const isoDate = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

/** `1577106209387`, `Mon Dec 23 13:03:29 +0000 2019` or `2018-05-24T09:48:12+00:00`; `NaN` for anything else. */
function toMilliseconds(stamp: string): number {
  if (/^\d+$/.test(stamp)) return Number(stamp)
  if (isoDate.test(stamp)) return Date.parse(stamp)
  const [, month = '', day, time, hours, minutes, year] = postDate.exec(stamp) ?? []
  // Turned into the one form of date that every engine must read.
  const monthNumber = String(monthNames.indexOf(month) + 1).padStart(2, '0')
  return Date.parse(`${year}-${monthNumber}-${day}T${time}${hours}:${minutes}`)
}
