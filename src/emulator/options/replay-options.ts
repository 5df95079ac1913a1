import { assertOneOf, kindOf } from '../../internal/assert.ts'
import { minuteMs } from '../../internal/clock.ts'
import { assertKeys, assertNumber } from './assert-options.ts'

/** The replay endpoints of v2, with the names that they have in the client. */
const replayEndpoints = ['webhooks', 'account_activity'] as const

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
  /**
   * The replay endpoints of v2 that the server has. To a request for the other one, it answers 404, as X does for a path
   * that it does not have. X had only the older one until 2026, and announced that it ends on 2026-03-25.
   *
   * - `webhooks`: `POST /2/webhooks/replay`, the newer endpoint.
   * - `account_activity`: `POST /2/account_activity/replay/webhooks/{id}/subscriptions/all`, the older endpoint.
   *
   * @defaultValue `['webhooks', 'account_activity']`
   */
  readonly endpoints?: readonly (typeof replayEndpoints)[number][] | undefined
}

/** The same with times in milliseconds and sizes in bytes. */
export interface ReplaySettings {
  readonly takesMs: number
  readonly keptBytes: number
  readonly endpoints: readonly (typeof replayEndpoints)[number][]
}

export function readReplaySettings(options: ReplayOptions = {}): ReplaySettings {
  assertKeys(options, ['takesMinutes', 'keptMegabytes', 'endpoints'], 'replay')
  const { takesMinutes = 0, keptMegabytes = 32, endpoints = replayEndpoints } = options
  assertNumber(takesMinutes, 'replay.takesMinutes')
  assertNumber(keptMegabytes, 'replay.keptMegabytes')
  assertEndpoints(endpoints)
  return { takesMs: Math.round(takesMinutes * minuteMs), keptBytes: keptMegabytes * 2 ** 20, endpoints: [...endpoints] }
}

function assertEndpoints(endpoints: unknown): void {
  if (!Array.isArray(endpoints)) throw new TypeError(`"replay.endpoints" must be an array, got ${kindOf(endpoints)}`)
  for (const [index, endpoint] of endpoints.entries()) {
    assertOneOf(endpoint, replayEndpoints, `replay.endpoints[${index}]`)
  }
}
