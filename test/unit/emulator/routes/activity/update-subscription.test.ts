import { describe, expect, it } from 'vitest'
import { ActivityHarness, subscriptionsPath } from '../../../../support/emulator-activity.ts'

async function setup() {
  const harness = new ActivityHarness()
  const [alice, bob] = [harness.x.addUser({ screenName: 'alice' }), harness.x.addUser({ screenName: 'bob' })]
  const created = await harness.subscribeTo('like.create', alice, { tag: 'a' })
  const path = `${subscriptionsPath}/${created.subscription_id}`
  return { harness, alice, bob, created, path }
}

describe('PUT /2/activity/subscriptions/:subscription_id', () => {
  it('changes the tag and the webhook', async () => {
    const { harness, created, path } = await setup()
    const webhook_id = await harness.register()
    await harness.x.advance({ seconds: 1 })
    const response = await harness.asApp('PUT', path, { tag: 'b', webhook_id })
    const updated = { ...created, tag: 'b', webhook_id, updated_at: '2026-11-21T09:30:01.250Z' }
    expect(await response.json()).toEqual({ data: { subscription: updated, total_subscriptions: 1 } })
    expect(await harness.listed()).toEqual([updated])
  })

  it('keeps what is not given', async () => {
    const { harness, created, path } = await setup()
    const response = await harness.asApp('PUT', path, {})
    expect(await response.json()).toMatchObject({ data: { subscription: created } })
  })

  it.each([
    ['the event type', { event_type: 'post.create' }, '$.event_type: is not defined in the schema'],
    ['the filter', { filter: { user_id: '1' } }, '$.filter: is not defined in the schema'],
    ['the end', { expires_at: '2027-01-01T00:00:00Z' }, '$.expires_at: is not defined in the schema'],
    ['an empty tag', { tag: '' }, '$.tag: must be a string'],
    ['a malformed webhook id', { webhook_id: 'x' }, '$.webhook_id: does not match'],
    ['an unknown webhook', { webhook_id: '9' }, 'WebhookIdInvalid: '],
    ['no JSON', '{', 'The body must be a JSON object'],
  ])('refuses %s', async (_, body, message) => {
    const { harness, created, path } = await setup()
    const response = await harness.asApp('PUT', path, body)
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(message)])
    expect(await harness.listed()).toEqual([created])
  })

  it('accepts the token of the user, and of no other one', async () => {
    const { harness, alice, bob, path } = await setup()
    expect((await harness.withToken(alice.oauth2Token, 'PUT', path, { tag: 'b' })).status).toBe(200)
    expect((await harness.signed(alice, 'PUT', path, { tag: 'c' })).status).toBe(200)
    expect((await harness.withToken(bob.oauth2Token, 'PUT', path, { tag: 'd' })).status).toBe(404)
  })

  it('does not know the subscription of another app', async () => {
    const { harness, created, path } = await setup()
    const response = await harness.asApp('PUT', path, { tag: 'b' }, harness.x.addApp())
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({
      type: 'https://api.x.com/2/problems/resource-not-found',
      detail: 'SubscriptionNotFound: The subscription does not exist or belongs to another app',
      resource_id: created.subscription_id,
    })
  })
})
