import { assertKeys, assertNumber } from './assert-options.ts'

/** How replay jobs differ from those that you get without options. */
export interface ReplayOptions {
  /**
   * Minutes on the emulator's clock from the start of a job to its deliveries: 0 unless given, and then it is over as
   * soon as the receiver has answered. While a job is under way, the next one is a `ReplayConflictError`.
   */
  readonly takesMinutes?: number
  /**
   * How much is kept for replay, for each webhook: the bodies of the last events, 32 megabytes of them unless given. That
   * is some 10,000 posts or 25,000 follows.
   */
  readonly keptMegabytes?: number
}

export interface ReplaySettings {
  readonly takesMs: number
  readonly keptBytes: number
}

export function readReplaySettings(options: ReplayOptions = {}): ReplaySettings {
  assertKeys(options, ['takesMinutes', 'keptMegabytes'], 'replay')
  const { takesMinutes = 0, keptMegabytes = 32 } = options
  assertNumber(takesMinutes, 'replay.takesMinutes')
  assertNumber(keptMegabytes, 'replay.keptMegabytes')
  return { takesMs: Math.round(takesMinutes * 60_000), keptBytes: keptMegabytes * 2 ** 20 }
}
