import { describe, expect, it } from 'vitest'
import type { EmulatorOptions } from 'x-account-activity/emulator'
import { EmulatorHarness, reasonOf, subscriptionPath } from '../../../support/emulator-harness.ts'
import { callSigned, failureOf, registerAt } from '../../../support/emulator-v1.ts'

type Tier = NonNullable<EmulatorOptions['tier']>

/** Subscribes a number of users to a webhook, and returns the status of each answer. */
async function subscribe(harness: EmulatorHarness, webhookId: string, count: number) {
  const statuses: number[] = []
  for (let index = 0; index < count; index += 1) {
    const user = harness.x.addUser({ screenName: `user${index}` })
    statuses.push((await harness.asUser(user, 'POST', subscriptionPath(webhookId))).status)
  }
  return statuses
}

// https://docs.x.com/x-api/account-activity/introduction documents pay-per-use and enterprise, X's reference for v1.1
// enterprise documents the sandbox. X documents no numbers for paid premium: those are the emulator's.
describe.each<[Tier, number, number]>([
  ['sandbox', 1, 15],
  ['pay-per-use', 1, 3],
  ['premium', 3, 250],
  ['enterprise', 5, 5000],
])('%s', (tier, webhooks, subscriptions) => {
  it(`has ${webhooks} webhooks`, async () => {
    const harness = new EmulatorHarness({ tier })
    for (let index = 0; index < webhooks; index += 1) await harness.register(`https://hook${index}.example.com`)
    const response = await harness.asApp('POST', '/2/webhooks', { url: 'https://more.example.com' })
    expect(response.status).toBe(400)
    expect(await reasonOf(response)).toBe('WebhookLimitExceeded')
  })

  it(`has ${subscriptions} subscriptions`, async () => {
    const harness = new EmulatorHarness({ tier })
    const count = await harness.asApp('GET', '/2/account_activity/subscriptions/count')
    expect(await count.json()).toMatchObject({ data: { provisioned_count: String(subscriptions) } })
  })
})

describe('the option limits.activitySubscriptions', () => {
  it.each<[unknown, ErrorConstructor, string]>([
    ['5', TypeError, '"limits.activitySubscriptions" must be a number, got string'],
    [-1, RangeError, '"limits.activitySubscriptions" must be'],
    [0.5, RangeError, '"limits.activitySubscriptions" must be'],
    [Number.NaN, RangeError, '"limits.activitySubscriptions" must be'],
    [Number.POSITIVE_INFINITY, RangeError, '"limits.activitySubscriptions" must be'],
  ])('refuses %s', (activitySubscriptions, kind, message) => {
    const limits = { activitySubscriptions: activitySubscriptions as number }
    const create = () => new EmulatorHarness({ limits })
    expect(create).toThrow(kind)
    expect(create).toThrow(message)
  })

  it('can be 0', async () => {
    const harness = new EmulatorHarness({ limits: { activitySubscriptions: 0 } })
    const body = { event_type: 'post.create', filter: { user_id: '1' } }
    expect((await harness.asApp('POST', '/2/activity/subscriptions', body)).status).toBe(403)
  })
})

describe('the limit of subscriptions', () => {
  it.each<[Tier, number]>([
    ['sandbox', 15],
    ['pay-per-use', 3],
  ])('is inclusive for %s', async (tier, most) => {
    const harness = new EmulatorHarness({ tier })
    const webhookId = await harness.register()
    expect(await subscribe(harness, webhookId, most)).toEqual(Array(most).fill(200))
    const late = harness.x.addUser({ screenName: 'late' })
    const response = await harness.asUser(late, 'POST', subscriptionPath(webhookId))
    expect(await reasonOf(response)).toBe('SubscriptionLimitExceeded')
  })

  it('is reported with code 214 in v1.1', async () => {
    const harness = new EmulatorHarness({ tier: 'sandbox', limits: { subscriptions: 1 } })
    const root = '/1.1/account_activity/all/dev'
    await registerAt(harness, `${root}/webhooks.json`)
    const call = (screenName: string) =>
      callSigned(harness, harness.x.addUser({ screenName }), { method: 'POST', path: `${root}/subscriptions.json` })
    expect((await call('alice')).status).toBe(204)
    expect(await failureOf(await call('bob'))).toEqual({
      status: 403,
      code: 214,
      message: 'Too many resources already created.',
    })
  })

  it('counts all apps and all APIs of the account together, and each user once', async () => {
    const harness = new EmulatorHarness({ limits: { webhooks: 3, subscriptions: 1 } })
    const alice = harness.x.addUser({ screenName: 'alice' })
    const bob = harness.x.addUser({ screenName: 'bob' })
    const webhookId = await harness.register()
    await harness.subscribe(webhookId, alice)
    const root = '/1.1/account_activity/all/dev'
    await registerAt(harness, `${root}/webhooks.json`)
    const path = `${root}/subscriptions.json`
    expect((await callSigned(harness, alice, { method: 'POST', path })).status).toBe(204)
    expect(await failureOf(await callSigned(harness, bob, { method: 'POST', path }))).toMatchObject({ code: 214 })
    const other = harness.x.addApp()
    const count = await harness.asApp('GET', '/2/account_activity/subscriptions/count', undefined, other)
    expect(await count.json()).toMatchObject({ data: { subscriptions_count_all: '1', provisioned_count: '1' } })
  })
})

it('counts the webhooks of all apps and all APIs of the account together', async () => {
  const harness = new EmulatorHarness({ limits: { webhooks: 2 }, environments: ['dev', 'prod'] })
  await registerAt(harness, '/1.1/account_activity/all/dev/webhooks.json')
  await registerAt(harness, '/1.1/account_activity/webhooks.json')
  const response = await harness.asApp('POST', '/2/webhooks', { url: 'https://more.example.com' }, harness.x.addApp())
  expect(await reasonOf(response)).toBe('WebhookLimitExceeded')
})

it.each(['webhook', 'constructor', 'rates'])('refuses the unknown limit %j', (name) => {
  expect(() => new EmulatorHarness({ limits: { [name]: 1 } })).toThrow(RangeError)
})
