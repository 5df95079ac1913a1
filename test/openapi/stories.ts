import { answerCrc, type Client, createClient, isApiError } from 'x-account-activity'
import {
  createEmulator,
  type EmulatedApp,
  type EmulatedUser,
  type Emulator,
  type EmulatorOptions,
} from 'x-account-activity/emulator'
import type { Recorder } from './exchange.ts'

/** An emulator, a client of it, and a receiver that answers challenges while `isUp`. */
interface Stage {
  readonly x: Emulator
  readonly client: Client
  isUp: boolean
  /** Whose secret the receiver has. */
  owner: EmulatedApp
  user(screenName: string): EmulatedUser
  /** A client of the same app, which differs. */
  other(options: Partial<Parameters<typeof createClient>[0]>): Client
  /** A request that no client of ours makes. */
  raw(method: string, path: string, init?: RequestInit & { token?: string }): Promise<Response>
}

type Story = (stage: Stage) => Promise<void>

const hook = 'https://hook.example.com/x'
/** Nobody has it. */
const noId = '1234567890'

/** Every endpoint of v2 that the emulator has, and every way in which it fails. */
export const stories: Readonly<Record<string, Story | readonly [EmulatorOptions, Story]>> = {
  'a webhook comes and goes': async ({ client }) => {
    await client.webhooks.list()
    const { id } = await client.webhooks.create(hook)
    await client.webhooks.list()
    await client.webhooks.validate(id)
    await client.webhooks.delete(id)
  },

  'the owner of the app registers by OAuth 1.0a': async ({ x, raw }) => {
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

  'a URL that X does not take': async ({ x, client, raw }) => {
    for (const url of ['http://hook.example.com/x', 'https://hook.example.com:8443/x']) {
      await refused(client.webhooks.create(url), 'UrlValidationFailed')
    }
    const url = hook.padEnd(201, 'x')
    await raw('POST', '/2/webhooks', { token: x.app.bearerToken, body: JSON.stringify({ url }) })
  },

  'a receiver that is down': async (stage) => {
    const { client } = stage
    stage.isUp = false
    await refused(client.webhooks.create(hook), 'CrcValidationFailed')
    stage.isUp = true
    const { id } = await client.webhooks.create(hook)
    stage.isUp = false
    await refused(client.webhooks.validate(id), 'CrcValidationFailed')
    await client.webhooks.list()
  },

  'the same URL twice': async ({ client }) => {
    await client.webhooks.create(hook)
    await refused(client.webhooks.create(hook), 'DuplicateUrlFailed')
  },

  'a webhook too many': [
    { tier: 'pay-per-use' },
    async ({ client }) => {
      await client.webhooks.create(hook)
      await refused(client.webhooks.create(`${hook}/2`), 'WebhookLimitExceeded')
    },
  ],

  'bodies that cannot be read': async ({ x, raw }) => {
    const token = x.app.bearerToken
    for (const body of ['', '{', '[]', '{}', '{"url":5}', '{"url":""}'])
      await raw('POST', '/2/webhooks', { token, body })
    const replay = { webhook_id: noId, from_date: '202611210100', to_date: '202611210200' }
    for (const name of Object.keys(replay)) {
      await raw('POST', '/2/webhooks/replay', { token, body: JSON.stringify({ ...replay, [name]: undefined }) })
    }
  },

  'a subscription comes and goes': async ({ client, user }) => {
    const alice = user('alice')
    const { id } = await client.webhooks.create(hook)
    await client.subscriptions.check(id, { user: alice })
    await client.subscriptions.create(id, { user: alice })
    await client.subscriptions.check(id, { user: alice })
    await client.subscriptions.list(id)
    await client.subscriptions.count()
    await refused(client.subscriptions.create(id, { user: alice }), 'DuplicateSubscriptionFailed')
    await client.subscriptions.delete(id, alice.id)
    await refused(client.subscriptions.delete(id, alice.id), 'SubscriptionNotFound')
    await client.subscriptions.list(id)
  },

  'a subscription by OAuth 2.0': async ({ client, user }) => {
    const alice = { bearerToken: user('alice').oauth2Token }
    const { id } = await client.webhooks.create(hook)
    await client.subscriptions.create(id, { user: alice })
    await client.subscriptions.check(id, { user: alice })
  },

  'a subscription too many': [
    { tier: 'pay-per-use' },
    async ({ client, user }) => {
      const { id } = await client.webhooks.create(hook)
      for (const name of ['alice', 'bob', 'carol']) await client.subscriptions.create(id, { user: user(name) })
      await refused(client.subscriptions.create(id, { user: user('dave') }), 'SubscriptionLimitExceeded')
    },
  ],

  'a webhook that is not there': async ({ client, user }) => {
    const alice = user('alice')
    const window = { from: new Date(Date.now() - 5 * 3_600_000), to: new Date(Date.now() - 4 * 3_600_000) }
    for (const call of [
      () => client.webhooks.validate(noId),
      () => client.webhooks.delete(noId),
      () => client.subscriptions.create(noId, { user: alice }),
      () => client.subscriptions.check(noId, { user: alice }),
      () => client.subscriptions.list(noId),
      () => client.subscriptions.delete(noId, alice.id),
      () => client.replay.create(noId, window),
      () => client.replay.create(noId, window, { endpoint: 'webhooks' }),
    ]) {
      await refused(call(), 'WebhookIdInvalid')
    }
  },

  'a replay by each of its endpoints': async ({ x, client }) => {
    const { id } = await client.webhooks.create(hook)
    await x.advance({ hours: 2 })
    const window = { from: new Date(x.now() - 60 * 60_000), to: new Date(x.now() - 20 * 60_000) }
    for (const endpoint of ['account_activity', 'webhooks'] as const) {
      await client.replay.create(id, window, { endpoint })
      await x.idle()
    }
  },

  'windows that cannot be replayed': async ({ x, client, raw }) => {
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
      await refused(client.replay.create(id, window), 'QueryParamInvalid')
      await refused(client.replay.create(id, window, { endpoint: 'webhooks' }), 'QueryParamInvalid')
    }
    const path = `/2/account_activity/replay/webhooks/${id}/subscriptions/all`
    const token = x.app.bearerToken
    await raw('POST', path, { token })
    await raw('POST', `${path}?from_date=202613010000&to_date=202613010100`, { token })
  },

  'a replay while another one runs, and without a receiver': async (stage) => {
    const { x, client } = stage
    const { id } = await client.webhooks.create(hook)
    await x.advance({ hours: 2 })
    const window = { from: new Date(x.now() - 60 * 60_000), to: new Date(x.now() - 20 * 60_000) }
    const both = [client.replay.create(id, window), client.replay.create(id, window)]
    await Promise.all([both[0], refused(both[1], 'ReplayConflictError')])
    await x.idle()
    stage.isUp = false
    await refused(client.replay.create(id, window), 'CrcValidationFailed')
  },

  'a webhook that takes filtered posts too': async ({ x, client, raw }) => {
    const token = x.app.bearerToken
    const { id } = await client.webhooks.create(hook)
    const path = '/2/tweets/search/webhooks'
    await raw('GET', path, { token })
    for (const method of ['POST', 'DELETE']) {
      await raw(method, `${path}/${noId}`, { token })
      await raw(method, `${path}/${id}`, { token })
      await raw('GET', path, { token })
    }
  },

  'calls without credentials, with wrong ones, and with those of the wrong kind': async ({ x, raw }) => {
    const paths = [
      ['POST', '/2/webhooks'],
      ['GET', '/2/webhooks'],
      ['PUT', `/2/webhooks/${noId}`],
      ['DELETE', `/2/webhooks/${noId}`],
      ['POST', '/2/webhooks/replay'],
      ['POST', `/2/account_activity/webhooks/${noId}/subscriptions/all`],
      ['GET', `/2/account_activity/webhooks/${noId}/subscriptions/all`],
      ['GET', `/2/account_activity/webhooks/${noId}/subscriptions/all/list`],
      ['DELETE', `/2/account_activity/webhooks/${noId}/subscriptions/${noId}/all`],
      ['GET', '/2/account_activity/subscriptions/count'],
      ['GET', '/2/tweets/search/webhooks'],
      ['POST', `/2/tweets/search/webhooks/${noId}`],
      ['DELETE', `/2/tweets/search/webhooks/${noId}`],
      ['POST', `/2/account_activity/replay/webhooks/${noId}/subscriptions/all`],
    ] as const
    const tokens = [undefined, 'wrong', x.app.bearerToken, x.addUser({ screenName: 'alice' }).oauth2Token]
    for (const [method, path] of paths)
      for (const token of tokens) await raw(method, path, token === undefined ? {} : { token })
  },

  'paths and methods that are not there': async ({ x, raw }) => {
    const token = x.app.bearerToken
    await raw('GET', '/2/nothing', { token })
    await raw('PATCH', '/2/webhooks', { token })
    await raw('DELETE', `/2/account_activity/webhooks/${noId}/subscriptions/all`, { token })
  },

  'a call too many': [
    { limits: { rate: { 'GET /2/webhooks': 1 } } },
    async ({ client }) => {
      await client.webhooks.list()
      await refused(client.webhooks.list(), 'RateLimited')
    },
  ],

  'an app without access': async ({ x, other }) => {
    await refused(other(x.addApp({ enrolled: false })).webhooks.list(), 'Forbidden')
  },

  'an app without permission for direct messages': async ({ x, client, other }) => {
    const { id } = await client.webhooks.create(hook)
    const reader = x.addApp({ permissions: 'read' })
    const alice = await x.addUser({ screenName: 'alice' }).authorize(reader)
    await refused(other(reader).subscriptions.create(id, { user: alice }), 'Forbidden')
  },

  'a user whom the app may not touch': async (stage) => {
    const { x, other } = stage
    const alice = x.addUser({ screenName: 'alice' })
    const app = x.addApp({ deniedUsers: [alice] })
    stage.owner = app
    const { id } = await other(app).webhooks.create(hook)
    await refused(other(app).subscriptions.create(id, { user: await alice.authorize(app) }), 'Forbidden')
  },
}

/** Plays a story on an emulator of its own. */
export async function play(name: string, recorder: Recorder): Promise<void> {
  const story = stories[name]
  if (story === undefined) throw new RangeError(`There is no story "${name}"`)
  recorder.story = name
  const [options, run] = typeof story === 'function' ? [{}, story] : story
  await run(createStage(recorder, options))
}

function createStage(recorder: Recorder, options: EmulatorOptions): Stage {
  const receive = async (request: Request) => {
    const token = new URL(request.url).searchParams.get('crc_token')
    if (token === null) return new Response()
    return stage.isUp
      ? Response.json(answerCrc(token, stage.owner.consumerSecret))
      : new Response('down', { status: 500 })
  }
  const x = createEmulator({ fetch: receive, seed: 'openapi', ...options })
  const create: Stage['other'] = (more) =>
    createClient({ ...x.app, ...more, retry: false, fetch: recorder.fetchOf(x, { byClient: true }) })
  const send = recorder.fetchOf(x, { byClient: false })
  const stage: Stage = {
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
  return stage
}

/** A story in which something works that should not is no story. */
async function refused(call: Promise<unknown> | undefined, reason: string): Promise<void> {
  const error = await Promise.resolve(call).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!isApiError(error)) throw new Error(`expected ${reason}, got ${error}`)
  if (error.reason !== reason) throw new Error(`expected ${reason}, got ${error.reason}: ${error.message}`)
}
