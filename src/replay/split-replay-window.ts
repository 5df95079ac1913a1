import { assertInteger, assertObject } from '../internal/assert.ts'
import { minuteMs } from '../internal/clock.ts'
import { v2ReplayRules } from './replay-rules.ts'
import { type ReplayWindow, windowOf } from './replay-window.ts'

/** Options of {@link splitReplayWindow}. */
export interface SplitReplayWindowOptions {
  /**
   * The length of each window in minutes: 1 or more. The last window may be shorter. With less than 21 minutes it may
   * be longer: a window that ends 10 minutes ago has at least 21 minutes, because X requires that it begins 31 minutes ago.
   *
   * @defaultValue 120
   */
  readonly minutes?: number | undefined
}

/**
 * Splits a replay window into consecutive windows, oldest first. X recommends windows of about two hours, and runs one
 * replay job at a time for a webhook.
 *
 * @param window - A window that {@link replayWindow} returned.
 * @throws TypeError when `from` or `to` of the window is not a `Date`, or `minutes` is not a number.
 * @throws RangeError when `from` is not before `to`, or `minutes` is not an integer of 1 or more.
 * @see https://docs.x.com/x-api/account-activity/quickstart
 *
 * @example
 * import { replayWindow, splitReplayWindow } from 'x-account-activity/replay'
 *
 * const now = new Date('2026-11-21T12:00:00Z')
 * const window = replayWindow({ from: '202611210600', to: '202611211100' }, { now })
 * splitReplayWindow(window).map((part) => part.fromDate)
 * // ['202611210600', '202611210800', '202611211000']
 */
export function splitReplayWindow(
  window: ReplayWindow,
  { minutes = 120 }: SplitReplayWindowOptions = {},
): ReplayWindow[] {
  assertObject(window, 'window')
  assertInteger(minutes, 'minutes', { min: 1 })
  if (!(window.from instanceof Date && window.to instanceof Date)) {
    throw new TypeError('"window" must be a window that replayWindow() returned: "from" and "to" must be Dates')
  }
  const from = window.from.getTime()
  const to = window.to.getTime()
  if (!(from < to)) throw new RangeError('"window" must begin before it ends')
  const { minFromAgeMinutes, minToAgeMinutes } = v2ReplayRules
  // The end of the window may be as recent as X accepts. Then no part may begin later than this.
  const latestStart = to - (minFromAgeMinutes - minToAgeMinutes) * minuteMs
  const starts = partStarts({ from, to }, minutes)
  const early = starts.filter((start, part) => part === 0 || start <= latestStart)
  // The last part begins earlier than planned, so that it is not longer than the others.
  if (early.length < starts.length && (early.at(-1) ?? from) < latestStart) early.push(latestStart)
  return early.map((start, part) => windowOf(new Date(start), new Date(early[part + 1] ?? to)))
}

/** Where the parts of a time begin, if each but the last has the same length. Times are in milliseconds since 1970. */
export function partStarts({ from, to }: { readonly from: number; readonly to: number }, minutes: number): number[] {
  const step = minutes * minuteMs
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, part) => from + part * step)
}
