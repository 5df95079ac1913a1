import { assertFunction } from '../internal/assert.ts'
import { type CrcSchedule, type CrcScheduleOptions, readCrcSchedule } from './options/crc-options.ts'
import { type ReplayOptions, type ReplaySettings, readReplaySettings } from './options/replay-options.ts'
import { type RetryPolicy, readRetries } from './options/retry-policy.ts'
import type { Tier } from './options/tiers.ts'
import { DelayedDeliveries } from './outbox/delayed-deliveries.ts'
import { injectSendFaults } from './outbox/faulty-send.ts'
import { Outbox, type Send, type Transport } from './outbox/outbox.ts'
import { assertFaults, type FaultOptions, Faults } from './simulation/faults.ts'
import { PendingTasks } from './simulation/pending-tasks.ts'
import { Scheduler } from './simulation/scheduler.ts'
import type { SeededRandom } from './simulation/seeded-random.ts'
import type { VirtualClock } from './simulation/virtual-clock.ts'
import type { Counters } from './state/counters.ts'

/** The options of deliveries, challenges and replays. */
export interface DeliveryOptions {
  /**
   * Sends challenges and deliveries, and returns the answer of the webhook.
   *
   * @defaultValue the global `fetch` at the time of each request
   */
  readonly fetch?: Send | undefined
  /**
   * When X attempts a failed delivery again.
   *
   * @defaultValue the policy of the tier: `'none'` for `sandbox`, `'four-hours'` for all others
   */
  readonly retries?: RetryPolicy | undefined
  /**
   * When X challenges the webhooks on its own. `false` turns this off.
   *
   * @defaultValue every 30 minutes, the webhooks that have not passed a challenge for 24 hours
   */
  readonly crcSchedule?: false | CrcScheduleOptions | undefined
  /** How replay jobs run. */
  readonly replay?: ReplayOptions | undefined
  /**
   * The faults to inject. `x.faults()` replaces them later.
   *
   * @defaultValue no faults
   */
  readonly faults?: FaultOptions | undefined
}

/** The parts of a platform that send requests to webhooks, and that decide when. */
export interface DeliverySystem {
  readonly send: Transport
  readonly pendingTasks: PendingTasks
  readonly outbox: Outbox
  readonly delayedDeliveries: DelayedDeliveries
  readonly scheduler: Scheduler
  /** The time before each further attempt, in milliseconds. */
  readonly retries: readonly number[]
  readonly crcSchedule: CrcSchedule
  readonly replay: ReplaySettings
  readonly faults: Faults
}

/** What a delivery system takes from the platform. */
interface DeliveryContext {
  readonly tier: Tier
  readonly clock: VirtualClock
  readonly random: SeededRandom
  readonly counters: Counters
  /** The number of deliveries that the log keeps at least. */
  readonly minLogged: number
}

export function createDeliverySystem(
  options: DeliveryOptions,
  { tier, clock, random, counters, minLogged }: DeliveryContext,
): DeliverySystem {
  const { fetch, retries, crcSchedule, replay, faults: faultOptions = {} } = options
  if (fetch !== undefined) assertFunction(fetch, 'fetch')
  const faults = new Faults(random, counters)
  const send = injectSendFaults(fetch === undefined ? globalFetch : (request) => fetch(request), faults)
  const pendingTasks = new PendingTasks()
  const delayedDeliveries = new DelayedDeliveries()
  const system: DeliverySystem = {
    send,
    pendingTasks,
    outbox: new Outbox({
      send,
      clock: { now: () => clock.now(), baseNow: () => clock.baseNow() },
      pendingTasks,
      minLogged,
    }),
    delayedDeliveries,
    scheduler: new Scheduler(clock, {
      track: (task) => pendingTasks.track(task),
      whenIdle: () => whenIdle(pendingTasks, delayedDeliveries),
    }),
    retries: readRetries(tier, retries),
    crcSchedule: readCrcSchedule(crcSchedule),
    replay: readReplaySettings(replay),
    faults,
  }
  setFaults({ faults, clock }, faultOptions)
  return system
}

/** Replaces all faults. */
export function setFaults({ faults, clock }: { faults: Faults; clock: VirtualClock }, options: FaultOptions): void {
  assertFaults(options)
  faults.set(options)
  clock.skewMs = options.clockSkewMs ?? 0
}

/** Sends the delayed deliveries, and waits until no task is pending. */
async function whenIdle(pendingTasks: PendingTasks, delayedDeliveries: DelayedDeliveries): Promise<void> {
  do {
    delayedDeliveries.release()
    await pendingTasks.whenIdle()
  } while (!delayedDeliveries.isEmpty)
}

/** Reads `globalThis.fetch` at each call, so that a later replacement is used. */
const globalFetch: Transport = (request, signal) => globalThis.fetch(request, { signal })
