import type { Chance } from './chance.ts'
import type { Nonces } from './nonces.ts'
import type { Outbox, Send } from './outbox.ts'
import type { State } from './state.ts'
import type { Limits } from './tiers.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What all parts of one emulator share. */
export interface Platform {
  readonly limits: Limits
  /** Whether webhook URLs on this machine need https and no port, as all others do. */
  readonly strict: boolean
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly nextId: () => string
  /** A challenge that was never used before. */
  readonly newCrcToken: () => string
  /** A t.co link that was never used before. */
  readonly shorten: () => string
  /** Now, or the next millisecond after the last moment with this key: some events have no id but their time. */
  readonly moment: (key: string) => number
  readonly state: State
  readonly nonces: Nonces
  readonly send: Send
  readonly outbox: Outbox
}
