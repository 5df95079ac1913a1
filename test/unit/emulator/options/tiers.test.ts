import { describe, expect, it } from 'vitest'
import type { EmulatorOptions } from 'x-account-activity/emulator'
import { callSigned, failureOf, registerAt } from '../../../support/emulator-v1.ts'
import { reasonOf, subscriptionPath, World } from '../../../support/emulator-world.ts'

type Tier = NonNullable<EmulatorOptions['tier']>

/** A world with a webhook, and so many users subscribed to it; each may be subscribed without a problem. */
async function subscribe(world: World, webhookId: string, count: number) {
  const statuses: number[] = []
  for (let index = 0; index < count; index += 1) {
    const user = world.x.addUser({ screenName: `user${index}` })
    statuses.push((await world.asUser(user, 'POST', subscriptionPath(webhookId))).status)
  }
  return statuses
}

// Wire facts 1.6 and 4.3.
describe.each<[Tier, number, number]>([
  ['sandbox', 1, 15],
  ['pay-per-use', 1, 3],
  ['premium', 3, 250],
  ['enterprise', 5, 5000],
])('%s', (tier, webhooks, subscriptions) => {
  it(`has ${webhooks} webhooks`, async () => {
    const world = new World({ tier })
    for (let index = 0; index < webhooks; index += 1) await world.register(`https://hook${index}.example.com`)
    const response = await world.asApp('POST', '/2/webhooks', { url: 'https://more.example.com' })
    expect(response.status).toBe(400)
    expect(await reasonOf(response)).toBe('WebhookLimitExceeded')
  })

  it(`has ${subscriptions} subscriptions`, async () => {
    const world = new World({ tier })
    const count = await world.asApp('GET', '/2/account_activity/subscriptions/count')
    expect(await count.json()).toMatchObject({ data: { provisioned_count: String(subscriptions) } })
  })
})

describe('the limit of subscriptions', () => {
  it.each<[Tier, number]>([
    ['sandbox', 15],
    ['pay-per-use', 3],
  ])('of %s is met, not passed', async (tier, most) => {
    const world = new World({ tier })
    const webhookId = await world.register()
    expect(await subscribe(world, webhookId, most)).toEqual(Array(most).fill(200))
    const late = world.x.addUser({ screenName: 'late' })
    const response = await world.asUser(late, 'POST', subscriptionPath(webhookId))
    expect(await reasonOf(response)).toBe('SubscriptionLimitExceeded')
  })

  it('is told by code 214 in v1.1', async () => {
    const world = new World({ tier: 'sandbox', limits: { subscriptions: 1 } })
    const root = '/1.1/account_activity/all/dev'
    await registerAt(world, `${root}/webhooks.json`)
    const call = (screenName: string) =>
      callSigned(world, world.x.addUser({ screenName }), { method: 'POST', path: `${root}/subscriptions.json` })
    expect((await call('alice')).status).toBe(204)
    expect(await failureOf(await call('bob'))).toEqual({
      status: 403,
      code: 214,
      message: 'Too many resources already created.',
    })
  })

  it('counts for all apps and all APIs of the account together, a user once', async () => {
    const world = new World({ limits: { webhooks: 3, subscriptions: 1 } })
    const alice = world.x.addUser({ screenName: 'alice' })
    const bob = world.x.addUser({ screenName: 'bob' })
    const webhookId = await world.register()
    await world.subscribe(webhookId, alice)
    const root = '/1.1/account_activity/all/dev'
    await registerAt(world, `${root}/webhooks.json`)
    const path = `${root}/subscriptions.json`
    expect((await callSigned(world, alice, { method: 'POST', path })).status).toBe(204)
    expect(await failureOf(await callSigned(world, bob, { method: 'POST', path }))).toMatchObject({ code: 214 })
    const other = world.x.addApp()
    const count = await world.asApp('GET', '/2/account_activity/subscriptions/count', undefined, other)
    expect(await count.json()).toMatchObject({ data: { subscriptions_count_all: '1', provisioned_count: '1' } })
  })
})

it('the limit of webhooks counts for all apps and all APIs of the account together', async () => {
  const world = new World({ limits: { webhooks: 2 }, environments: ['dev', 'prod'] })
  await registerAt(world, '/1.1/account_activity/all/dev/webhooks.json')
  await registerAt(world, '/1.1/account_activity/webhooks.json')
  const response = await world.asApp('POST', '/2/webhooks', { url: 'https://more.example.com' }, world.x.addApp())
  expect(await reasonOf(response)).toBe('WebhookLimitExceeded')
})

it.each(['webhook', 'constructor', 'rates'])('refuses the limit %j, which there is not', (name) => {
  expect(() => new World({ limits: { [name]: 1 } })).toThrow(RangeError)
})
