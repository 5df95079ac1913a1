import { assertFunction } from '../internal/assert.ts'
import { type CrcSchedule, type CrcScheduleOptions, readCrcSchedule } from './options/crc-options.ts'
import { type ReplayOptions, type ReplaySettings, readReplaySettings } from './options/replay-options.ts'
import { type RetryPolicy, readRetries } from './options/retry-policy.ts'
import type { Tier } from './options/tiers.ts'
import { faultySend } from './outbox/faulty-send.ts'
import { HeldBack } from './outbox/held-back.ts'
import { Outbox, type Send, type Transport } from './outbox/outbox.ts'
import { assertFaults, type FaultOptions, Faults } from './simulation/faults.ts'
import { UnderWay } from './simulation/pending-tasks.ts'
import { Scheduler } from './simulation/scheduler.ts'
import type { Chance } from './simulation/seeded-random.ts'
import type { VirtualClock } from './simulation/virtual-clock.ts'
import type { Progress } from './state/counters.ts'

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
  readonly underWay: UnderWay
  readonly outbox: Outbox
  /** Deliveries that let the next one pass. */
  readonly heldBack: HeldBack
  readonly scheduler: Scheduler
  /** How long X waits before each further attempt, in milliseconds. */
  readonly retries: readonly number[]
  readonly crcSchedule: CrcSchedule
  readonly replay: ReplaySettings
  readonly faults: Faults
}

export function createDeliverySystem(
  options: DeliveryOptions,
  { tier, clock, chance, progress }: { tier: Tier; clock: VirtualClock; chance: Chance; progress: Progress },
): DeliverySystem {
  const { fetch, retries, crcSchedule, replay, faults: wanted = {} } = options
  if (fetch !== undefined) assertFunction(fetch, 'fetch')
  const faults = new Faults(chance, progress)
  const send = faultySend(fetch === undefined ? viaGlobalFetch : (request) => fetch(request), faults)
  const underWay = new UnderWay()
  const heldBack = new HeldBack()
  const system: DeliverySystem = {
    send,
    underWay,
    outbox: new Outbox(send, { now: () => clock.now(), base: () => clock.base() }, underWay),
    heldBack,
    scheduler: new Scheduler(clock, { track: (task) => underWay.track(task), idle: () => idle(underWay, heldBack) }),
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
async function idle(underWay: UnderWay, heldBack: HeldBack): Promise<void> {
  do {
    heldBack.release()
    await underWay.idle()
  } while (!heldBack.isEmpty)
}

/** Looked up at each call, so that whatever replaces `fetch` later is used. */
const viaGlobalFetch: Transport = (request, signal) => globalThis.fetch(request, { signal })
