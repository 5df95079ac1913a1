import { describe, expect, it, onTestFinished } from 'vitest'
import { type Client, createClient, createReceiver, isApiError, type UserCredentials } from 'x-account-activity'
import { createEmulator, type EmulatedUser, type Emulator, type EmulatorOptions } from 'x-account-activity/emulator'
import { endpointReasons } from 'x-account-activity/errors'

// Each reason of the calls of the X Activity API and of the filtered stream comes from the emulator: from its options, its
// faults, or what its users did before. None comes from a mock of `fetch`.

interface World {
  readonly x: Emulator
  readonly client: Client
  readonly webhookId: string
  readonly alice: EmulatedUser & UserCredentials
}

async function createWorld(options: EmulatorOptions = {}): Promise<World> {
  const now = () => Date.UTC(2026, 10, 21, 10)
  const x = createEmulator({ now, fetch: (request) => receiver.fetch(request), ...options })
  const receiver = createReceiver({ consumerSecret: x.app.consumerSecret, now })
  const client = createClient({ ...x.app, fetch: x.fetch, now, retry: 0 })
  const { id: webhookId } = await client.webhooks.create('https://app.example/webhook')
  return { x, client, webhookId, alice: x.addUser({ screenName: 'alice' }) }
}

const newest = async (stream: AsyncIterable<unknown>): Promise<unknown> => {
  for await (const one of stream) return one
  return undefined
}
const listAll = async (list: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of list);
}
const postsOf = ({ alice }: World) => ({ eventType: 'post.create', filter: { userId: alice.id } })
const news = (keyword: string) => ({ eventType: 'news.new', filter: { keyword } })

/** A call of each endpoint that the emulator accepts. */
const calls = {
  'activity.subscriptions.create': (world) => world.client.activity.subscriptions.create(postsOf(world)),
  'activity.subscriptions.list': ({ client }) => listAll(client.activity.subscriptions.list()),
  'activity.subscriptions.update': async (world) => {
    const { id } = await world.client.activity.subscriptions.create(postsOf(world))
    return world.client.activity.subscriptions.update(id, { tag: 'mine' })
  },
  'activity.subscriptions.delete': ({ client }) => client.activity.subscriptions.delete('5'),
  'activity.subscriptions.deleteMany': ({ client }) => client.activity.subscriptions.deleteMany(['5']),
  'activity.stream': async ({ client, alice }) => {
    await client.activity.subscriptions.create({ eventType: 'post.create', filter: { userId: alice.id } })
    const delivery = newest(client.activity.stream({ signal: endOfTest() }))
    await new Promise((resolve) => setImmediate(resolve))
    await alice.post('tea')
    return delivery
  },
  'filteredStream.links.create': ({ client, webhookId }) => client.filteredStream.links.create(webhookId),
  'filteredStream.links.list': ({ client }) => client.filteredStream.links.list(),
  'filteredStream.links.delete': async ({ client, webhookId }) => {
    await client.filteredStream.links.create(webhookId)
    return client.filteredStream.links.delete(webhookId)
  },
  'filteredStream.rules.add': ({ client }) => client.filteredStream.rules.add([{ value: 'tea' }]),
  'filteredStream.rules.list': ({ client }) => listAll(client.filteredStream.rules.list()),
  'filteredStream.rules.delete': ({ client }) => client.filteredStream.rules.delete(['5']),
  'filteredStream.rules.counts': ({ client }) => client.filteredStream.rules.counts(),
} satisfies Record<string, (world: World) => Promise<unknown>>

type NewEndpoint = keyof typeof calls
const endpoints = Object.keys(calls) as NewEndpoint[]

function endOfTest(): AbortSignal {
  const controller = new AbortController()
  onTestFinished(() => controller.abort())
  return controller.signal
}

/** The reason of a failure, or those of the rules or ids that failed. */
async function reasonOf(call: Promise<unknown>): Promise<unknown> {
  try {
    const result = (await call) as { failed?: readonly { reason: string }[] } | undefined
    return result?.failed?.[0]?.reason ?? 'none'
  } catch (error) {
    return isApiError(error) ? error.reason : error
  }
}

type Scenario = (world: World) => Promise<unknown>
type Scenarios = { readonly [E in NewEndpoint]: { readonly [R in (typeof endpointReasons)[E][number]]: Scenario } }

/** What makes X refuse a call of each endpoint, for each reason that is documented for it. */
const scenarios: Scenarios = {
  'activity.subscriptions.create': {
    OauthAccessTokenRequired: async () => {
      // The client throws a TypeError for private events, so this is an event whose token depends on the plan.
      const { client, alice } = await createWorld({ tier: 'pay-per-use' })
      return client.activity.subscriptions.create({ eventType: 'follow.follow', filter: { userId: alice.id } })
    },
    DuplicateSubscription: async ({ client }) => {
      // The emulator ignores the case of a keyword, so the client does not find the same one in the list.
      await client.activity.subscriptions.create(news('Tea'))
      return client.activity.subscriptions.create(news('tea'))
    },
    SubscriptionLimitExceeded: async () => {
      const world = await createWorld({ limits: { activitySubscriptions: 1 } })
      await world.client.activity.subscriptions.create(news('tea'))
      return world.client.activity.subscriptions.create(news('coffee'))
    },
    WebhookIdInvalid: ({ client }) => client.activity.subscriptions.create({ ...news('tea'), webhookId: '5' }),
  },
  'activity.subscriptions.list': {},
  'activity.subscriptions.update': {
    SubscriptionNotFound: ({ client }) => client.activity.subscriptions.update('5', { tag: 'mine' }),
    WebhookIdInvalid: async ({ client }) => {
      const { id } = await client.activity.subscriptions.create(news('tea'))
      return client.activity.subscriptions.update(id, { webhookId: '5' })
    },
  },
  'activity.subscriptions.delete': {},
  'activity.subscriptions.deleteMany': {},
  'activity.stream': {
    TooManyConnections: ({ x, client }) => {
      x.faults({ stream: { tooManyConnections: { next: 1 } } })
      return newest(client.activity.stream({ signal: endOfTest() }))
    },
  },
  'filteredStream.links.create': {
    WebhookIdInvalid: ({ client }) => client.filteredStream.links.create('5'),
  },
  'filteredStream.links.list': {},
  'filteredStream.links.delete': {
    WebhookIdInvalid: ({ client }) => client.filteredStream.links.delete('5'),
  },
  'filteredStream.rules.add': {
    DuplicateRule: async ({ client }) => {
      await client.filteredStream.rules.add([{ value: 'tea' }])
      return client.filteredStream.rules.add([{ value: 'tea' }])
    },
    InvalidRule: ({ client }) => client.filteredStream.rules.add([{ value: '(tea' }]),
    NoncompliantRule: ({ x, client }) => {
      x.faults({ api: { noncompliantRule: { next: 1 } } })
      return client.filteredStream.rules.add([{ value: 'tea' }])
    },
    RuleLimitExceeded: async () => {
      const { client } = await createWorld({ limits: { streamRules: 0 } })
      return client.filteredStream.rules.add([{ value: 'tea' }])
    },
  },
  'filteredStream.rules.list': {},
  'filteredStream.rules.delete': {},
  'filteredStream.rules.counts': {},
}

describe('the emulator provokes each reason that is documented', () => {
  it('for all calls of the two new APIs', () => {
    const isNew = (name: string) => /^(activity|filteredStream)\./.test(name)
    expect(endpoints.sort()).toEqual(Object.keys(endpointReasons).filter(isNew).sort())
  })

  const all = endpoints.flatMap((endpoint) =>
    Object.entries<Scenario>(scenarios[endpoint]).map(([reason, scenario]) => [endpoint, reason, scenario] as const),
  )
  it.each(all)('%s: %s', async (_, reason, scenario) => {
    expect(await reasonOf(scenario(await createWorld()))).toBe(reason)
  })
})

describe.each(endpoints)('the emulator provokes the general reasons of %s:', (endpoint) => {
  const call = calls[endpoint]

  it('none, without a fault', async () => {
    expect(['none', 'SubscriptionNotFound']).toContain(await reasonOf(call(await createWorld())))
  })

  it.each([
    ['RateLimited', 'rateLimited'],
    ['ServerError', 'internalError'],
    ['ServerError', 'unavailable'],
    ['ServerError', 'htmlPage'],
  ])('%s, with the fault %s', async (reason, fault) => {
    const world = await createWorld()
    world.x.faults({ api: { [fault]: 1 } })
    expect(await reasonOf(call(world))).toBe(reason)
  })

  it('Unauthorized, with a wrong bearer token', async () => {
    const { x, client: _, ...world } = await createWorld()
    const client = createClient({ ...x.app, consumerSecret: 'wrong', bearerToken: 'wrong', fetch: x.fetch, retry: 0 })
    expect(await reasonOf(call({ x, client, ...world }))).toBe('Unauthorized')
  })

  it('NotFound, with a base URL that has a path', async () => {
    const { x, client: _, ...world } = await createWorld({ onUnknownRequest: 'ignore' })
    const client = createClient({ ...x.app, baseUrl: 'https://api.x.com/wrong', fetch: x.fetch, retry: 0 })
    const reason = await reasonOf(call({ x, client, ...world }))
    // What is not there is deleted.
    expect(reason).toBe(endpoint === 'activity.subscriptions.delete' ? 'none' : 'NotFound')
  })
})
