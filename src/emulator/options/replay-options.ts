import { minuteMs } from '../../internal/clock.ts'
import { assertKeys, assertNumber } from './assert-options.ts'

/** How replay jobs run. */
export interface ReplayOptions {
  /**
   * The minutes on the clock of the emulator from the start of a job to its deliveries. With 0, the job delivers right
   * away and ends when the receiver has answered. Until a job has ended, the next one is refused with
   * `ReplayConflictError`.
   *
   * @defaultValue 0
   */
  readonly takesMinutes?: number | undefined
  /**
   * The megabytes of delivery bodies that each webhook keeps for replays. When they exceed it, the oldest ones are
   * removed. 32 MB hold about 10,000 posts or 25,000 follows.
   *
   * @defaultValue 32
   */
  readonly keptMegabytes?: number | undefined
}

/** The same in milliseconds and bytes. */
export interface ReplaySettings {
  readonly takesMs: number
  readonly keptBytes: number
}

export function readReplaySettings(options: ReplayOptions = {}): ReplaySettings {
  assertKeys(options, ['takesMinutes', 'keptMegabytes'], 'replay')
  const { takesMinutes = 0, keptMegabytes = 32 } = options
  assertNumber(takesMinutes, 'replay.takesMinutes')
  assertNumber(keptMegabytes, 'replay.keptMegabytes')
  return { takesMs: Math.round(takesMinutes * minuteMs), keptBytes: keptMegabytes * 2 ** 20 }
}
