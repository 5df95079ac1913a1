import type { AddAppOptions, AppSettings } from './accounts/app-settings.ts'
import type { AppRef, EmulatedApp } from './accounts/apps.ts'
import type { AddUserOptions } from './accounts/create-user.ts'
import type { EmulatedUser } from './accounts/emulated-user.ts'
import type { NewsOptions, NewsStory } from './actions/news.ts'
import type { DeliveryRecord } from './outbox/outbox.ts'
import type { RequestRecord } from './requests/request-log.ts'
import type { SavedState } from './saved/saved-state.ts'
import type { FaultOptions } from './simulation/faults.ts'
import type { Duration } from './simulation/virtual-clock.ts'
import type { EmulatedWebhook } from './webhooks/show-webhooks.ts'

/** An emulator of X: its API, its users, its deliveries and its clock. */
export interface Emulator {
  /** The first app. Your client and your receiver use its keys. */
  readonly app: EmulatedApp
  /** All apps, in the order in which they were created. */
  readonly apps: readonly EmulatedApp[]
  /** All users, in the order in which they were created. The first one owns the apps. */
  readonly users: readonly EmulatedUser[]
  /** The webhooks of all apps, with the subscribed users. */
  readonly webhooks: readonly EmulatedWebhook[]
  /**
   * The latest deliveries to webhooks, in the order in which they were sent. Each attempt is one. The option `logLimits`
   * sets how many are kept: at least 10,000 by default.
   */
  readonly deliveries: readonly DeliveryRecord[]
  /**
   * The latest requests that came in, in order, with the answer and the reason of a refusal. Requests for the control API
   * (`/emulator/…`) are not listed. The option `logLimits` sets how many are kept: at least 10,000 by default.
   */
  readonly requests: readonly RequestRecord[]
  /**
   * Answers a request as api.x.com does. It takes the arguments of the global `fetch`, with any host in the URL.
   *
   * @throws UnknownRequestError when no route knows the request and the option `onUnknownRequest` is `'throw'`.
   */
  fetch(request: Request | string | URL, init?: RequestInit): Promise<Response>
  /**
   * Adds a user, who has already authorised `app`.
   *
   * @throws TypeError when an option has the wrong type.
   * @throws RangeError when an option has an impossible value, or the handle exists.
   */
  addUser(user: AddUserOptions): EmulatedUser
  /**
   * Adds an app of the same account, with its own keys and webhooks. The limits count for all apps together.
   *
   * @throws TypeError when an option has the wrong type.
   * @throws RangeError when an option has an impossible value.
   */
  addApp(app?: AddAppOptions): EmulatedApp
  /**
   * Publishes a story, which the subscriptions of the X Activity API to `news.new` with its keyword receive.
   *
   * @throws TypeError when a member is not a string.
   * @throws RangeError when a member is empty or unknown.
   */
  news(story: NewsOptions): Promise<NewsStory>
  /**
   * Changes the settings of an app. Settings that are not given stay as they are.
   *
   * @param app - `x.app` by default.
   */
  configureApp(settings: AppSettings, app?: AppRef): void
  /**
   * Invalidates the tokens of the account that owns an app, and issues new ones with the current permissions of the app.
   *
   * @param app - `x.app` by default.
   */
  regenerateTokens(app?: AppRef): void
  /** The user with this handle, in upper or lower case, or with this id. `undefined` when there is none. */
  user(handleOrId: string): EmulatedUser | undefined
  /** The time on the emulator: milliseconds since 1970. */
  now(): number
  /**
   * Advances the clock, and does what X does in that time: retries, challenges and replay jobs. Each starts at its own
   * time, and has ended before the next one starts. Nothing waits in real time. Pending tasks end first.
   *
   * When the base clock moves on its own, what becomes due starts with the next call, action, `idle()` or `advance()`. A
   * receiver must not await `advance()` or `idle()` while it handles a delivery: both wait for the receiver.
   *
   * @throws TypeError when the duration has the wrong type.
   * @throws RangeError when a member of the duration is negative.
   */
  advance(duration: Duration): Promise<void>
  /** Does what is due now, and waits until no delivery and no replay job is pending. */
  idle(): Promise<void>
  /**
   * Replaces all faults. `{}` removes them.
   *
   * @throws TypeError when a fault has the wrong type.
   * @throws RangeError when a fault is unknown, or its frequency is out of range.
   */
  faults(faults: FaultOptions): void
  /**
   * The state as plain JSON, for `load()` and for the option `state`. It does not contain the options, the faults,
   * `deliveries`, `requests`, open streams, and pending deliveries and replay jobs: await `idle()` first.
   */
  save(): SavedState
  /**
   * Waits until no task is pending, closes the open streams, and replaces everything by a saved state. The users and apps
   * that you hold are then those of the same id. A user or an app that is not in the state can no longer be used.
   *
   * @throws TypeError or RangeError when the state is not valid. The message names the path.
   */
  load(state: SavedState): Promise<void>
  /** Waits until no task is pending, and restores the initial state. `app` keeps its keys. */
  reset(): Promise<void>
}
