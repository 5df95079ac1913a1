import type { ReplayWindowIssue, ReplayWindowIssueCode } from '../errors/replay-window-error.ts'
import { assertObject, kindOf } from '../internal/assert.ts'
import { minuteMs } from '../internal/clock.ts'
import { parseReplayDate } from './parse-replay-date.ts'
import type { ReplayRules } from './replay-rules.ts'

/** The beginning and the end of a replay window. */
export interface ReplayWindowInput {
  /** The beginning, inclusive: a `Date`, or `yyyymmddhhmm` in UTC. */
  readonly from: Date | string
  /** The end, exclusive: a `Date`, or `yyyymmddhhmm` in UTC. */
  readonly to: Date | string
}

/** A window in whole minutes, and the rules that it breaks. `from` or `to` is `undefined` when it is not a valid date. */
export interface ReadWindow {
  readonly from: Date | undefined
  readonly to: Date | undefined
  readonly issues: ReplayWindowIssue[]
}

/** Reads `from` and `to` as X does, and checks them against the rules. */
export function readReplayWindow(window: ReplayWindowInput, at: { now: number; rules: ReplayRules }): ReadWindow {
  assertObject(window, 'window')
  const from = readEnd(window.from, 'from')
  const to = readEnd(window.to, 'to')
  const issues = [...checkEnd('from', from, at), ...checkEnd('to', to, at)]
  const start = from && new Date(roundFrom(from, at))
  const end = to && new Date(roundTo(to, at))
  if (start && end && start >= end) issues.push(issue('from_date_not_before_to_date', '"from" must be before "to"'))
  return { from: start, to: end, issues }
}

function readEnd(value: Date | string, label: 'from' | 'to'): Date | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value
  if (typeof value !== 'string') throw new TypeError(`"${label}" must be a Date or a string, got ${kindOf(value)}`)
  try {
    return parseReplayDate(value)
  } catch {
    return undefined
  }
}

function checkEnd(
  end: 'from' | 'to',
  date: Date | undefined,
  { now, rules }: { now: number; rules: ReplayRules },
): ReplayWindowIssue[] {
  if (date === undefined) {
    return [
      issue(`${end}_date_format`, `"${end}" must be a valid Date, or 12 digits yyyymmddhhmm of a real minute in UTC`),
    ]
  }
  const age = (now - date.getTime()) / minuteMs
  const minAge = end === 'from' ? rules.minFromAgeMinutes : rules.minToAgeMinutes
  if (age < 0) return [issue(`${end}_date_in_future`, `"${end}" must be in the past (times are UTC)`)]
  if (age < minAge) return [issue(`${end}_date_too_recent`, `"${end}" must be at least ${minAge} minutes ago`)]
  if (age > rules.maxAgeMinutes) {
    return [issue(`${end}_date_too_old`, `"${end}" must be at most ${rules.maxAgeMinutes / 60} hours ago`)]
  }
  return []
}

/** Rounds down to the minute, so that the window contains everything; up if rounding down is older than X keeps. */
function roundFrom(date: Date, { now, rules }: { now: number; rules: ReplayRules }): number {
  const down = Math.floor(date.getTime() / minuteMs) * minuteMs
  const oldest = now - rules.maxAgeMinutes * minuteMs
  return down < oldest && date.getTime() >= oldest ? down + minuteMs : down
}

/** Rounds up to the minute, so that the window contains everything; down if rounding up is more recent than X accepts. */
function roundTo(date: Date, { now, rules }: { now: number; rules: ReplayRules }): number {
  const up = Math.ceil(date.getTime() / minuteMs) * minuteMs
  const latest = now - rules.minToAgeMinutes * minuteMs
  return up > latest && date.getTime() <= latest ? up - minuteMs : up
}

function issue(code: ReplayWindowIssueCode, message: string): ReplayWindowIssue {
  return { code, message }
}
