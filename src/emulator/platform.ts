import type { ActivityFeed } from './delivery/activity-feed.ts'
import type { DeliverySystem } from './delivery-system.ts'
import type { Uploads } from './media/uploads.ts'
import type { Limits, Tier } from './options/tiers.ts'
import type { RequestLog } from './requests/request-log.ts'
import type { SeededRandom } from './simulation/seeded-random.ts'
import type { VirtualClock } from './simulation/virtual-clock.ts'
import type { Counters } from './state/counters.ts'
import type { Nonces } from './state/nonces.ts'
import type { State } from './state/state.ts'
import type { OpenStreams } from './streams/open-streams.ts'

/** The context that all parts of one emulator share. */
export interface Platform extends DeliverySystem {
  readonly tier: Tier
  readonly limits: Limits
  /** The labels of the premium environments. */
  readonly environments: readonly string[]
  /** Whether webhook URLs on this machine must use https and have no port. */
  readonly strict: boolean
  readonly clock: VirtualClock
  readonly random: SeededRandom
  readonly nextId: () => string
  /** Returns a CRC token that was never used before. */
  readonly newCrcToken: () => string
  /** Returns a t.co link that was never used before. */
  readonly newShortUrl: () => string
  /** Returns the time, and never the same time twice for one key: some events have no id but their time. */
  readonly uniqueTimestamp: (key: string) => number
  readonly counters: Counters
  readonly state: State
  readonly nonces: Nonces
  /** The media that apps have uploaded. */
  readonly uploads: Uploads
  readonly requests: RequestLog
  /** Every event of the X Activity API that an app receives, by webhook or not. */
  readonly activityFeed: ActivityFeed
  /** The open streams. */
  readonly streams: OpenStreams
}
