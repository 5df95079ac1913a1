import type { DeliverySystem } from './delivery-system.ts'
import type { Limits, Tier } from './options/tiers.ts'
import type { SeededRandom } from './simulation/seeded-random.ts'
import type { VirtualClock } from './simulation/virtual-clock.ts'
import type { Counters } from './state/counters.ts'
import type { Nonces } from './state/nonces.ts'
import type { State } from './state/state.ts'

/** What all parts of one emulator share. */
export interface Platform extends DeliverySystem {
  readonly tier: Tier
  readonly limits: Limits
  /** The labels of the premium environments. */
  readonly environments: readonly string[]
  /** Whether webhook URLs on this machine need https and no port, as all others do. */
  readonly strict: boolean
  readonly clock: VirtualClock
  readonly random: SeededRandom
  readonly nextId: () => string
  /** A challenge that was never used before. */
  readonly newCrcToken: () => string
  /** A t.co link that was never used before. */
  readonly newShortUrl: () => string
  /** Now, or the next millisecond after the last moment with this key: some events have no id but their time. */
  readonly uniqueTimestamp: (key: string) => number
  readonly counters: Counters
  /** Replaced as a whole when a saved one is loaded. */
  state: State
  readonly nonces: Nonces
}
