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

/** How an emulator delivers. */
export interface DeliveryOptions {
  /** How CRC requests and deliveries go out: by the global `fetch` unless given. */
  readonly fetch?: Send
  /** When X tries again to deliver what was not received: as the tier has it unless given. */
  readonly retries?: RetryPolicy
  /** When X challenges webhooks by itself, or `false` where it never does. */
  readonly crcSchedule?: false | CrcScheduleOptions
  readonly replay?: ReplayOptions
  /** What goes wrong on purpose; `x.faults()` changes it. */
  readonly faults?: FaultOptions
}

/** The parts of a platform that deliver, and know when. */
export interface DeliverySystem {
  readonly send: Transport
  readonly pendingTasks: PendingTasks
  readonly outbox: Outbox
  /** Deliveries that let the next one pass. */
  readonly delayedDeliveries: DelayedDeliveries
  readonly scheduler: Scheduler
  /** How long X waits before each further attempt, in milliseconds. */
  readonly retries: readonly number[]
  readonly crcSchedule: CrcSchedule
  readonly replay: ReplaySettings
  readonly faults: Faults
}

export function createDeliverySystem(
  options: DeliveryOptions,
  { tier, clock, random, counters }: { tier: Tier; clock: VirtualClock; random: SeededRandom; counters: Counters },
): DeliverySystem {
  const { fetch, retries, crcSchedule, replay, faults: wanted = {} } = options
  if (fetch !== undefined) assertFunction(fetch, 'fetch')
  const faults = new Faults(random, counters)
  const send = injectSendFaults(fetch === undefined ? viaGlobalFetch : (request) => fetch(request), faults)
  const pendingTasks = new PendingTasks()
  const delayedDeliveries = new DelayedDeliveries()
  const system: DeliverySystem = {
    send,
    pendingTasks,
    outbox: new Outbox(send, { now: () => clock.now(), base: () => clock.baseNow() }, pendingTasks),
    delayedDeliveries,
    scheduler: new Scheduler(clock, {
      track: (task) => pendingTasks.track(task),
      idle: () => idle(pendingTasks, delayedDeliveries),
    }),
    retries: readRetries(tier, retries),
    crcSchedule: readCrcSchedule(crcSchedule),
    replay: readReplaySettings(replay),
    faults,
  }
  setFaults({ faults, clock }, wanted)
  return system
}

/** Lets these things go wrong from now on, and no others. */
export function setFaults({ faults, clock }: { faults: Faults; clock: VirtualClock }, wanted: FaultOptions): void {
  assertFaults(wanted)
  faults.set(wanted)
  clock.skewMs = wanted.clockSkewMs ?? 0
}

/** Waits until nothing is under way, and nothing waits for another to pass. */
async function idle(pendingTasks: PendingTasks, delayedDeliveries: DelayedDeliveries): Promise<void> {
  do {
    delayedDeliveries.release()
    await pendingTasks.whenIdle()
  } while (!delayedDeliveries.isEmpty)
}

/** Looked up at each call, so that whatever replaces `fetch` later is used. */
const viaGlobalFetch: Transport = (request, signal) => globalThis.fetch(request, { signal })
