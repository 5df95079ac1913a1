import type { ReplayWindowIssue } from '../errors/replay-window-error.ts'
import { assertInteger, assertObject } from '../internal/assert.ts'
import { type ReplayWindowInput, readReplayWindow } from './read-replay-window.ts'
import { type ReplayRules, v2ReplayRules } from './replay-rules.ts'

/** Options of {@link checkReplayWindow} and {@link replayWindow}. */
export interface ReplayWindowOptions {
  /**
   * The current time: a `Date`, or milliseconds since 1970.
   *
   * @defaultValue the clock of this machine
   */
  readonly now?: Date | number | undefined
  /**
   * The rules of the API that creates the replay job. Pass `enterpriseReplayRules` for the enterprise API.
   *
   * @defaultValue `v2ReplayRules`
   */
  readonly rules?: ReplayRules | undefined
}

/**
 * Lists every rule of X that a replay window breaks. The list is empty when X would accept the window.
 *
 * `from` is inclusive, `to` is exclusive. X accepts whole minutes in UTC. A window with a `Date` between two minutes is
 * widened to whole minutes, unless X would refuse the wider one.
 *
 * @throws TypeError when the window is not an object, `from` or `to` is neither a `Date` nor a string, or an option is of
 * the wrong type.
 * @throws RangeError when `now` is not a valid time, or a rule is not a valid number of minutes.
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

/** @throws TypeError or RangeError when an option is of the wrong type or out of range. */
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
