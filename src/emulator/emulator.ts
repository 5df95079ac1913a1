import type { AddAppOptions, AppSettings } from './accounts/app-settings.ts'
import type { AppRef, EmulatedApp } from './accounts/apps.ts'
import type { AddUserOptions } from './accounts/create-user.ts'
import type { EmulatedUser } from './accounts/emulated-user.ts'
import type { DeliveryRecord } from './outbox/outbox.ts'
import type { SavedState } from './saved/saved-state.ts'
import type { FaultOptions } from './simulation/faults.ts'
import type { Duration } from './simulation/virtual-clock.ts'
import type { EmulatedWebhook } from './webhooks/show-webhooks.ts'

/** X on one machine: the API, the users, the deliveries and the clock. */
export interface Emulator {
  /** The app whose keys your client and receiver use. */
  readonly app: EmulatedApp
  /** All apps, in the order in which they were made. */
  readonly apps: readonly EmulatedApp[]
  /** Everybody, in the order in which they joined; the first one owns the apps. */
  readonly users: readonly EmulatedUser[]
  /** The webhooks of all apps, and who is subscribed to them. */
  readonly webhooks: readonly EmulatedWebhook[]
  /** Answers a request as api.x.com does; takes what `fetch` takes, for any host. */
  fetch(request: Request | string | URL, init?: RequestInit): Promise<Response>
  /** Lets someone join. They have authorised `app` already. */
  addUser(user: AddUserOptions): EmulatedUser
  /** Another app of the same account, with keys and webhooks of its own; limits count for both together. */
  addApp(app?: AddAppOptions): EmulatedApp
  /** Changes the settings of an app, `app` unless another is given; what is not named stays as it is. */
  configureApp(settings: AppSettings, app?: AppRef): void
  /** Ends the tokens of the account that owns an app, and issues others with the permissions that the app has now. */
  regenerateTokens(app?: AppRef): void
  /** Whoever has this handle, in upper or lower case, or this id. */
  user(handleOrId: string): EmulatedUser | undefined
  /** The time on the emulator: milliseconds since 1970. */
  now(): number
  /**
   * Puts the clock of the emulator forward, and plays what X does in that time: retries, challenges, replay jobs, each at
   * its own time and ended before the next begins. Nothing sleeps; what was under way is done before.
   *
   * Where the clock goes on by itself, what is due begins with the next call of the API, act, `idle()` or `advance()`. A
   * receiver must not wait for `advance()` or `idle()`, which wait for the receiver.
   */
  advance(duration: Duration): Promise<void>
  /** Plays what is due by now, and waits until no delivery and no replay job is under way. */
  idle(): Promise<void>
  /** Lets these things go wrong from now on, and no others; `{}`: nothing. */
  faults(faults: FaultOptions): void
  /** The latest POSTs to webhooks, each attempt one, in the order they were sent: 10,000 of them at least. */
  readonly deliveries: readonly DeliveryRecord[]
  /**
   * Everything the emulator knows, as plain JSON, for `load()` and the option `state`. What is not in it: the options, what
   * goes wrong on purpose, `deliveries`, and what is under way: wait for `idle()` first.
   */
  save(): SavedState
  /**
   * Waits until nothing is under way, and puts a saved state in the place of everything. Users and apps that you hold are
   * those of the same id from then on; whoever is not in the state does nothing more.
   *
   * @throws TypeError or RangeError when it is no saved state; the message says where.
   */
  load(state: SavedState): Promise<void>
  /** Waits until nothing is under way, and lets everything be as it was when the emulator was made: `app` has its keys. */
  reset(): Promise<void>
}
