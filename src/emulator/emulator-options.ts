import type { DeliveryOptions } from './delivery-system.ts'
import type { Limits, Tier } from './options/tiers.ts'
import type { SavedState } from './saved/saved-state.ts'

/** How an emulator differs from the one you get without options. */
export interface EmulatorOptions extends DeliveryOptions {
  /** What the account has bought, which sets the limits and the retries: `enterprise` unless given. */
  readonly tier?: Tier
  /** The labels of the environments of the premium API, in which upper and lower case differ: `['dev']` unless given. */
  readonly environments?: readonly string[]
  /** Limits that differ from those of the tier. */
  readonly limits?: Partial<Limits>
  /** Where the time comes from: milliseconds since 1970, by the machine's clock unless given. */
  readonly now?: () => number
  /** With the same seed and the same clock, the same acts make the same ids, keys and bytes. */
  readonly seed?: number | string
  /** What `x.save()` returned: the emulator goes on from there, with the seed that is in it. */
  readonly state?: SavedState
  /** Whether paths that begin with `/emulator` control the emulator, see the guide: `true` unless given. */
  readonly control?: boolean
  /** Whether a webhook URL on this machine needs https and no port, as all others do: `false` unless given. */
  readonly strict?: boolean
}
