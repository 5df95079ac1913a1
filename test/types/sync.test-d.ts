import { describe, expectTypeOf, test } from 'vitest'
import type { Client, EnterpriseClient, PremiumClient, UserCredentials } from 'x-account-activity'
import type { EmulatedUser } from 'x-account-activity/emulator'
import * as recovery from 'x-account-activity/recovery'
import {
  planSubscriptions,
  planWebhook,
  type SubscriptionSyncOptions,
  type SubscriptionSyncPlan,
  type SubscriptionSyncResult,
  type SubscriptionSyncUser,
  type SyncedWebhook,
  syncSubscriptions,
  syncWebhook,
  type WebhookHealth,
  type WebhookSyncPlan,
  type WebhookWatcher,
  watchWebhook,
} from 'x-account-activity/sync'

declare const client: Client
declare const enterprise: EnterpriseClient
declare const premium: PremiumClient
declare const users: UserCredentials[]
declare const emulated: EmulatedUser[]
declare const plan: SubscriptionSyncPlan
declare const webhookPlan: WebhookSyncPlan

const webhookId = '1146654567674912769'
const url = 'https://example.com/x'

describe('syncSubscriptions', () => {
  test('accepts every client', () => {
    for (const one of [client, enterprise, premium]) syncSubscriptions(one, { webhookId, users })
    expectTypeOf(syncSubscriptions(client, { webhookId, users })).resolves.toEqualTypeOf<SubscriptionSyncResult>()
  })

  test('accepts OAuth 1.0a and OAuth 2.0 credentials, and users of the emulator', () => {
    const oauth2: SubscriptionSyncUser = { userId: '1', bearerToken: 'b' }
    syncSubscriptions(client, { webhookId, users: [...users, ...emulated, oauth2] })
    // An account whose token is missing is skipped.
    syncSubscriptions(client, { webhookId, users: [...users, { userId: '1' }, { userId: '2', accessToken: null }] })
    // @ts-expect-error an account has an id or a token
    syncSubscriptions(client, { webhookId, users: [{ bearerToken: null }] })
  })

  test('accepts one type of options, as planSubscriptions does', () => {
    const options: SubscriptionSyncOptions = {
      webhookId,
      users,
      prune: undefined,
      concurrency: 8,
      onPlan: ({ subscribe }) => expectTypeOf(subscribe).toEqualTypeOf<readonly string[]>(),
      onProgress: ({ done, total }) => done / total,
      now: undefined,
      sleep: undefined,
    }
    syncSubscriptions(client, options)
    planSubscriptions(client, options)
    // @ts-expect-error the users are required
    syncSubscriptions(client, { webhookId })
    // @ts-expect-error a misspelt option
    syncSubscriptions(client, { webhookId, users, purge: true })
  })

  test('narrows the reason of a failure', async () => {
    const { failed } = await syncSubscriptions(client, { webhookId, users })
    for (const { reason } of failed) {
      switch (reason) {
        case 'SubscriptionLimitExceeded':
        case 'timeout':
        case 'InvalidResponse':
          break
        // @ts-expect-error a reason of another call
        case 'CrcValidationFailed':
          break
      }
    }
  })
})

describe('a subscription plan', () => {
  test('is applied with options that override its own', () => {
    expectTypeOf(plan.apply({ concurrency: 1 })).resolves.toEqualTypeOf<SubscriptionSyncResult>()
    // @ts-expect-error a plan belongs to its webhook
    plan.apply({ webhookId })
    // @ts-expect-error a plan cannot be changed
    plan.subscribe.push('1')
  })
})

describe('syncWebhook', () => {
  test('accepts every client, and one type of options, as planWebhook does', () => {
    for (const one of [client, enterprise, premium]) syncWebhook(one, { url })
    const options = { url, prune: true, onPlan: undefined }
    expectTypeOf(syncWebhook(client, options)).resolves.toEqualTypeOf<SyncedWebhook>()
    expectTypeOf(planWebhook(client, options)).resolves.toEqualTypeOf<WebhookSyncPlan>()
    // @ts-expect-error the URL is a string
    syncWebhook(client, { url: new URL(url) })
  })

  test('narrows the actions of a plan', () => {
    for (const action of webhookPlan.actions) {
      expectTypeOf(action.type).toEqualTypeOf<'create' | 'validate' | 'delete'>()
      if (action.type !== 'create') expectTypeOf(action.webhookId).toEqualTypeOf<string>()
      // @ts-expect-error a webhook that is to be created has no id
      if (action.type === 'create') action.webhookId
    }
  })
})

describe('watchWebhook', () => {
  test('gives the health to onCheck', () => {
    const stop = watchWebhook(client, {
      webhookId,
      onCheck: (health) => expectTypeOf(health).toEqualTypeOf<WebhookHealth>(),
      signal: undefined,
    })
    expectTypeOf(stop).toEqualTypeOf<WebhookWatcher>()
    expectTypeOf(stop).returns.resolves.toBeVoid()
    expectTypeOf(stop).toExtend<AsyncDisposable>()
  })
})

test('the recovery entry exports the same functions', () => {
  expectTypeOf(recovery.syncSubscriptions).toEqualTypeOf<typeof syncSubscriptions>()
  expectTypeOf(recovery.syncWebhook).toEqualTypeOf<typeof syncWebhook>()
  expectTypeOf(recovery.watchWebhook).toEqualTypeOf<typeof watchWebhook>()
})
