import { isJsonObject } from './json-object.ts'

/** The time of an event: the first of the four time fields of X that holds a valid time. */
export function occurredAt(value: unknown): Date | undefined {
  if (!isJsonObject(value)) return undefined
  return (
    parseTime(value.timestamp_ms) ??
    parseTime(value.created_timestamp) ??
    parseTime(value.created_at) ??
    parseTime(value.date_time)
  )
}

/** The same time as X wrote it, valid or not; `undefined` when X sent none. */
export function timestampText(value: unknown): string | undefined {
  if (!isJsonObject(value)) return undefined
  return (
    toText(value.timestamp_ms) ?? toText(value.created_timestamp) ?? toText(value.created_at) ?? toText(value.date_time)
  )
}

/**
 * The time as a part of an id: in milliseconds, however X wrote it, so that a replay in which it is written in another way
 * gives the same id. A time that is not valid is used as X wrote it; `undefined` when X sent none.
 */
export function timeForId(value: unknown): string | undefined {
  const text = timestampText(value)
  if (text === undefined || milliseconds.test(text)) return text
  const time = occurredAt(value)
  return time === undefined ? text : String(time.getTime())
}

/** The form in which X sends the time of most events. */
const milliseconds = /^[1-9]\d{0,14}$/

function toText(time: unknown): string | undefined {
  if (typeof time === 'number') return String(time)
  return typeof time === 'string' && time !== '' ? time : undefined
}

function parseTime(time: unknown): Date | undefined {
  if (typeof time === 'string') return toDate(parseText(time))
  return typeof time === 'number' && time >= 0 ? toDate(time) : undefined
}

/** The largest time that a `Date` can hold, in milliseconds. */
const latestTime = 8.64e15

function toDate(milliseconds: number): Date | undefined {
  const isTime = Number.isInteger(milliseconds) && Math.abs(milliseconds) <= latestTime
  return isTime ? new Date(milliseconds) : undefined
}

/** `1577106209387`, `Mon Dec 23 13:03:29 +0000 2019` or `2018-05-24T09:48:12+00:00`; `NaN` for anything else. */
function parseText(time: string): number {
  const milliseconds = parseDigits(time)
  if (!Number.isNaN(milliseconds)) return milliseconds
  return isPostDate(time) ? parsePostDate(time) : parseIsoDate(time)
}

/** Times have at most 16 digits, so the sum is exact wherever it is a valid time. */
function parseDigits(text: string): number {
  if (text === '') return Number.NaN
  let sum = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (!isDigit(code)) return Number.NaN
    sum = sum * 10 + (code - 0x30)
  }
  return sum
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

const postDatePattern = 'Aaa Aaa 00 00:00:00 +0000 0000'
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Compares a text with the pattern, in which `A`, `a`, `0` and `+` match any capital, small letter, digit and sign. */
function isPostDate(text: string): boolean {
  if (text.length !== postDatePattern.length) return false
  for (let index = 0; index < text.length; index += 1) {
    if (!matches(text.charCodeAt(index), postDatePattern.charAt(index))) return false
  }
  return true
}

function matches(code: number, pattern: string): boolean {
  switch (pattern) {
    case 'A':
      return code >= 0x41 && code <= 0x5a
    case 'a':
      return code >= 0x61 && code <= 0x7a
    case '0':
      return isDigit(code)
    case '+':
      return code === 0x2b || code === 0x2d
    default:
      return code === pattern.charCodeAt(0)
  }
}

/** Rewrites the date in ISO form, the only form that every engine must be able to read. */
function parsePostDate(text: string): number {
  const month = String(monthNames.indexOf(text.slice(4, 7)) + 1).padStart(2, '0')
  const time = `${text.slice(11, 19)}${text.slice(20, 23)}:${text.slice(23, 25)}`
  return Date.parse(`${text.slice(26)}-${month}-${text.slice(8, 10)}T${time}`)
}

const isoDate = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

function parseIsoDate(text: string): number {
  return isoDate.test(text) ? Date.parse(text) : Number.NaN
}
