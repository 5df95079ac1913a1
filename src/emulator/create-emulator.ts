import { assertFunction, assertObject, assertText, kindOf } from '../internal/assert.ts'
import { readRequest } from './api-request.ts'
import { authorize, createApp, type EmulatedApp, findApp, showApp } from './apps.ts'
import { Chance } from './chance.ts'
import { createMoments } from './moments.ts'
import { Nonces } from './nonces.ts'
import { type Delivery, Outbox, type Send } from './outbox.ts'
import type { Platform } from './platform.ts'
import { createRouter } from './router.ts'
import { oauthRoutes } from './routes/oauth.ts'
import { v2Routes } from './routes/v2.ts'
import { createIds } from './snowflake.ts'
import { State, type UserState } from './state.ts'
import { type Limits, readLimits, type Tier } from './tiers.ts'
import { EmulatedUser } from './user.ts'
import { createUser, type NewUser } from './users.ts'
import { type Duration, VirtualClock } from './virtual-clock.ts'

/** How an emulator differs from the one you get without options. */
export interface EmulatorOptions {
  /** What the account has bought, which sets the limits: `enterprise` unless given. */
  readonly tier?: Tier
  /** Limits that differ from those of the tier. */
  readonly limits?: Partial<Limits>
  /** How CRC requests and deliveries go out: by the global `fetch` unless given. */
  readonly fetch?: Send
  /** Where the time comes from: milliseconds since 1970, by the machine's clock unless given. */
  readonly now?: () => number
  /** With the same seed and the same clock, the same acts make the same ids, keys and bytes. */
  readonly seed?: number | string
  /** Whether a webhook URL on this machine needs https and no port, as all others do: `false` unless given. */
  readonly strict?: boolean
}

/** X on one machine: the API, the users, the deliveries and the clock. */
export interface Emulator {
  /** The app whose keys your client and receiver use. */
  readonly app: EmulatedApp
  /** Answers a request as api.x.com does; takes what `fetch` takes, for any host. */
  fetch(request: Request | string | URL, init?: RequestInit): Promise<Response>
  /** Lets someone join. They have authorised `app` already. */
  addUser(user: NewUser): EmulatedUser
  /** Another app of the same account, with keys and webhooks of its own; limits count for both together. */
  addApp(app?: { readonly name?: string }): EmulatedApp
  /** The time on the emulator: milliseconds since 1970. */
  now(): number
  /** Puts the clock of the emulator forward. Nothing waits; what was under way counts as done before. */
  advance(duration: Duration): Promise<void>
  /** Waits until no delivery and no replay job is under way. */
  idle(): Promise<void>
  /** The latest POSTs to webhooks, in the order they were sent: 10,000 of them at least. */
  readonly deliveries: readonly Delivery[]
}

/**
 * The platform that the Account Activity API runs on, for development and tests: v2 webhooks, subscriptions and
 * replays, app-only tokens, and users whose acts are delivered to webhooks as X delivers them.
 *
 * It checks credentials and signatures as X does, challenges webhooks, keeps limits, and sends full payloads in X's
 * own bytes. Nothing in it sleeps; nothing is written anywhere.
 *
 * @throws TypeError when an option has the wrong type.
 * @throws RangeError when an option has a value that makes no sense.
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
  const platform = createPlatform(options)
  const route = createRouter(platform, [...v2Routes, ...oauthRoutes])
  const owner = createUser(platform, { screenName: 'app_owner', name: 'App Owner' })
  const app = addApp(platform, owner, 'Emulated App')
  return {
    app,
    fetch: async (request, init) => route(await readRequest(new Request(request, init))),
    addUser: (user) => addUser(platform, user),
    addApp: ({ name = `Emulated App ${platform.state.apps.size + 1}` } = {}) => addApp(platform, owner, name),
    now: () => platform.clock.now(),
    advance: async (duration) => platform.clock.advance(duration),
    idle: () => platform.outbox.idle(),
    deliveries: platform.outbox.deliveries,
  }
}

function addApp(platform: Platform, owner: UserState, name: string): EmulatedApp {
  assertText(name, 'name')
  const app = createApp(platform, { name, owner })
  return showApp(app, authorize(platform, app, owner))
}

function addUser(platform: Platform, options: NewUser): EmulatedUser {
  const user = createUser(platform, options)
  return new EmulatedUser(platform, user, authorize(platform, findApp(platform), user))
}

function createPlatform(options: EmulatorOptions): Platform {
  assertObject(options, 'options')
  const { tier, limits, fetch: send = viaGlobalFetch, now = Date.now, seed = 0, strict = false } = options
  assertFunction(send, 'fetch')
  assertFunction(now, 'now')
  assertSeed(seed)
  if (typeof strict !== 'boolean') throw new TypeError(`"strict" must be a boolean, got ${kindOf(strict)}`)
  const clock = new VirtualClock(now)
  const chance = new Chance(seed)
  const crcToken = counter()
  const link = counter()
  return {
    limits: readLimits(tier, limits),
    strict,
    clock,
    chance,
    nextId: createIds(() => clock.now()),
    newCrcToken: () => btoa(chance.uuid(`crc token ${crcToken()}`)),
    shorten: () => `https://t.co/${chance.alphanumeric(`link ${link()}`, 10)}`,
    moment: createMoments(() => clock.now()),
    state: new State(),
    nonces: new Nonces(),
    send,
    outbox: new Outbox(send, { now: () => clock.now(), base: () => clock.base() }),
  }
}

/** Looked up at each call, so that whatever replaces `fetch` later is used. */
const viaGlobalFetch: Send = (request) => globalThis.fetch(request)

function counter(): () => number {
  let count = 0
  return () => {
    count += 1
    return count
  }
}

function assertSeed(seed: unknown): asserts seed is number | string {
  if (typeof seed === 'string') return
  if (typeof seed !== 'number') throw new TypeError(`"seed" must be a number or a string, got ${kindOf(seed)}`)
  if (!Number.isFinite(seed)) throw new RangeError(`"seed" must be a finite number, got ${seed}`)
}
