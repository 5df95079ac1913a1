import type { ReplayWindowIssue } from '../errors/replay-window-error.ts'
import { assertInteger, assertObject } from '../internal/assert.ts'
import { type ReplayWindowInput, readReplayWindow } from './read-replay-window.ts'
import { type ReplayRules, v2ReplayRules } from './replay-rules.ts'

/** What a window is held against. */
export interface ReplayWindowOptions {
  /** The time that counts as now: a `Date`, or milliseconds since 1970. The machine's clock unless given. */
  readonly now?: Date | number
  /** The rules of the API that is asked; those of v2 unless given. */
  readonly rules?: ReplayRules
}

/**
 * Every rule of X's that a replay window breaks; none when X would accept it.
 *
 * `from` is included, `to` is not. Both count in whole minutes of UTC: a `Date` between two minutes is widened to the
 * minutes around it, as far as the rules let it.
 *
 * @throws TypeError when the window is no object, an end is neither `Date` nor string, or `now` no time.
 * @see https://docs.x.com/x-api/account-activity/quickstart
 *
 * @example
 * import { checkReplayWindow } from 'x-account-activity/replay'
 *
 * const now = new Date('2026-11-21T12:00:00Z')
 * checkReplayWindow({ from: '202611211000', to: '202611211155' }, { now }).map((issue) => issue.code)
 * // ['to_date_too_recent']
 */
export function checkReplayWindow(window: ReplayWindowInput, options: ReplayWindowOptions = {}): ReplayWindowIssue[] {
  return readReplayWindow(window, readOptions(options)).issues
}

/** The options with what they leave open filled in. */
export function readOptions(options: ReplayWindowOptions): { now: number; rules: ReplayRules } {
  assertObject(options, 'options')
  const { now = Date.now(), rules = v2ReplayRules } = options
  const time = now instanceof Date ? now.getTime() : now
  if (typeof time !== 'number') throw new TypeError('"now" must be a Date or milliseconds since 1970')
  if (!Number.isFinite(time)) throw new RangeError('"now" must be a valid time')
  assertRules(rules)
  return { now: time, rules }
}

function assertRules(rules: ReplayRules): void {
  assertObject(rules, 'rules')
  assertInteger(rules.maxAgeMinutes, 'rules.maxAgeMinutes', { min: 1 })
  assertInteger(rules.minFromAgeMinutes, 'rules.minFromAgeMinutes')
  assertInteger(rules.minToAgeMinutes, 'rules.minToAgeMinutes')
}
