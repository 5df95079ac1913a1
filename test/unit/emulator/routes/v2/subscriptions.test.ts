import { describe, expect, it } from 'vitest'
import { EmulatorHarness, hookUrl, reasonOf, subscriptionPath } from '../../../../support/emulator-harness.ts'

const countPath = '/2/account_activity/subscriptions/count'

async function createHarness(options: ConstructorParameters<typeof EmulatorHarness>[0] = {}) {
  const harness = new EmulatorHarness(options)
  const id = await harness.register()
  const alice = harness.x.addUser({ screenName: 'alice' })
  const bob = harness.x.addUser({ screenName: 'bob' })
  return { harness, id, alice, bob }
}

describe('POST …/subscriptions/all', () => {
  it('subscribes the user of the token', async () => {
    const { harness, id, alice, bob } = await createHarness()
    const response = await harness.asUser(alice, 'POST', subscriptionPath(id))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ data: { subscribed: true } })
    const check = async (user: typeof alice) => (await harness.asUser(user, 'GET', subscriptionPath(id))).json()
    expect(await check(alice)).toEqual({ data: { subscribed: true } })
    expect(await check(bob)).toEqual({ data: { subscribed: false } })
  })

  it('accepts an OAuth 2.0 token', async () => {
    const { harness, id, alice } = await createHarness()
    const headers = { authorization: `Bearer ${alice.oauth2Token}` }
    const url = `https://api.x.com${subscriptionPath(id)}`
    const response = await harness.x.fetch(url, { method: 'POST', headers, body: '{}' })
    expect(await response.json()).toEqual({ data: { subscribed: true } })
  })

  it('refuses a second subscription to the same webhook, and accepts another webhook', async () => {
    const { harness, id, alice } = await createHarness()
    const other = await harness.register(`${hookUrl}/other`)
    await harness.subscribe(id, alice)
    const response = await harness.asUser(alice, 'POST', subscriptionPath(id))
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      title: 'Invalid Request',
      type: 'https://api.x.com/2/problems/invalid-request',
      errors: [{ message: 'DuplicateSubscriptionFailed: Subscription already exists' }],
    })
    expect((await harness.asUser(alice, 'POST', subscriptionPath(other))).status).toBe(200)
  })

  it.each([
    [{ tier: 'pay-per-use' } as const, 3],
    [{ tier: 'sandbox' } as const, 15],
    [{ limits: { subscriptions: 0 } }, 0],
    [{ limits: { subscriptions: 1 } }, 1],
  ])('with %j accepts %i users', async (options, limit) => {
    const { harness, id } = await createHarness(options)
    for (let count = 0; count < limit; count += 1) {
      await harness.subscribe(id, harness.x.addUser({ screenName: `user${count}` }))
    }
    const response = await harness.asUser(harness.x.addUser({ screenName: 'more' }), 'POST', subscriptionPath(id))
    expect(response.status).toBe(400)
    expect(await reasonOf(response)).toBe('SubscriptionLimitExceeded')
  })

  it('counts a user once for all webhooks, and accepts another after one was removed', async () => {
    const { harness, id, alice, bob } = await createHarness({ limits: { subscriptions: 1 } })
    const other = await harness.register(`${hookUrl}/other`)
    await harness.subscribe(id, alice)
    await harness.subscribe(other, alice)
    expect(await reasonOf(await harness.asUser(bob, 'POST', subscriptionPath(other)))).toBe('SubscriptionLimitExceeded')
    for (const webhook of [id, other]) {
      await harness.asApp('DELETE', `/2/account_activity/webhooks/${webhook}/subscriptions/${alice.id}/all`)
    }
    await harness.subscribe(other, bob)
  })
})

describe('DELETE …/subscriptions/:user_id/all', () => {
  it('deletes the subscription once', async () => {
    const { harness, id, alice } = await createHarness()
    await harness.subscribe(id, alice)
    const path = `/2/account_activity/webhooks/${id}/subscriptions/${alice.id}/all`
    const response = await harness.asApp('DELETE', path)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ data: { subscribed: false } })
    expect(await reasonOf(await harness.asApp('DELETE', path))).toBe('SubscriptionNotFound')
    await alice.post('Not delivered')
    expect(await harness.flush()).toEqual([])
  })

  it.each(['1', 'abc', '__proto__'])('refuses the user %s, who is not subscribed', async (userId) => {
    const { harness, id } = await createHarness()
    const response = await harness.asApp('DELETE', `/2/account_activity/webhooks/${id}/subscriptions/${userId}/all`)
    expect(response.status).toBe(400)
    expect(await reasonOf(response)).toBe('SubscriptionNotFound')
  })
})

describe('GET …/subscriptions/all/list', () => {
  it('returns the app, the webhook and the users, with all ids as strings', async () => {
    const { harness, id, alice, bob } = await createHarness()
    const list = async () => (await harness.asApp('GET', `${subscriptionPath(id)}/list`)).json()
    const data = { application_id: harness.x.app.id, webhook_id: id, webhook_url: hookUrl, subscriptions: [] }
    expect(await list()).toEqual({ data })
    await harness.subscribe(id, alice, bob)
    expect(await list()).toEqual({ data: { ...data, subscriptions: [{ user_id: alice.id }, { user_id: bob.id }] } })
  })
})

describe('GET …/subscriptions/count', () => {
  it('returns the counts as strings', async () => {
    const { harness, id, alice, bob } = await createHarness({ tier: 'pay-per-use' })
    await harness.subscribe(id, alice, bob)
    expect(await (await harness.asApp('GET', countPath)).json()).toEqual({
      data: {
        account_name: 'app_owner',
        provisioned_count: '3',
        subscriptions_count_all: '2',
        subscriptions_count_direct_messages: '0',
      },
    })
  })
})

describe('a user whose subscriptions are denied', () => {
  it.each(['POST', 'GET'])('is refused by %s in v2', async (method) => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const bob = harness.x.addUser({ screenName: 'bob' })
    const path = subscriptionPath(await harness.register())
    harness.x.configureApp({ deniedUsers: [alice] })
    const response = await harness.asUser(alice, method, path)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({
      type: 'https://api.x.com/2/problems/not-authorized-for-resource',
      resource_type: 'user',
      resource_id: alice.id,
    })
    expect((await harness.asUser(bob, method, path)).status).toBe(200)
  })
})
