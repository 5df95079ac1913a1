import { assertInteger, assertObject } from '../internal/assert.ts'
import { minuteMs } from '../internal/clock.ts'
import { type ReplayWindow, windowOf } from './replay-window.ts'

/** Options of {@link splitReplayWindow}. */
export interface SplitReplayWindowOptions {
  /**
   * The length of each window in minutes: 1 or more. The last window may be shorter.
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
  const step = minutes * minuteMs
  const parts = Math.ceil((to - from) / step)
  return Array.from({ length: parts }, (_, part) =>
    windowOf(new Date(from + part * step), new Date(Math.min(from + (part + 1) * step, to))),
  )
}
