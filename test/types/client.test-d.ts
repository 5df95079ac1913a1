import { describe, expectTypeOf, test } from 'vitest'
import {
  type AccountActivityClient,
  type ActivitySubscription,
  accessToken,
  type Client,
  type ClientOptions,
  clientOptionsFromEnv,
  createClient,
  createEnterpriseClient,
  createPremiumClient,
  type EnterpriseClient,
  type Environment,
  isApiError,
  type PremiumClient,
  planSubscriptions,
  type ReplayJob,
  readCallback,
  requestToken,
  type SubscriptionCount,
  syncSubscriptions,
  type UserCredentials,
  type Webhook,
  type WebhookValidation,
} from 'x-account-activity'

declare const client: Client
declare const error: unknown

describe('isApiError', () => {
  test('narrows the reason to the reasons of the call', () => {
    if (!isApiError(error, 'subscriptions.create')) return
    expectTypeOf(error.reason).toEqualTypeOf<
      | 'WebhookIdInvalid'
      | 'DuplicateSubscriptionFailed'
      | 'SubscriptionLimitExceeded'
      | 'Unauthorized'
      | 'Forbidden'
      | 'RateLimited'
      | 'NotFound'
      | 'ServerError'
      | 'Unknown'
    >()
    // @ts-expect-error a reason of another call
    error.reason === 'CrcValidationFailed'
  })

  test('accepts only the names of calls', () => {
    // @ts-expect-error the client does not have this call
    isApiError(error, 'subscriptions.update')
  })

  test('allows every reason without a call', () => {
    if (isApiError(error)) expectTypeOf<'ReplayConflictError'>().toExtend<typeof error.reason>()
  })
})

describe('the client', () => {
  test('returns documented types', () => {
    expectTypeOf(client.webhooks.create).returns.resolves.toEqualTypeOf<Webhook>()
    expectTypeOf(client.webhooks.list).returns.resolves.toEqualTypeOf<Webhook[]>()
    expectTypeOf(client.webhooks.delete).returns.resolves.toBeVoid()
    expectTypeOf(client.subscriptions.create).returns.resolves.toBeVoid()
    expectTypeOf(client.subscriptions.check).returns.resolves.toBeBoolean()
    expectTypeOf(client.subscriptions.count).returns.resolves.toEqualTypeOf<SubscriptionCount>()
    expectTypeOf(client.replay.create).returns.resolves.toEqualTypeOf<ReplayJob>()
  })

  test('accepts ids as strings, and both kinds of user', () => {
    const { signal } = new AbortController()
    expectTypeOf(client.subscriptions.create).toBeCallableWith('1', { user: { bearerToken: 'b' }, signal })
    expectTypeOf(client.subscriptions.check).toBeCallableWith('1', {
      user: { accessToken: 'a', accessTokenSecret: 's' },
    })
    // @ts-expect-error a number cannot represent every id
    client.webhooks.delete(1)
    // @ts-expect-error an app-only call has no user
    client.webhooks.list({ user: { bearerToken: 'b' } })
    // @ts-expect-error the secret of the token is missing
    client.subscriptions.create('1', { user: { accessToken: 'a' } })
  })

  test('can be created from the environment, and with any fetch', () => {
    createClient(clientOptionsFromEnv({}))
    createClient({ consumerKey: 'k', consumerSecret: 's', fetch, retry: false, hooks: { onRetry: console.log } })
    // @ts-expect-error the consumer secret is missing
    createClient({ consumerKey: 'k' })
  })

  test('accepts undefined for every option, under exactOptionalPropertyTypes', () => {
    const none = undefined as string | undefined
    createClient({ consumerKey: 'k', consumerSecret: 's', bearerToken: none, baseUrl: none, user: undefined })
    createClient({ consumerKey: 'k', consumerSecret: 's', fetch: undefined, timeoutMs: undefined, retry: undefined })
    createClient({ consumerKey: 'k', consumerSecret: 's', hooks: { onRetry: undefined }, now: undefined })
    createClient({ consumerKey: 'k', consumerSecret: 's', userAgent: none, fetchOptions: undefined, logger: undefined })
    client.subscriptions.create('1', { user: undefined, signal: undefined, timeoutMs: undefined, retry: undefined })
    client.webhooks.list({ headers: undefined })
    client.replay.create('1', { from: '202611211000', to: '202611211130' }, { endpoint: undefined })
  })
})

describe('the clients of all versions', () => {
  const options: ClientOptions = clientOptionsFromEnv({})
  const alice: UserCredentials = { accessToken: 'a', accessTokenSecret: 's' }

  /** Uses every call that all clients have. */
  async function everyVerb({ webhooks, subscriptions }: AccountActivityClient) {
    const { signal } = new AbortController()
    const webhook: Webhook = await webhooks.create('https://app.example/hook', { signal })
    const listed: Webhook[] = await webhooks.list()
    const validation: WebhookValidation = await webhooks.validate(webhook.id)
    await subscriptions.create(webhook.id, { user: alice, signal })
    const isSubscribed: boolean = await subscriptions.check(webhook.id, { user: alice })
    const list = await subscriptions.list(webhook.id)
    expectTypeOf(list.webhookUrl).toEqualTypeOf<string | undefined>()
    expectTypeOf(list.environment).toEqualTypeOf<string | undefined>()
    const userIds: string[] = list.subscriptions.map(({ userId }) => userId)
    const count: SubscriptionCount = await subscriptions.count()
    await subscriptions.delete(webhook.id, '1')
    await webhooks.delete(webhook.id)
    return { listed, validation, isSubscribed, userIds, count }
  }

  test('are accepted by the same function', () => {
    everyVerb(createClient(options))
    everyVerb(createEnterpriseClient(options))
    everyVerb(createPremiumClient({ ...options, environment: 'dev' }))
    expectTypeOf<Client>().toExtend<AccountActivityClient>()
    expectTypeOf<EnterpriseClient>().toExtend<AccountActivityClient>()
    expectTypeOf<PremiumClient>().toExtend<AccountActivityClient>()
  })

  test('have the same replay call, except premium', () => {
    const window = { from: new Date(), to: '202611211130' }
    const replay = ({ replay }: Pick<EnterpriseClient, 'replay'>): Promise<ReplayJob> => replay.create('1', window)
    replay(createClient(options))
    replay(createEnterpriseClient(options))
    // @ts-expect-error premium has no replay
    replay(createPremiumClient({ ...options, environment: 'dev' }))
    // @ts-expect-error enterprise has one endpoint
    createEnterpriseClient(options).replay.create('1', window, { endpoint: 'webhooks' })
    createClient(options).replay.create('1', window, { endpoint: 'webhooks' })
  })

  test('accept OAuth 2.0 tokens only in v2', () => {
    const user = { bearerToken: 'b' }
    createClient(options).subscriptions.create('1', { user })
    // @ts-expect-error v1.1 does not accept an OAuth 2.0 token
    createEnterpriseClient(options).subscriptions.create('1', { user })
    // @ts-expect-error v1.1 does not accept an OAuth 2.0 token
    createPremiumClient({ ...options, environment: 'dev' }).subscriptions.check('1', { user })
    // @ts-expect-error not every client accepts an OAuth 2.0 token
    const check = ({ subscriptions }: AccountActivityClient) => subscriptions.check('1', { user })
    return check
  })

  test('accept OAuth 2.0 tokens of a client only in v2, and one kind of token per user', () => {
    const app = { consumerKey: 'k', consumerSecret: 's' }
    const both = { accessToken: 'a', accessTokenSecret: 's', bearerToken: 'b' }
    createClient({ ...app, user: { bearerToken: 'b' } })
    createClient({ ...app, user: async () => ({ bearerToken: 'b' }) })
    createEnterpriseClient({ ...app, user: async () => alice })
    // @ts-expect-error v1.1 does not accept an OAuth 2.0 token
    createEnterpriseClient({ ...app, user: { bearerToken: 'b' } })
    // @ts-expect-error v1.1 does not accept an OAuth 2.0 token
    createPremiumClient({ ...app, environment: 'dev', user: async () => ({ bearerToken: 'b' }) })
    // @ts-expect-error v1.1 does not accept an OAuth 2.0 token
    createEnterpriseClient(app).as({ bearerToken: 'b' })
    // @ts-expect-error a user has one kind of token
    createClient({ ...app, user: both })
    // @ts-expect-error a user has one kind of token
    createClient(app).subscriptions.create('1', { user: both })
  })

  test('sync only users whose kind of token they accept', () => {
    const users = [{ userId: '1', bearerToken: 'b' }]
    syncSubscriptions(createClient(options), { webhookId: '1', users })
    syncSubscriptions(createEnterpriseClient(options), { webhookId: '1', users: [{ ...alice, userId: '1' }] })
    // @ts-expect-error v1.1 does not accept an OAuth 2.0 token
    syncSubscriptions(createEnterpriseClient(options), { webhookId: '1', users })
    // @ts-expect-error v1.1 does not accept an OAuth 2.0 token
    planSubscriptions(createPremiumClient({ ...options, environment: 'dev' }), { webhookId: '1', users })
  })

  test('are returned by `as` with their own type', () => {
    expectTypeOf(createClient(options).as({ bearerToken: 'b' })).toEqualTypeOf<Client>()
    expectTypeOf(createEnterpriseClient(options).as(alice)).toEqualTypeOf<EnterpriseClient>()
    expectTypeOf(createPremiumClient({ ...options, environment: 'dev' }).as(alice)).toEqualTypeOf<PremiumClient>()
    expectTypeOf(createClient(options).subscriptions.ensure).returns.resolves.toEqualTypeOf<'created' | 'present'>()
  })

  test('return a list of subscriptions with the fields of their version', async () => {
    const inV2 = await createClient(options).subscriptions.list('1')
    const inEnterprise = await createEnterpriseClient(options).subscriptions.list('1')
    const inPremium = await createPremiumClient({ ...options, environment: 'dev' }).subscriptions.list('1')
    expectTypeOf(inV2.webhookUrl).toBeString()
    expectTypeOf(inEnterprise).toEqualTypeOf<typeof inV2>()
    expectTypeOf(inPremium.environment).toBeString()
    expectTypeOf(inPremium.webhookUrl).toEqualTypeOf<string | undefined>()
  })

  test('of premium list the environments, and require one', () => {
    const premium = createPremiumClient({ ...options, environment: 'dev' })
    expectTypeOf(premium.environments.list).returns.resolves.toEqualTypeOf<Environment[]>()
    // @ts-expect-error the environment is missing
    createPremiumClient(options)
  })
})

describe('three-legged OAuth 1.0a', () => {
  test('has calls that fit together, and results in a user', async () => {
    const app = { consumerKey: 'k', consumerSecret: 's' }
    const { oauthTokenSecret, callbackConfirmed } = await requestToken(app, { callback: 'oob' })
    expectTypeOf(callbackConfirmed).toEqualTypeOf<true>()
    const callback = readCallback('/')
    // @ts-expect-error the user may have refused, without a verifier
    accessToken(app, callback)
    if (callback.denied) return
    const user = await accessToken(app, { ...callback, oauthTokenSecret })
    expectTypeOf(user).toExtend<UserCredentials & { userId: string; screenName: string }>()
    client.subscriptions.create('1', { user })
  })
})

describe('activity subscriptions', () => {
  test('complete the event types, and accept others', () => {
    const create = client.activity.subscriptions.create
    expectTypeOf(
      create({ eventType: 'post.create', filter: { userId: '1' } }),
    ).resolves.toEqualTypeOf<ActivitySubscription>()
    create({ eventType: 'a.type.of.tomorrow', filter: {} }, { user: { bearerToken: 'b' } })
    create({ eventType: 'post.create', filter: {}, tag: undefined, webhookId: undefined, expiresAt: undefined })
    // @ts-expect-error the wire has another name for it
    create({ eventType: 'post.create', filter: { user_id: '1' } })
    // @ts-expect-error the filter cannot change
    client.activity.subscriptions.update('1', { filter: {} })
  })

  test('are listed by iterating, and deleted with an outcome for each', async () => {
    expectTypeOf(client.activity.subscriptions.list({ pageSize: 1 })).toEqualTypeOf<
      AsyncIterable<ActivitySubscription>
    >()
    const { deleted, failed } = await client.activity.subscriptions.deleteMany(['1'])
    expectTypeOf(deleted).toEqualTypeOf<readonly string[]>()
    expectTypeOf(failed).items.toExtend<{ id: string; reason: string; message?: string }>()
    if (isApiError(error, 'activity.subscriptions.create')) {
      expectTypeOf<'OauthAccessTokenRequired' | 'DuplicateSubscription'>().toExtend<typeof error.reason>()
    }
  })
})
