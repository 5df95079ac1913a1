import { ReplayWindowError } from '../errors/replay-window-error.ts'
import { type ReplayWindowOptions, readOptions } from './check-replay-window.ts'
import { formatReplayDate } from './format-replay-date.ts'
import { type ReplayWindowInput, readReplayWindow } from './read-replay-window.ts'

/** A replay window in whole minutes. */
export interface ReplayWindow {
  /** The beginning, inclusive. */
  readonly from: Date
  /** The end, exclusive. */
  readonly to: Date
  /** `from` in the format of the replay endpoints: `yyyymmddhhmm` in UTC. */
  readonly fromDate: string
  /** `to` in the format of the replay endpoints: `yyyymmddhhmm` in UTC. */
  readonly toDate: string
}

/**
 * Makes a replay window that X accepts, in whole minutes. To get the broken rules as a list instead of an error, call
 * {@link checkReplayWindow}.
 *
 * @throws {@link ReplayWindowError} that lists every rule that the window breaks.
 * @throws TypeError when the window is not an object, `from` or `to` is neither a `Date` nor a string, or an option is of
 * the wrong type.
 * @throws RangeError when `now` is not a valid time, or a rule is not a valid number of minutes.
 * @see https://docs.x.com/x-api/account-activity/quickstart
 *
 * @example
 * import { replayWindow } from 'x-account-activity/replay'
 *
 * const now = new Date('2026-11-21T12:00:00Z')
 * replayWindow({ from: '202611211000', to: new Date('2026-11-21T11:30:00Z') }, { now }).toDate // '202611211130'
 */
export function replayWindow(window: ReplayWindowInput, options: ReplayWindowOptions = {}): ReplayWindow {
  const { from, to, issues } = readReplayWindow(window, readOptions(options))
  if (from === undefined || to === undefined || issues.length > 0) throw new ReplayWindowError(issues)
  return windowOf(from, to)
}

/** The window between two times in whole minutes. */
export function windowOf(from: Date, to: Date): ReplayWindow {
  return { from, to, fromDate: formatReplayDate(from), toDate: formatReplayDate(to) }
}
