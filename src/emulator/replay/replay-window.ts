import { hourMs, minuteMs } from '../../internal/clock.ts'
import type { ReplayWindow } from '../state/tables.ts'

/** The rules of a generation of the API for replay windows. */
export interface WindowRules {
  /** How long ago `from_date` may be at most, in milliseconds. */
  readonly maxAgeMs: number
  /** The same in words, for messages. */
  readonly maxAgeText: string
  /** How long ago `from_date` must be at least, in milliseconds. */
  readonly minFromAgeMs: number
  /** How long ago `to_date` must be at least, in milliseconds. */
  readonly minToAgeMs: number
  /** Whether the minute of `to_date` is in the window. */
  readonly includesTo?: boolean
}

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const v2Window: WindowRules = {
  maxAgeMs: 24 * hourMs,
  maxAgeText: '24 hours',
  minFromAgeMs: 31 * minuteMs,
  minToAgeMs: 10 * minuteMs,
}

/** The newer path of v2. The OpenAPI description of X calls both dates inclusive. */
export const webhookReplayWindow: WindowRules = { ...v2Window, includesTo: true }

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const enterpriseWindow: WindowRules = { ...v2Window, maxAgeMs: 5 * 24 * hourMs, maxAgeText: 'five days' }

/** The rule that a window breaks. */
export interface WindowProblem {
  readonly parameter: 'from_date' | 'to_date'
  readonly rule: 'missing' | 'malformed' | 'negative' | 'in-future' | 'too-old' | 'too-recent' | 'not-in-order'
  /** The problem in one sentence. */
  readonly details: string
}

/** Reads a window as X does. Returns the window, or the first rule that it breaks. */
export function readWindow(
  dates: { readonly from: string; readonly to: string },
  now: number,
  rules: WindowRules = v2Window,
): ReplayWindow | WindowProblem {
  const from = parseDate(dates.from)
  if (typeof from === 'string') return windowProblem('from_date', from)
  const to = parseDate(dates.to)
  if (typeof to === 'string') return windowProblem('to_date', to)
  const { maxAgeMs, maxAgeText, minFromAgeMs, minToAgeMs } = rules
  if (from > now) return windowProblem('from_date', 'in-future')
  if (to > now) return windowProblem('to_date', 'in-future')
  if (from < now - maxAgeMs) return windowProblem('from_date', 'too-old', maxAgeText)
  if (from > now - minFromAgeMs) return windowProblem('from_date', 'too-recent', `${minFromAgeMs / minuteMs} minutes`)
  if (to > now - minToAgeMs) return windowProblem('to_date', 'too-recent', `${minToAgeMs / minuteMs} minutes`)
  const end = rules.includesTo ? to + minuteMs : to
  if (from >= end) return windowProblem('from_date', 'not-in-order')
  return { from, to: end }
}

/** Parses `yyyymmddhhmm` in UTC. A date that does not exist is malformed, such as 31 February or hour 24. */
function parseDate(text: string): number | 'missing' | 'malformed' | 'negative' {
  if (text.trim() === '') return 'missing'
  if (/^-\d+$/.test(text)) return 'negative'
  const [, year, month, day, hours, minutes] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  const iso = `${year}-${month}-${day}T${hours}:${minutes}:00.000Z`
  const time = Date.parse(iso)
  return !Number.isNaN(time) && new Date(time).toISOString() === iso ? time : 'malformed'
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
