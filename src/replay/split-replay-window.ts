import { assertInteger, assertObject } from '../internal/assert.ts'
import { minuteMs } from '../internal/clock.ts'
import { type ReplayWindow, windowOf } from './replay-window.ts'

/**
 * A window cut into consecutive ones, oldest first: X advises to ask for about two hours at a time, and runs one job
 * at a time for a webhook.
 *
 * @param window - What {@link replayWindow} returned.
 * @param options - `minutes`: how long each is at most, 120 unless given. The last may be shorter.
 * @throws TypeError when `window` has no two dates, or `minutes` is no number.
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
export function splitReplayWindow(window: ReplayWindow, { minutes = 120 }: { minutes?: number } = {}): ReplayWindow[] {
  assertObject(window, 'window')
  assertInteger(minutes, 'minutes', { min: 1 })
  if (!(window.from instanceof Date && window.to instanceof Date)) {
    throw new TypeError('"window" must be what replayWindow() returned: "from" and "to" must be Dates')
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
