import { assertBoolean, assertFunction, kindOf } from '../internal/assert.ts'
import { ActivityFeed } from './delivery/activity-feed.ts'
import { createDeliverySystem } from './delivery-system.ts'
import type { EmulatorOptions } from './emulator-options.ts'
import { Uploads } from './media/uploads.ts'

import { readEnvironments } from './options/environments.ts'
import { readLogLimits } from './options/log-limits.ts'
import { readLimits, readTier } from './options/tiers.ts'
import type { Platform } from './platform.ts'
import { RequestLog } from './requests/request-log.ts'
import { SeededRandom } from './simulation/seeded-random.ts'
import { createIdGenerator, createUniqueTimestamps } from './simulation/unique-ids.ts'
import { VirtualClock } from './simulation/virtual-clock.ts'
import { type Counters, newCounters } from './state/counters.ts'
import { Nonces } from './state/nonces.ts'
import { State } from './state/state.ts'
import { OpenStreams } from './streams/open-streams.ts'

/** The state that a platform continues from. */
export interface InitialState {
  readonly counters: Counters
  readonly state: State
}

/** Creates a platform from the options. It continues from `initial`, or starts empty. */
export function createPlatform(options: EmulatorOptions, initial: InitialState = emptyState(options)): Platform {
  const { limits, environments, logLimits, now = Date.now, strict = false } = options
  const { counters, state } = initial
  const tier = readTier(options.tier)
  assertFunction(now, 'now')
  assertBoolean(strict, 'strict')
  const { requests, deliveries } = readLogLimits(logLimits)
  const clock = new VirtualClock(now, counters)
  const random = new SeededRandom(counters)
  const deliverySystem = createDeliverySystem(options, { tier, clock, random, counters, minLogged: deliveries })
  const streams = new OpenStreams({ tier, clock, random, counters, state, ...deliverySystem })
  const activityFeed = new ActivityFeed()
  activityFeed.listen((sent) => streams.deliverActivity(sent))
  return {
    tier,
    limits: readLimits(tier, limits),
    environments: readEnvironments(environments),
    strict,
    clock,
    random,
    nextId: createIdGenerator(() => clock.now(), counters),
    newCrcToken: () => btoa(random.uuid(`crc token ${++counters.crcTokens}`)),
    newShortUrl: () => `https://t.co/${random.alphanumeric(`link ${++counters.links}`, 10)}`,
    uniqueTimestamp: createUniqueTimestamps(() => clock.now(), counters),
    counters,
    state,
    nonces: new Nonces(),
    uploads: new Uploads(),
    requests: new RequestLog(requests, () => state.secrets()),
    activityFeed,
    streams,
    ...deliverySystem,
  }
}

function emptyState({ seed = 0 }: EmulatorOptions): InitialState {
  assertSeed(seed)
  return { counters: newCounters(String(seed)), state: new State() }
}

function assertSeed(seed: unknown): asserts seed is number | string {
  if (typeof seed === 'string') return
  if (typeof seed !== 'number') throw new TypeError(`"seed" must be a number or a string, got ${kindOf(seed)}`)
  if (!Number.isFinite(seed)) throw new RangeError(`"seed" must be a finite number, got ${seed}`)
}
