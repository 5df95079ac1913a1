import { answerCrc, type Client, createClient, isApiError } from 'x-account-activity'
import {
  createEmulator,
  type EmulatedApp,
  type EmulatedUser,
  type Emulator,
  type EmulatorOptions,
} from 'x-account-activity/emulator'
import { fetchOf } from '../support/x-api.ts'
import type { Recorder } from './exchange.ts'

/** An emulator, a client of it, and a receiver that answers CRC requests while `isUp`. */
interface Setup {
  readonly x: Emulator
  readonly client: Client
  isUp: boolean
  /** The app whose consumer secret the receiver has. */
  owner: EmulatedApp
  user(screenName: string): EmulatedUser
  /** A client with other options. */
  other(options: Partial<Parameters<typeof createClient>[0]>): Client
  /** Sends a request that the client would not send. */
  raw(method: string, path: string, init?: RequestInit & { token?: string }): Promise<Response>
}

type Scenario = (setup: Setup) => Promise<void>

const hook = 'https://hook.example.com/x'
/** No webhook and no user has this id. */
const unknownId = '1234567890'

/** Every v2 endpoint of the emulator, with every failure. */
export const scenarios: Readonly<Record<string, Scenario | readonly [EmulatorOptions, Scenario]>> = {
  'a webhook is created, listed, validated and deleted': async ({ client }) => {
    await client.webhooks.list()
    const { id } = await client.webhooks.create(hook)
    await client.webhooks.list()
    await client.webhooks.validate(id)
    await client.webhooks.delete(id)
  },

  'the owner of the app creates a webhook with OAuth 1.0a': async ({ x, raw }) => {
    const { consumerKey, consumerSecret } = x.app
    const { signOAuth1 } = await import('x-account-activity/auth')
    const url = 'https://api.x.com/2/webhooks'
    const keys = {
      consumerKey,
      consumerSecret,
      accessToken: x.app.accessToken,
      accessTokenSecret: x.app.accessTokenSecret,
    }
    const authorization = signOAuth1({ method: 'POST', url }, keys)
    await raw('POST', '/2/webhooks', { headers: { authorization }, body: JSON.stringify({ url: hook }) })
  },

  'a URL that X refuses': async ({ x, client, raw }) => {
    for (const url of ['http://hook.example.com/x', 'https://hook.example.com:8443/x']) {
      await expectRefusal(client.webhooks.create(url), 'UrlValidationFailed')
    }
    const url = hook.padEnd(201, 'x')
    await raw('POST', '/2/webhooks', { token: x.app.bearerToken, body: JSON.stringify({ url }) })
  },

  'a receiver that is down': async (setup) => {
    const { client } = setup
    setup.isUp = false
    await expectRefusal(client.webhooks.create(hook), 'CrcValidationFailed')
    setup.isUp = true
    const { id } = await client.webhooks.create(hook)
    setup.isUp = false
    await expectRefusal(client.webhooks.validate(id), 'CrcValidationFailed')
    await client.webhooks.list()
  },

  'the same URL twice': async ({ client }) => {
    await client.webhooks.create(hook)
    await expectRefusal(client.webhooks.create(hook), 'DuplicateUrlFailed')
  },

  'more webhooks than the plan allows': [
    { tier: 'pay-per-use' },
    async ({ client }) => {
      await client.webhooks.create(hook)
      await expectRefusal(client.webhooks.create(`${hook}/2`), 'WebhookLimitExceeded')
    },
  ],

  'invalid bodies': async ({ x, raw }) => {
    const token = x.app.bearerToken
    for (const body of ['', '{', '[]', '{}', '{"url":5}', '{"url":""}'])
      await raw('POST', '/2/webhooks', { token, body })
    const replay = { webhook_id: unknownId, from_date: '202611210100', to_date: '202611210200' }
    for (const name of Object.keys(replay)) {
      await raw('POST', '/2/webhooks/replay', { token, body: JSON.stringify({ ...replay, [name]: undefined }) })
    }
  },

  'a subscription is created, checked, listed, counted and deleted': async ({ client, user }) => {
    const alice = user('alice')
    const { id } = await client.webhooks.create(hook)
    await client.subscriptions.check(id, { user: alice })
    await client.subscriptions.create(id, { user: alice })
    await client.subscriptions.check(id, { user: alice })
    await client.subscriptions.list(id)
    await client.subscriptions.count()
    await expectRefusal(client.subscriptions.create(id, { user: alice }), 'DuplicateSubscriptionFailed')
    await client.subscriptions.delete(id, alice.id)
    await expectRefusal(client.subscriptions.delete(id, alice.id), 'SubscriptionNotFound')
    await client.subscriptions.list(id)
  },

  'a subscription with OAuth 2.0': async ({ client, user }) => {
    const alice = { bearerToken: user('alice').oauth2Token }
    const { id } = await client.webhooks.create(hook)
    await client.subscriptions.create(id, { user: alice })
    await client.subscriptions.check(id, { user: alice })
  },

  'more subscriptions than the plan allows': [
    { tier: 'pay-per-use' },
    async ({ client, user }) => {
      const { id } = await client.webhooks.create(hook)
      for (const name of ['alice', 'bob', 'carol']) await client.subscriptions.create(id, { user: user(name) })
      await expectRefusal(client.subscriptions.create(id, { user: user('dave') }), 'SubscriptionLimitExceeded')
    },
  ],

  'an unknown webhook': async ({ client, user }) => {
    const alice = user('alice')
    const window = { from: new Date(Date.now() - 5 * 3_600_000), to: new Date(Date.now() - 4 * 3_600_000) }
    for (const call of [
      () => client.webhooks.validate(unknownId),
      () => client.webhooks.delete(unknownId),
      () => client.subscriptions.create(unknownId, { user: alice }),
      () => client.subscriptions.check(unknownId, { user: alice }),
      () => client.subscriptions.list(unknownId),
      () => client.subscriptions.delete(unknownId, alice.id),
      () => client.replay.create(unknownId, window, { endpoint: 'webhooks' }),
      () => client.replay.create(unknownId, window, { endpoint: 'account_activity' }),
    ]) {
      await expectRefusal(call(), 'WebhookIdInvalid')
    }
  },

  'a replay with each endpoint': async ({ x, client }) => {
    const { id } = await client.webhooks.create(hook)
    await x.advance({ hours: 2 })
    const window = { from: new Date(x.now() - 60 * 60_000), to: new Date(x.now() - 20 * 60_000) }
    for (const endpoint of ['account_activity', 'webhooks'] as const) {
      await client.replay.create(id, window, { endpoint })
      await x.idle()
    }
  },

  'invalid replay windows': async ({ x, client, raw }) => {
    const { id } = await client.webhooks.create(hook)
    const ago = (minutes: number) => new Date(x.now() - minutes * 60_000)
    const windows = [
      { from: ago(25 * 60), to: ago(24 * 60) },
      { from: ago(20), to: ago(15) },
      { from: ago(60), to: ago(5) },
      { from: ago(-5), to: ago(-10) },
      { from: ago(60), to: ago(-5) },
    ]
    for (const window of windows) {
      for (const endpoint of ['webhooks', 'account_activity'] as const) {
        await expectRefusal(client.replay.create(id, window, { endpoint }), 'QueryParamInvalid')
      }
    }
    const path = `/2/account_activity/replay/webhooks/${id}/subscriptions/all`
    const token = x.app.bearerToken
    await raw('POST', path, { token })
    await raw('POST', `${path}?from_date=202613010000&to_date=202613010100`, { token })
  },

  'a replay during another one, and without a receiver': async (setup) => {
    const { x, client } = setup
    const { id } = await client.webhooks.create(hook)
    await x.advance({ hours: 2 })
    const window = { from: new Date(x.now() - 60 * 60_000), to: new Date(x.now() - 20 * 60_000) }
    for (const endpoint of ['webhooks', 'account_activity'] as const) {
      setup.isUp = true
      const both = [client.replay.create(id, window, { endpoint }), client.replay.create(id, window, { endpoint })]
      await Promise.all([both[0], expectRefusal(both[1], 'ReplayConflictError')])
      await x.idle()
      setup.isUp = false
      await expectRefusal(client.replay.create(id, window, { endpoint }), 'CrcValidationFailed')
    }
  },

  'a replay on a server with the older endpoint only': [
    { replay: { endpoints: ['account_activity'] } },
    async ({ x, client }) => {
      const { id } = await client.webhooks.create(hook)
      await x.advance({ hours: 2 })
      await client.replay.create(id, { from: new Date(x.now() - 60 * 60_000), to: new Date(x.now() - 20 * 60_000) })
      await x.idle()
    },
  ],

  'a replay on a server with the newer endpoint only': [
    { replay: { endpoints: ['webhooks'] } },
    async ({ x, client }) => {
      const { id } = await client.webhooks.create(hook)
      await x.advance({ hours: 2 })
      const window = { from: new Date(x.now() - 60 * 60_000), to: new Date(x.now() - 20 * 60_000) }
      await expectRefusal(client.replay.create(id, window, { endpoint: 'account_activity' }), 'NotFound')
      await client.replay.create(id, window)
    },
  ],

  'a webhook for the filtered stream': async ({ x, client, raw }) => {
    const token = x.app.bearerToken
    const { id } = await client.webhooks.create(hook)
    const path = '/2/tweets/search/webhooks'
    await raw('GET', path, { token })
    for (const method of ['POST', 'DELETE']) {
      await raw(method, `${path}/${unknownId}`, { token })
      await raw(method, `${path}/${id}`, { token })
      await raw('GET', path, { token })
    }
  },

  'the stream of a time in the past': async ({ x, client, user, raw }) => {
    const alice = user('alice')
    const token = x.app.bearerToken
    // Not a post, because the description has members of users that X does not send.
    const filter = { userId: alice.id }
    await client.activity.subscriptions.create({ eventType: 'profile.update.bio', filter, tag: 'bio' })
    const time = () => `${new Date(x.now()).toISOString().slice(0, 19)}Z`
    const start = time()
    await alice.updateProfile({ bio: 'Likes tea' })
    await x.advance({ seconds: 2 })
    await raw('GET', `/2/activity/stream?start_time=${start}&end_time=${time()}`, { token })
    await raw('GET', '/2/activity/stream?backfill_minutes=6', { token })
    await raw('GET', '/2/activity/stream', { token: alice.oauth2Token })
  },

  'the filtered stream of a time in the past': async ({ x, client, user, raw }) => {
    const token = x.app.bearerToken
    await client.filteredStream.rules.add([{ value: 'cat', tag: 'cats' }])
    const time = () => `${new Date(x.now()).toISOString().slice(0, 19)}Z`
    const start = time()
    await user('alice').post('A cat')
    await x.advance({ seconds: 2 })
    const path = '/2/tweets/search/stream'
    const fields = 'tweet.fields=author_id,created_at,lang&expansions=author_id'
    await raw('GET', `${path}?start_time=${start}&end_time=${time()}&${fields}`, { token })
    await raw('GET', `${path}?backfill_minutes=6`, { token })
    await raw('GET', path, { token: user('bob').oauth2Token })
  },

  'activity subscriptions are created, listed, changed and deleted': async ({ x, client, user, raw }) => {
    const { subscriptions } = client.activity
    const [alice, bob] = [user('alice'), user('bob')]
    const { id: webhookId } = await client.webhooks.create(hook)
    const filter = { userId: alice.id }
    const expiresAt = new Date(x.now() + 3_600_000)
    const post = await subscriptions.create({ eventType: 'post.create', filter, tag: 'posts', webhookId, expiresAt })
    await subscriptions.create({ eventType: 'post.create', filter, expiresAt: new Date(x.now() + 7_200_000) })
    const likes = { eventType: 'like.create', filter: { ...filter, direction: 'inbound' } } as const
    const like = await subscriptions.create(likes, { user: alice })
    await subscriptions.create({ eventType: 'dm.received', filter }, { user: { bearerToken: alice.oauth2Token } })
    await subscriptions.create({ eventType: 'news.new', filter: { keyword: 'tea' } })
    const body = { event_type: 'like.create', filter: { user_id: bob.id, qualifiers: { post_id: '1' } } }
    await raw('POST', '/2/activity/subscriptions', { token: bob.oauth2Token, body: JSON.stringify(body) })
    for await (const _ of subscriptions.list({ pageSize: 2 }));
    for await (const _ of subscriptions.list({ userId: alice.id }));
    await raw('GET', '/2/activity/subscriptions', { token: alice.oauth2Token })
    await subscriptions.update(post.id, { tag: 'other', webhookId })
    await subscriptions.delete(post.id)
    await subscriptions.deleteMany([like.id, unknownId])
    for await (const _ of subscriptions.list());
  },

  'activity subscriptions that X refuses': [
    { tier: 'pay-per-use', limits: { activitySubscriptions: 2 } },
    async ({ x, client, user, raw }) => {
      const { subscriptions } = client.activity
      const [alice, bob] = [user('alice'), user('bob')]
      const filter = { userId: alice.id }
      const token = x.app.bearerToken
      const create = (body: object, by = token) =>
        raw('POST', '/2/activity/subscriptions', { token: by, body: JSON.stringify(body) })
      for (const body of [
        {},
        { event_type: 'FollowFollow', filter: { user_id: '1' } },
        { event_type: 'post.create' },
        { event_type: 'post.create', filter: { user_id: 'alice' } },
        { event_type: 'like.create', filter: { user_id: alice.id } },
        { event_type: 'news.new', filter: { keyword: 'tea' } },
      ]) {
        await create(body)
      }
      const webhookId = unknownId
      await expectRefusal(subscriptions.create({ eventType: 'post.create', filter, webhookId }), 'WebhookIdInvalid')
      await create({ event_type: 'like.create', filter: { user_id: alice.id } }, bob.oauth2Token)
      const { oauth2Token } = await bob.authorize(x.app, { scopes: ['users.read'] })
      await create({ event_type: 'like.create', filter: { user_id: bob.id } }, oauth2Token)
      const post = await subscriptions.create({ eventType: 'post.create', filter })
      await create({ event_type: 'post.create', filter: { user_id: alice.id } })
      await subscriptions.create({ eventType: 'post.delete', filter })
      const another = subscriptions.create({ eventType: 'spaces.start', filter })
      await expectRefusal(another, 'SubscriptionLimitExceeded')
      await expectRefusal(subscriptions.update(unknownId, { tag: 'x' }), 'SubscriptionNotFound')
      await expectRefusal(subscriptions.update(post.id, { webhookId: unknownId }), 'WebhookIdInvalid')
      for (const [method, path] of [
        ['GET', '?max_results=0'],
        ['GET', '?pagination_token=x'],
        ['DELETE', '?ids='],
        ['DELETE', `/${unknownId}`],
      ] as const) {
        await raw(method, `/2/activity/subscriptions${path}`, { token })
      }
      const path = `/2/activity/subscriptions/${post.id}`
      await raw('PUT', path, { token, body: JSON.stringify({ event_type: 'post.delete' }) })
    },
  ],

  'rules of the filtered stream are added, listed, counted and deleted': async ({ x, client, raw }) => {
    const { rules } = client.filteredStream
    const { added } = await rules.add([{ value: 'cat', tag: 'cats' }, { value: 'dog' }])
    await rules.add([{ value: 'cat' }, { value: 'url:x.com' }, { value: 'fox' }], { dryRun: true })
    await rules.add([{ value: 'cat' }, { value: 'url:x.com' }, { value: 'fox' }])
    for await (const _ of rules.list());
    await rules.counts()
    await rules.delete([...added.map(({ id }) => id), unknownId])
    const token = x.app.bearerToken
    const path = '/2/tweets/search/stream/rules'
    for (const body of ['', '{', '{}', '{"add":[]}']) await raw('POST', path, { token, body })
    await raw('GET', `${path}?max_results=0`, { token })
    await raw('GET', `${path}/counts`)
  },

  'calls without credentials, with invalid credentials, and with the wrong kind of credentials': async ({ x, raw }) => {
    const paths = [
      ['POST', '/2/webhooks'],
      ['GET', '/2/webhooks'],
      ['PUT', `/2/webhooks/${unknownId}`],
      ['DELETE', `/2/webhooks/${unknownId}`],
      ['POST', '/2/webhooks/replay'],
      ['POST', `/2/account_activity/webhooks/${unknownId}/subscriptions/all`],
      ['GET', `/2/account_activity/webhooks/${unknownId}/subscriptions/all`],
      ['GET', `/2/account_activity/webhooks/${unknownId}/subscriptions/all/list`],
      ['DELETE', `/2/account_activity/webhooks/${unknownId}/subscriptions/${unknownId}/all`],
      ['GET', '/2/account_activity/subscriptions/count'],
      ['POST', '/2/activity/subscriptions'],
      ['GET', '/2/activity/subscriptions'],
      ['PUT', `/2/activity/subscriptions/${unknownId}`],
      ['DELETE', `/2/activity/subscriptions/${unknownId}`],
      ['DELETE', `/2/activity/subscriptions?ids=${unknownId}`],
      ['GET', '/2/tweets/search/webhooks'],
      ['POST', `/2/tweets/search/webhooks/${unknownId}`],
      ['DELETE', `/2/tweets/search/webhooks/${unknownId}`],
      ['POST', `/2/account_activity/replay/webhooks/${unknownId}/subscriptions/all`],
    ] as const
    const tokens = [undefined, 'wrong', x.app.bearerToken, x.addUser({ screenName: 'alice' }).oauth2Token]
    for (const [method, path] of paths)
      for (const token of tokens) await raw(method, path, token === undefined ? {} : { token })
  },

  'unknown paths and methods': async ({ x, raw }) => {
    const token = x.app.bearerToken
    await raw('GET', '/2/nothing', { token })
    await raw('PATCH', '/2/webhooks', { token })
    await raw('DELETE', `/2/account_activity/webhooks/${unknownId}/subscriptions/all`, { token })
  },

  'more calls than the rate limit allows': [
    { limits: { rate: { 'GET /2/webhooks': 1 } } },
    async ({ client }) => {
      await client.webhooks.list()
      await expectRefusal(client.webhooks.list(), 'RateLimited')
    },
  ],

  'an app without access': async ({ x, other }) => {
    await expectRefusal(other(x.addApp({ enrolled: false })).webhooks.list(), 'Forbidden')
  },

  'an app without permission for direct messages': async ({ x, client, other }) => {
    const { id } = await client.webhooks.create(hook)
    const reader = x.addApp({ permissions: 'read' })
    const alice = await x.addUser({ screenName: 'alice' }).authorize(reader)
    await expectRefusal(other(reader).subscriptions.create(id, { user: alice }), 'Forbidden')
  },

  'a user that the app may not access': async (setup) => {
    const { x, other } = setup
    const alice = x.addUser({ screenName: 'alice' })
    const app = x.addApp({ deniedUsers: [alice] })
    setup.owner = app
    const { id } = await other(app).webhooks.create(hook)
    await expectRefusal(other(app).subscriptions.create(id, { user: await alice.authorize(app) }), 'Forbidden')
  },
}

/** Runs a scenario with a new emulator. */
export async function runScenario(name: string, recorder: Recorder): Promise<void> {
  const scenario = scenarios[name]
  if (scenario === undefined) throw new RangeError(`Unknown scenario "${name}".`)
  recorder.scenario = name
  const [options, run] = typeof scenario === 'function' ? [{}, scenario] : scenario
  await run(createSetup(recorder, options))
}

function createSetup(recorder: Recorder, options: EmulatorOptions): Setup {
  const receive = async (request: Request) => {
    const token = new URL(request.url).searchParams.get('crc_token')
    if (token === null) return new Response()
    return setup.isUp
      ? Response.json(answerCrc(token, setup.owner.consumerSecret))
      : new Response('down', { status: 500 })
  }
  const x = createEmulator({ fetch: receive, seed: 'openapi', ...options })
  const create: Setup['other'] = (more) =>
    createClient({ ...x.app, ...more, retry: false, fetch: fetchOf(recorder.fetchOf(x, { isFromClient: true })) })
  const send = recorder.fetchOf(x, { isFromClient: false })
  const setup: Setup = {
    x,
    client: create({}),
    isUp: true,
    owner: x.app,
    user: (screenName) => x.addUser({ screenName }),
    other: create,
    raw: (method, path, { token, ...init } = {}) =>
      send(
        new Request(`https://api.x.com${path}`, {
          method,
          ...(token !== undefined && {
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          }),
          ...init,
        }),
      ),
  }
  return setup
}

/** Fails if a call succeeds, or is refused for another reason. */
async function expectRefusal(call: Promise<unknown> | undefined, reason: string): Promise<void> {
  const error = await Promise.resolve(call).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!isApiError(error)) throw new Error(`Expected ${reason}, got ${error}.`)
  if (error.reason !== reason) throw new Error(`Expected ${reason}, got ${error.reason}: ${error.message}`)
}
