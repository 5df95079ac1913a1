import type { DeliveryOptions } from './delivery-system.ts'
import type { LogLimitOptions } from './options/log-limits.ts'
import type { LimitOptions, Tier } from './options/tiers.ts'
import type { OnUnknownRequest } from './requests/unknown-requests.ts'
import type { SavedState } from './saved/saved-state.ts'

/** The options of `createEmulator()`. */
export interface EmulatorOptions extends DeliveryOptions {
  /**
   * The access tier of the account. It sets the limits and the retry policy.
   *
   * @defaultValue `'enterprise'`
   */
  readonly tier?: Tier | undefined
  /**
   * The labels of the environments of the premium API: letters, digits, `_`, `-` and `.`. They are case-sensitive.
   *
   * @defaultValue `['dev']`
   */
  readonly environments?: readonly string[] | undefined
  /**
   * Replaces single limits of the tier.
   *
   * @defaultValue the limits of the tier
   */
  readonly limits?: LimitOptions | undefined
  /**
   * What the emulator does with a request that no route knows, beside the answer 404 or 405. `x.requests` lists it in
   * each case.
   *
   * @defaultValue `'warn'`, which writes each method and path to the console once
   */
  readonly onUnknownRequest?: OnUnknownRequest | undefined
  /**
   * How many records `x.deliveries` and `x.requests` keep.
   *
   * @defaultValue at least the last 10,000 of each
   */
  readonly logLimits?: LogLimitOptions | undefined
  /**
   * The base clock: returns milliseconds since 1970. `x.advance()` moves the clock of the emulator ahead of it.
   *
   * @defaultValue `Date.now`
   */
  readonly now?: (() => number) | undefined
  /**
   * With the same seed, the same clock and the same actions, the emulator generates the same ids, keys and bytes.
   *
   * @defaultValue 0
   */
  readonly seed?: number | string | undefined
  /** A state that `x.save()` returned. The emulator continues from it. The state contains the seed. */
  readonly state?: SavedState | undefined
  /**
   * Whether paths that begin with `/emulator` control the emulator. See the guide "Developing against the emulator".
   *
   * @defaultValue true
   */
  readonly control?: boolean | undefined
  /**
   * Whether webhook URLs on this machine must follow the rules of X: https, and no port.
   *
   * @defaultValue false
   */
  readonly strict?: boolean | undefined
}
