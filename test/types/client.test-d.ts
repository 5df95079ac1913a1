import { describe, expectTypeOf, test } from 'vitest'
import {
  type Client,
  clientOptionsFromEnv,
  createClient,
  isApiError,
  type ReplayJob,
  type SubscriptionCount,
  type Webhook,
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
