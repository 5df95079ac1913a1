import { assertBoolean } from '../internal/assert.ts'
import { type AddAppOptions, applySettings, readAddAppOptions, readAppSettings } from './accounts/app-settings.ts'
import { createApp, createAppView, type EmulatedApp, findApp, regenerateTokens } from './accounts/apps.ts'
import { authorize } from './accounts/authorize.ts'
import { type AddUserOptions, createUser } from './accounts/create-user.ts'
import { EmulatedUser } from './accounts/emulated-user.ts'
import { publishNews } from './actions/news.ts'
import { findUser } from './actions/references.ts'
import { answerControlRequest, isControlRequest } from './control/answer-control-request.ts'
import { setFaults } from './delivery-system.ts'
import type { Emulator } from './emulator.ts'
import type { EmulatorOptions } from './emulator-options.ts'
import { assertKeys } from './options/assert-options.ts'
import type { Platform } from './platform.ts'
import { createPlatformHost } from './platform-host.ts'
import { writeState } from './saved/saved-state.ts'
import { showWebhooks } from './webhooks/show-webhooks.ts'

const optionNames: Readonly<Record<keyof EmulatorOptions, true>> = {
  tier: true,
  limits: true,
  environments: true,
  fetch: true,
  retries: true,
  crcSchedule: true,
  replay: true,
  faults: true,
  now: true,
  seed: true,
  state: true,
  onUnknownRequest: true,
  logLimits: true,
  control: true,
  strict: true,
}

/**
 * Creates an emulator of the platform behind the Account Activity API and the X Activity API, for development and tests:
 * webhooks, subscriptions and replays of v2, enterprise and premium, activity subscriptions, sign-in and tokens, and users
 * whose actions are delivered as X delivers them.
 *
 * It checks credentials and signatures as X does, challenges webhooks, applies limits, and sends complete payloads in the
 * exact form of X. It does not wait in real time, except for the fault `slow`, and it writes nothing to disk.
 *
 * @throws TypeError when an option has the wrong type.
 * @throws RangeError when an option has an impossible value.
 * @see https://docs.x.com/x-api/account-activity/introduction
 *
 * @example
 * import { createEmulator } from 'x-account-activity/emulator'
 *
 * const x = createEmulator({ fetch: async () => new Response() })
 * const alice = x.addUser({ screenName: 'alice' })
 * const bob = x.addUser({ screenName: 'bob' })
 * const post = await alice.post('Good morning, @bob')
 * await bob.like(post)
 * await x.idle()
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  assertKeys(options, Object.keys(optionNames), 'options')
  const { control: isControlled = true } = options
  assertBoolean(isControlled, 'control')
  const host = createPlatformHost(options)
  const { current } = host
  const x: Emulator = {
    app: createAppView(current, findApp(current()).id),
    get apps() {
      return [...current().state.apps.keys()].map((id) => createAppView(current, id))
    },
    get users() {
      return [...current().state.users.values()].map((user) => new EmulatedUser(current, user))
    },
    get webhooks() {
      return showWebhooks(current())
    },
    get deliveries() {
      return current().outbox.deliveries
    },
    get requests() {
      return current().requests.records
    },
    async fetch(input, init) {
      const request = new Request(input, init)
      return isControlled && isControlRequest(request) ? answerControlRequest(x, request) : host.fetch(request)
    },
    addUser: (user) => addUser(current, user),
    news: async (story) => publishNews(current(), story),
    addApp: (app = {}) => addApp(current, app),
    configureApp: (settings, ref) =>
      applySettings(current(), findApp(current(), ref), readAppSettings(current().state, settings)),
    regenerateTokens: (ref) => regenerateTokens(current(), findApp(current(), ref)),
    user: (handleOrId) => findEmulatedUser(current, handleOrId),
    now: () => current().clock.now(),
    advance: async (duration) => current().scheduler.advance(duration),
    idle: () => current().scheduler.runDueTasks(),
    faults: (faults) => setFaults(current(), faults),
    save: () => writeState(current()),
    load: (state) => host.load(state),
    reset: () => host.reset(),
  }
  return x
}

function addApp(current: () => Platform, options: AddAppOptions): EmulatedApp {
  const platform = current()
  const { state } = platform
  const { name = `Emulated App ${state.apps.size + 1}`, settings } = readAddAppOptions(state, options)
  const owner = findUser(state, { id: findApp(platform).ownerId })
  const app = createApp(platform, { name, owner })
  applySettings(platform, app, settings)
  authorize(platform, app, owner)
  return createAppView(current, app.id)
}

function addUser(current: () => Platform, options: AddUserOptions): EmulatedUser {
  const user = createUser(current(), options)
  authorize(current(), findApp(current()), user)
  return new EmulatedUser(current, user)
}

function findEmulatedUser(current: () => Platform, handleOrId: string): EmulatedUser | undefined {
  const { state } = current()
  // A handle has at most 15 characters and an id has 19, so neither can be taken for the other.
  const user = state.users.get(handleOrId) ?? state.userByName(handleOrId)
  return user && new EmulatedUser(current, user)
}
