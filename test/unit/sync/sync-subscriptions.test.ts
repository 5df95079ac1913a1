import { beforeEach, describe, expect, it } from 'vitest'
import {
  ApiError,
  type Client,
  createClient,
  createReceiver,
  type OAuth2UserCredentials,
  ResponseError,
  TransportError,
  type UserCredentials,
} from 'x-account-activity'
import { createEmulator, type EmulatedUser, type Emulator } from 'x-account-activity/emulator'
import {
  planSubscriptions,
  type SubscriptionSyncClient,
  type SubscriptionSyncProgress,
  type SubscriptionSyncUser,
  syncSubscriptions,
} from 'x-account-activity/recovery'
import { VirtualTime } from '../../support/virtual-time.ts'

const noon = Date.UTC(2026, 10, 21, 12)

/** An app with a webhook on the emulator, and a count of the calls that reach it. */
class Fleet {
  readonly x: Emulator
  readonly time: VirtualTime
  readonly client: Client
  readonly calls: string[] = []
  /** Answers in the place of X, where it answers. */
  onCall: (method: string, call: number) => Response | undefined = () => undefined
  webhookId = ''

  constructor(subscriptions = 5000) {
    this.x = createEmulator({
      now: () => noon,
      limits: { subscriptions },
      fetch: (request) => createReceiver({ consumerSecret: this.x.app.consumerSecret }).fetch(request),
    })
    this.time = new VirtualTime(this.x)
    const { consumerKey, consumerSecret, bearerToken } = this.x.app
    this.client = createClient({
      consumerKey,
      consumerSecret,
      bearerToken,
      now: this.time.now,
      retry: { sleep: this.time.sleep },
      fetch: this.time.during(async (request) => {
        this.calls.push(request.method)
        return this.onCall(request.method, this.calls.length) ?? this.x.fetch(request)
      }),
    })
  }

  async register(): Promise<void> {
    this.webhookId = (await this.client.webhooks.create('https://example.com/x')).id
    this.calls.length = 0
  }

  users(count: number): EmulatedUser[] {
    return Array.from({ length: count }, (_, index) => this.x.addUser({ screenName: `user_${index}` }))
  }

  async subscribed(): Promise<string[]> {
    const { subscriptions } = await this.client.subscriptions.list(this.webhookId)
    return subscriptions.map(({ userId }) => userId).sort()
  }
}

let fleet: Fleet
beforeEach(async () => {
  fleet = new Fleet()
  await fleet.register()
})

const ids = (users: readonly EmulatedUser[]) => users.map(({ id }) => id)
const count = (calls: readonly string[]) => ({
  GET: calls.filter((method) => method === 'GET').length,
  POST: calls.filter((method) => method === 'POST').length,
  DELETE: calls.filter((method) => method === 'DELETE').length,
})

describe('the plan', () => {
  it('tells who is missing, who is surplus and who is as wanted, with one call', async () => {
    const [alice, bob, carol] = fleet.users(3) as [EmulatedUser, EmulatedUser, EmulatedUser]
    const { webhookId, client } = fleet
    await syncSubscriptions(client, { webhookId, users: [alice, bob] })
    fleet.calls.length = 0
    const plan = await planSubscriptions(client, { webhookId, users: [carol, bob, carol] })
    expect(plan).toMatchObject({
      subscribe: [carol.id],
      unsubscribe: [],
      unchanged: [bob.id],
      surplus: [alice.id],
    })
    expect(fleet.calls).toEqual(['GET'])
    const { unsubscribe } = await planSubscriptions(client, { webhookId, users: [], prune: true })
    expect([...unsubscribe].sort()).toEqual([alice.id, bob.id].sort())
  })

  it('is shown before it is carried out, and can be called off', async () => {
    const users = fleet.users(1)
    const { webhookId, client } = fleet
    const onPlan = async (plan: { subscribe: readonly string[] }) => {
      expect(plan.subscribe).toEqual(ids(users))
      throw new Error('no')
    }
    await expect(syncSubscriptions(client, { webhookId, users, onPlan })).rejects.toThrow('no')
    expect(await fleet.subscribed()).toEqual([])
  })

  it('does not change when the list of users does', async () => {
    const users: SubscriptionSyncUser[] = fleet.users(2)
    const plan = await planSubscriptions(fleet.client, { webhookId: fleet.webhookId, users })
    users.pop()
    expect((await plan.apply()).subscribed).toHaveLength(2)
  })
})

describe('carrying it out', () => {
  it('takes the fewest calls: 5,000 accounts are 5,001', { timeout: 60_000 }, async () => {
    const users = fleet.users(5000)
    const { webhookId, client } = fleet
    const result = await syncSubscriptions(client, { webhookId, users })
    expect(count(fleet.calls)).toEqual({ GET: 1, POST: 5000, DELETE: 0 })
    expect(result).toMatchObject({ unsubscribed: [], failed: [] })
    expect([...result.subscribed].sort()).toEqual(ids(users).sort())

    fleet.calls.length = 0
    await syncSubscriptions(client, { webhookId, users })
    expect(fleet.calls).toEqual(['GET'])
  })

  it('takes as many more as were provoked: what failed for now is tried again', async () => {
    const users = fleet.users(100)
    const { webhookId, client } = fleet
    fleet.onCall = (method, call) =>
      method === 'POST' && call % 10 === 0 ? new Response('', { status: 503 }) : undefined
    const running = syncSubscriptions(client, { webhookId, users })
    await fleet.time.pass(10)
    expect(await running).toMatchObject({ failed: [] })
    const provoked = Math.floor(fleet.calls.length / 10)
    expect(provoked).toBeGreaterThan(9)
    expect(count(fleet.calls)).toEqual({ GET: 1, POST: 100 + provoked, DELETE: 0 })
    expect(await fleet.subscribed()).toEqual(ids(users).sort())
  })

  it('deletes the surplus only when that is asked for, and first, for it makes room', async () => {
    fleet = new Fleet(2)
    await fleet.register()
    const [alice, bob, carol, dave] = fleet.users(4) as [EmulatedUser, EmulatedUser, EmulatedUser, EmulatedUser]
    const { webhookId, client } = fleet
    await syncSubscriptions(client, { webhookId, users: [alice, bob] })
    fleet.calls.length = 0
    const full = await syncSubscriptions(client, { webhookId, users: [carol, dave] })
    expect(full.failed.map(({ reason }) => reason)).toEqual(['SubscriptionLimitExceeded', 'SubscriptionLimitExceeded'])
    const result = await syncSubscriptions(client, { webhookId, users: [carol, dave], prune: true })
    expect(result).toMatchObject({ failed: [] })
    expect(await fleet.subscribed()).toEqual(ids([carol, dave]).sort())
    expect([...result.unsubscribed].sort()).toEqual(ids([alice, bob]).sort())
  })

  it('asks no more when there is no room for anybody', async () => {
    fleet = new Fleet(3)
    await fleet.register()
    const users = fleet.users(40)
    const result = await syncSubscriptions(fleet.client, { webhookId: fleet.webhookId, users, concurrency: 4 })
    expect(result.subscribed).toHaveLength(3)
    expect(result.failed).toHaveLength(37)
    expect(new Set(result.failed.map(({ reason }) => reason))).toEqual(new Set(['SubscriptionLimitExceeded']))
    expect(count(fleet.calls).POST).toBeLessThanOrEqual(3 + 4)
  })

  it('goes on when an account fails, and reports it with its reason', async () => {
    const [alice, bob, carol] = fleet.users(3) as [EmulatedUser, EmulatedUser, EmulatedUser]
    const gone = { accessToken: bob.accessToken, accessTokenSecret: bob.accessTokenSecret }
    await bob.revoke()
    const { webhookId, client } = fleet
    const { subscribed, failed } = await syncSubscriptions(client, { webhookId, users: [alice, gone, carol] })
    expect([...subscribed].sort()).toEqual(ids([alice, carol]).sort())
    expect(failed).toMatchObject([{ userId: bob.id, action: 'subscribe', reason: 'Unauthorized' }])
    expect(failed[0]?.error).toBeInstanceOf(ApiError)
  })

  it('goes on where it was when it is run again', async () => {
    const users = fleet.users(10)
    const { webhookId, client } = fleet
    const controller = new AbortController()
    const onProgress = ({ done }: SubscriptionSyncProgress) => {
      if (done === 4) controller.abort(new Error('enough'))
    }
    const run = syncSubscriptions(client, { webhookId, users, concurrency: 1, signal: controller.signal, onProgress })
    await expect(run).rejects.toThrow('enough')
    const before = (await fleet.subscribed()).length
    expect(before).toBeGreaterThanOrEqual(4)
    expect(before).toBeLessThan(10)
    fleet.calls.length = 0
    await syncSubscriptions(client, { webhookId, users })
    expect(count(fleet.calls)).toEqual({ GET: 1, POST: 10 - before, DELETE: 0 })
  })

  it('takes OAuth 2.0 tokens, with the id of the account', async () => {
    const [alice] = fleet.users(1) as [EmulatedUser]
    const { webhookId, client } = fleet
    const users: SubscriptionSyncUser[] = [{ userId: alice.id, bearerToken: alice.oauth2Token }]
    expect(await syncSubscriptions(client, { webhookId, users })).toMatchObject({ subscribed: [alice.id], failed: [] })
  })

  it('tells how far it is', async () => {
    const users = fleet.users(3)
    const told: SubscriptionSyncProgress[] = []
    const { webhookId, client } = fleet
    await syncSubscriptions(client, { webhookId, users, concurrency: 1, onProgress: (progress) => told.push(progress) })
    expect(told).toEqual(
      ids(users).map((userId, index) => ({ userId, action: 'subscribe', done: index + 1, total: 3 })),
    )
  })
})

/** A client that answers as it is told. */
function scripted(create: (call: number) => void, remove: (call: number) => void = () => {}, present: string[] = []) {
  const calls = { create: 0, delete: 0, underWay: 0, most: 0 }
  const client: SubscriptionSyncClient = {
    subscriptions: {
      list: async () => ({ applicationId: '1', subscriptions: present.map((userId) => ({ userId })) }),
      create: async () => {
        calls.create += 1
        const { create: call } = calls
        calls.underWay += 1
        calls.most = Math.max(calls.most, calls.underWay)
        await Promise.resolve()
        calls.underWay -= 1
        create(call)
      },
      delete: async () => {
        calls.delete += 1
        remove(calls.delete)
      },
    },
  }
  return { client, calls }
}

const apiError = (
  reason: 'DuplicateSubscriptionFailed' | 'WebhookIdInvalid' | 'RateLimited' | 'Forbidden',
  resetAt?: number,
) =>
  new ApiError({
    endpoint: 'subscriptions.create',
    reason,
    status: 400,
    ...(resetAt !== undefined && { rateLimit: { resetAt: new Date(resetAt) } }),
  })
const tokens = (length: number): (UserCredentials & { userId: string })[] =>
  Array.from({ length }, (_, index) => ({ userId: String(index), accessToken: 'a', accessTokenSecret: 'b' }))
const webhookId = '1146654567674912769'

describe('calls', () => {
  it.each([1, 3, 8])('are %i at a time at most', async (concurrency) => {
    const { client, calls } = scripted(() => {})
    await syncSubscriptions(client, { webhookId, users: tokens(50), concurrency })
    expect(calls).toMatchObject({ create: 50, most: concurrency })
  })

  it('count as done when somebody else was quicker', async () => {
    const { client } = scripted(() => {
      throw apiError('DuplicateSubscriptionFailed')
    }, () => {
      throw new ApiError({ endpoint: 'subscriptions.delete', reason: 'SubscriptionNotFound', status: 400 })
    }, ['7'])
    const result = await syncSubscriptions(client, { webhookId, users: tokens(1), prune: true })
    expect(result).toEqual({ subscribed: ['0'], unsubscribed: ['7'], failed: [] })
  })

  it('wait together until a rate limit resets', async () => {
    const at: number[] = []
    const time = { now: noon, slept: [] as number[] }
    const { client, calls } = scripted((call) => {
      at.push(time.now)
      if (call === 3) throw apiError('RateLimited', noon + 600_000)
    })
    const sleep = async (ms: number) => {
      time.slept.push(ms)
      time.now = Math.max(time.now, noon + 600_000)
    }
    const result = await syncSubscriptions(client, {
      webhookId,
      users: tokens(10),
      concurrency: 2,
      now: () => time.now,
      sleep,
    })
    expect(result.failed).toEqual([])
    expect(calls.create).toBe(11)
    expect(time.slept).toContain(600_000)
    expect(at.filter((moment) => moment === noon).length).toBeLessThanOrEqual(4)
  })

  it('wait a minute where X does not tell when a rate limit resets, and not for ever', async () => {
    let now = noon
    const { client, calls } = scripted(() => {
      throw apiError('RateLimited')
    })
    const sleep = async (ms: number) => {
      now += ms
    }
    const result = await syncSubscriptions(client, { webhookId, users: tokens(1), now: () => now, sleep })
    expect(result.failed).toMatchObject([{ userId: '0', reason: 'RateLimited' }])
    expect({ calls: calls.create, waited: now - noon }).toEqual({ calls: 6, waited: 300_000 })
  })

  it('end when the webhook is not there: it is not there for anybody', async () => {
    const { client, calls } = scripted(() => {
      throw apiError('WebhookIdInvalid')
    })
    const result = await syncSubscriptions(client, { webhookId, users: tokens(20), concurrency: 1 })
    expect(calls.create).toBe(1)
    expect(result.failed).toHaveLength(20)
  })

  it.each([
    ['timeout', new TransportError({ reason: 'timeout', message: 'none', attempts: 4 })],
    ['InvalidResponse', new ResponseError({ endpoint: 'subscriptions.create', status: 200, issues: [] })],
    ['Forbidden', apiError('Forbidden')],
  ])('that fail are told by reason: %s', async (reason, error) => {
    const { client } = scripted((call) => {
      if (call === 1) throw error
    })
    const result = await syncSubscriptions(client, { webhookId, users: tokens(2), concurrency: 1 })
    expect(result).toEqual({
      subscribed: ['1'],
      unsubscribed: [],
      failed: [{ userId: '0', action: 'subscribe', reason, error }],
    })
  })

  it('end with what is no answer of X, but a mistake', async () => {
    const { client, calls } = scripted(() => {
      throw new TypeError('a mistake')
    })
    const run = syncSubscriptions(client, { webhookId, users: tokens(20), concurrency: 1 })
    await expect(run).rejects.toThrow('a mistake')
    expect(calls.create).toBe(1)
  })

  it('are done though what is told of them throws', async () => {
    const { client } = scripted(() => {})
    const onProgress = () => {
      throw new Error('mine')
    }
    expect((await syncSubscriptions(client, { webhookId, users: tokens(3), onProgress })).subscribed).toHaveLength(3)
  })
})

describe('arguments', () => {
  const { client } = scripted(() => {})
  const user = { accessToken: '12-a', accessTokenSecret: 's' }

  it('reads the id off an OAuth 1.0a token', async () => {
    const users = [user, { ...user, userId: '13' }]
    expect((await planSubscriptions(client, { webhookId, users })).subscribe).toEqual(['12', '13'])
  })

  it.each([
    ['no client', undefined, { webhookId, users: [] }, TypeError],
    ['a client without subscriptions', {}, { webhookId, users: [] }, TypeError],
    ['no options', client, undefined, TypeError],
    ['no webhook id', client, { users: [] }, TypeError],
    ['a webhook id that is none', client, { webhookId: 'x', users: [] }, RangeError],
    ['no users', client, { webhookId }, TypeError],
    ['a text to prune', client, { webhookId, users: [], prune: 'yes' }, TypeError],
    ['a user that is none', client, { webhookId, users: [user, null] }, TypeError],
    ['a user without a secret', client, { webhookId, users: [{ accessToken: '12-a' }] }, TypeError],
    ['an empty secret', client, { webhookId, users: [{ ...user, accessTokenSecret: '' }] }, RangeError],
    [
      'a token that does not tell whose it is',
      client,
      { webhookId, users: [{ ...user, accessToken: 'a' }] },
      TypeError,
    ],
    ['an OAuth 2.0 token alone', client, { webhookId, users: [{ bearerToken: 'b' }] }, TypeError],
    ['an id that is none', client, { webhookId, users: [{ ...user, userId: '__proto__' }] }, RangeError],
  ])('refuses %s', async (_, given, options, type) => {
    await expect(planSubscriptions(given as never, options as never)).rejects.toThrow(type)
  })

  it('names a user by its place, and no token', async () => {
    const users = [user, { accessToken: 'secret-token', accessTokenSecret: ' padded secret' }]
    const run = planSubscriptions(client, { webhookId, users })
    await expect(run).rejects.toThrow('users[1]: "accessTokenSecret" must not begin or end with white space')
  })

  it.each([['concurrency', [1, 100], [0, 101, 1.5, Number.NaN, Number.POSITIVE_INFINITY]]])(
    'has limits: %s',
    async (name, inside, outside) => {
      const plan = await planSubscriptions(client, { webhookId, users: [] })
      for (const value of inside) await expect(plan.apply({ [name]: value })).resolves.toBeDefined()
      for (const value of outside) await expect(plan.apply({ [name]: value })).rejects.toThrow(RangeError)
    },
  )

  it.each([['onProgress'], ['now'], ['sleep']])('refuses %s that is no function', async (name) => {
    const plan = await planSubscriptions(client, { webhookId, users: [] })
    await expect(plan.apply({ [name]: 1 })).rejects.toThrow(TypeError)
  })
})

describe('types', () => {
  it('takes what other calls give: users of the emulator, and OAuth 2.0 tokens with an id', () => {
    const users: SubscriptionSyncUser[] = fleet.users(1)
    const more: SubscriptionSyncUser = { userId: '1', bearerToken: 'b' } satisfies OAuth2UserCredentials & {
      userId: string
    }
    expect([...users, more]).toHaveLength(2)
  })
})
