const minute = 60_000
const hour = 60 * minute

/** A window in milliseconds since 1970: `from` is in it, `to` is not. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** What a generation of the API takes for a window. */
export interface WindowRules {
  /** How far back it may begin, in milliseconds, and in words. */
  readonly reachesMs: number
  readonly reaches: string
  /** How long ago it must have begun, and ended. */
  readonly fromAgeMs: number
  readonly toAgeMs: number
}

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const v2Window: WindowRules = {
  reachesMs: 24 * hour,
  reaches: '24 hours',
  fromAgeMs: 31 * minute,
  toAgeMs: 10 * minute,
}

/** That of v1.1 enterprise. */
export const enterpriseWindow: WindowRules = { ...v2Window, reachesMs: 5 * 24 * hour, reaches: 'five days' }

/** What is wrong with a window. */
export interface WindowProblem {
  readonly parameter: 'from_date' | 'to_date'
  readonly wrong: 'missing' | 'malformed' | 'negative' | 'in-future' | 'too-old' | 'too-recent' | 'not-in-order'
  /** The same in one sentence. */
  readonly details: string
}

/** Reads a window as X does: the window, or the first thing that is wrong with it. */
export function readWindow(
  dates: { readonly from: string; readonly to: string },
  now: number,
  rules: WindowRules = v2Window,
): Window | WindowProblem {
  const from = readDate(dates.from)
  if (typeof from === 'string') return problem('from_date', from)
  const to = readDate(dates.to)
  if (typeof to === 'string') return problem('to_date', to)
  if (from > now) return problem('from_date', 'in-future')
  if (to > now) return problem('to_date', 'in-future')
  if (from < now - rules.reachesMs) return problem('from_date', 'too-old', rules.reaches)
  if (from > now - rules.fromAgeMs) return problem('from_date', 'too-recent', `${rules.fromAgeMs / minute} minutes`)
  if (to > now - rules.toAgeMs) return problem('to_date', 'too-recent', `${rules.toAgeMs / minute} minutes`)
  if (from >= to) return problem('from_date', 'not-in-order')
  return { from, to }
}

function problem(parameter: WindowProblem['parameter'], wrong: WindowProblem['wrong'], limit?: string): WindowProblem {
  return { parameter, wrong, details: `${parameter} ${explain(wrong, limit)}` }
}

function explain(wrong: WindowProblem['wrong'], limit = ''): string {
  switch (wrong) {
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
      return wrong satisfies never
  }
}

/** The time that `yyyymmddhhmm` tells in UTC; there is no 31 February, and no hour 24. */
function readDate(text: string): number | 'missing' | 'malformed' | 'negative' {
  if (text.trim() === '') return 'missing'
  if (/^-\d+$/.test(text)) return 'negative'
  const [, year, month, day, hour, minutes] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  const iso = `${year}-${month}-${day}T${hour}:${minutes}:00.000Z`
  const time = Date.parse(iso)
  return !Number.isNaN(time) && new Date(time).toISOString() === iso ? time : 'malformed'
}
