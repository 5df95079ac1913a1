import { describe, expectTypeOf, test } from 'vitest'
import {
  type AccountActivityClient,
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
  type ReplayJob,
  readCallback,
  requestToken,
  type SubscriptionCount,
  type UserCredentials,
  type Webhook,
  type WebhookValidation,
} from 'x-account-activity'

declare const client: Client
declare const error: unknown

describe('isApiError', () => {
  test('narrows the reason to what the call can answer', () => {
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

  test('knows the calls by name', () => {
    // @ts-expect-error there is no such call
    isApiError(error, 'subscriptions.update')
  })

  test('without a call leaves every reason', () => {
    if (isApiError(error)) expectTypeOf<'ReplayConflictError'>().toExtend<typeof error.reason>()
  })
})

describe('the client', () => {
  test('answers with documented types', () => {
    expectTypeOf(client.webhooks.create).returns.resolves.toEqualTypeOf<Webhook>()
    expectTypeOf(client.webhooks.list).returns.resolves.toEqualTypeOf<Webhook[]>()
    expectTypeOf(client.webhooks.delete).returns.resolves.toBeVoid()
    expectTypeOf(client.subscriptions.create).returns.resolves.toBeVoid()
    expectTypeOf(client.subscriptions.check).returns.resolves.toBeBoolean()
    expectTypeOf(client.subscriptions.count).returns.resolves.toEqualTypeOf<SubscriptionCount>()
    expectTypeOf(client.replay.create).returns.resolves.toEqualTypeOf<ReplayJob>()
  })

  test('takes ids as strings, and both kinds of user', () => {
    const { signal } = new AbortController()
    expectTypeOf(client.subscriptions.create).toBeCallableWith('1', { user: { bearerToken: 'b' }, signal })
    expectTypeOf(client.subscriptions.check).toBeCallableWith('1', {
      user: { accessToken: 'a', accessTokenSecret: 's' },
    })
    // @ts-expect-error numbers lose digits
    client.webhooks.delete(1)
    // @ts-expect-error an app-only call acts for no user
    client.webhooks.list({ user: { bearerToken: 'b' } })
    // @ts-expect-error half a user
    client.subscriptions.create('1', { user: { accessToken: 'a' } })
  })

  test('is made of what the environment holds, and of any fetch', () => {
    createClient(clientOptionsFromEnv({}))
    createClient({ consumerKey: 'k', consumerSecret: 's', fetch, retry: false, hooks: { onRetry: console.log } })
    // @ts-expect-error half the keys
    createClient({ consumerKey: 'k' })
  })
})

describe('the clients of all versions', () => {
  const options: ClientOptions = clientOptionsFromEnv({})
  const alice: UserCredentials = { accessToken: 'a', accessTokenSecret: 's' }

  /** Written once, against what all of them have. */
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

  test('take one function, by the line that makes them', () => {
    everyVerb(createClient(options))
    everyVerb(createEnterpriseClient(options))
    everyVerb(createPremiumClient({ ...options, environment: 'dev' }))
    expectTypeOf<Client>().toExtend<AccountActivityClient>()
    expectTypeOf<EnterpriseClient>().toExtend<AccountActivityClient>()
    expectTypeOf<PremiumClient>().toExtend<AccountActivityClient>()
  })

  test('replay in one way, where they replay', () => {
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

  test('take tokens of OAuth 2.0 in v2 only', () => {
    const user = { bearerToken: 'b' }
    createClient(options).subscriptions.create('1', { user })
    // @ts-expect-error not in version 1.1
    createEnterpriseClient(options).subscriptions.create('1', { user })
    // @ts-expect-error not in version 1.1
    createPremiumClient({ ...options, environment: 'dev' }).subscriptions.check('1', { user })
    // @ts-expect-error not in code that is to run with all of them
    const check = ({ subscriptions }: AccountActivityClient) => subscriptions.check('1', { user })
    return check
  })

  test('tell of their subscriptions what their version tells', async () => {
    const inV2 = await createClient(options).subscriptions.list('1')
    const inEnterprise = await createEnterpriseClient(options).subscriptions.list('1')
    const inPremium = await createPremiumClient({ ...options, environment: 'dev' }).subscriptions.list('1')
    expectTypeOf(inV2.webhookUrl).toBeString()
    expectTypeOf(inEnterprise).toEqualTypeOf<typeof inV2>()
    expectTypeOf(inPremium.environment).toBeString()
    expectTypeOf(inPremium.webhookUrl).toEqualTypeOf<string | undefined>()
  })

  test('of premium know the environments, and need one', () => {
    const premium = createPremiumClient({ ...options, environment: 'dev' })
    expectTypeOf(premium.environments.list).returns.resolves.toEqualTypeOf<Environment[]>()
    // @ts-expect-error without an environment
    createPremiumClient(options)
  })
})

describe('the three legs of OAuth 1.0a', () => {
  test('fit together, and what comes of them is a user', async () => {
    const app = { consumerKey: 'k', consumerSecret: 's' }
    const { oauthTokenSecret, callbackConfirmed } = await requestToken(app, { callback: 'oob' })
    expectTypeOf(callbackConfirmed).toEqualTypeOf<true>()
    const callback = readCallback('/')
    // @ts-expect-error a user who said no has no verifier
    accessToken(app, callback)
    if (callback.denied) return
    const user = await accessToken(app, { ...callback, oauthTokenSecret })
    expectTypeOf(user).toExtend<UserCredentials & { userId: string; screenName: string }>()
    client.subscriptions.create('1', { user })
  })
})
