import { ReplayWindowError } from '../errors/replay-window-error.ts'
import { type ReplayWindowOptions, readOptions } from './check-replay-window.ts'
import { formatReplayDate } from './format-replay-date.ts'
import { type ReplayWindowInput, readReplayWindow } from './read-replay-window.ts'

/** A span of time in whole minutes, `from` included and `to` not, as the replay endpoints take it. */
export interface ReplayWindow {
  readonly from: Date
  readonly to: Date
  /** `from` as it goes over the wire: `yyyymmddhhmm`, UTC. */
  readonly fromDate: string
  /** `to` as it goes over the wire: `yyyymmddhhmm`, UTC. */
  readonly toDate: string
}

/**
 * A replay window that X accepts, in whole minutes.
 *
 * @throws {@link ReplayWindowError} listing every rule that it breaks; see {@link checkReplayWindow}.
 * @throws TypeError when the window is no object, an end is neither `Date` nor string, or `now` no time.
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

/** The window between two whole minutes. */
export function windowOf(from: Date, to: Date): ReplayWindow {
  return { from, to, fromDate: formatReplayDate(from), toDate: formatReplayDate(to) }
}
