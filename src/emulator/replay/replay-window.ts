const minute = 60_000
const hour = 60 * minute

/** A window in milliseconds since 1970: `from` is in it, `to` is not. */
export interface ReplayWindow {
  readonly from: number
  readonly to: number
}

/** What a generation of the API takes for a window. */
export interface WindowRules {
  /** How far back it may begin, in milliseconds, and in words. */
  readonly maxAgeMs: number
  readonly maxAgeText: string
  /** How long ago it must have begun, and ended. */
  readonly minFromAgeMs: number
  readonly minToAgeMs: number
}

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const v2Window: WindowRules = {
  maxAgeMs: 24 * hour,
  maxAgeText: '24 hours',
  minFromAgeMs: 31 * minute,
  minToAgeMs: 10 * minute,
}

/** That of v1.1 enterprise. */
export const enterpriseWindow: WindowRules = { ...v2Window, maxAgeMs: 5 * 24 * hour, maxAgeText: 'five days' }

/** What is wrong with a window. */
export interface WindowProblem {
  readonly parameter: 'from_date' | 'to_date'
  readonly rule: 'missing' | 'malformed' | 'negative' | 'in-future' | 'too-old' | 'too-recent' | 'not-in-order'
  /** The same in one sentence. */
  readonly details: string
}

/** Reads a window as X does: the window, or the first thing that is wrong with it. */
export function readWindow(
  dates: { readonly from: string; readonly to: string },
  now: number,
  rules: WindowRules = v2Window,
): ReplayWindow | WindowProblem {
  const from = parseDate(dates.from)
  if (typeof from === 'string') return windowProblem('from_date', from)
  const to = parseDate(dates.to)
  if (typeof to === 'string') return windowProblem('to_date', to)
  if (from > now) return windowProblem('from_date', 'in-future')
  if (to > now) return windowProblem('to_date', 'in-future')
  if (from < now - rules.maxAgeMs) return windowProblem('from_date', 'too-old', rules.maxAgeText)
  if (from > now - rules.minFromAgeMs)
    return windowProblem('from_date', 'too-recent', `${rules.minFromAgeMs / minute} minutes`)
  if (to > now - rules.minToAgeMs) return windowProblem('to_date', 'too-recent', `${rules.minToAgeMs / minute} minutes`)
  if (from >= to) return windowProblem('from_date', 'not-in-order')
  return { from, to }
}

function windowProblem(
  parameter: WindowProblem['parameter'],
  rule: WindowProblem['rule'],
  limit?: string,
): WindowProblem {
  return { parameter, rule, details: `${parameter} ${describeRule(rule, limit)}` }
}

function describeRule(rule: WindowProblem['rule'], limit = ''): string {
  switch (rule) {
    case 'missing':
    case 'malformed':
    case 'negative':
      return 'must be a date and time in the form yyyymmddhhmm'
    case 'in-future':
      return 'must not be in the future'
    case 'too-old':
      return `must not be older than ${limit}`
    case 'too-recent':
      return `must be at least ${limit} in the past`
    case 'not-in-order':
      return 'must be before to_date'
    default:
      return rule satisfies never
  }
}

/** The time that `yyyymmddhhmm` tells in UTC; there is no 31 February, and no hour 24. */
function parseDate(text: string): number | 'missing' | 'malformed' | 'negative' {
  if (text.trim() === '') return 'missing'
  if (/^-\d+$/.test(text)) return 'negative'
  const [, year, month, day, hour, minutes] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  const iso = `${year}-${month}-${day}T${hour}:${minutes}:00.000Z`
  const time = Date.parse(iso)
  return !Number.isNaN(time) && new Date(time).toISOString() === iso ? time : 'malformed'
}
