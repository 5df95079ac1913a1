import { describe, expect, it } from 'vitest'
import { ActivityHarness, activityWorld, parsed, subscriptionsPath } from '../../../support/emulator-activity.ts'

describe('a revocation', () => {
  it('removes the subscriptions of the user, and sends one event to each webhook', async () => {
    const { harness, alice, bob, webhookId } = await activityWorld(['like.create', 'dm.received', 'post.create'])
    await harness.subscribeTo('like.create', bob, { webhook_id: webhookId })
    await alice.revoke()
    const received = await harness.flush()
    // https://docs.x.com/x-api/activity/introduction: without a tag, and with an empty filter
    expect(received.map(({ json }) => json)).toEqual([
      {
        data: {
          event_uuid: expect.stringMatching(/^-?\d{1,19}$/),
          filter: {},
          event_type: 'oauth.revoke',
          payload: { date_time: '2026-11-21T09:30:00+00:00', user_id: alice.id, app_id: harness.x.app.id },
        },
      },
    ])
    expect(parsed(received[0])).toMatchObject({ type: 'oauth.revoke', userId: alice.id })
    expect((await harness.listed()).map(({ filter }) => filter)).toEqual([{ user_id: bob.id }])
    await bob.message(alice, 'Hello')
    expect(await harness.flush()).toEqual([])
  })

  it('keeps the subscriptions that the app created, and those of other apps', async () => {
    const harness = new ActivityHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    await harness.subscribeTo('post.create', alice, { by: 'app' })
    const other = harness.x.addApp()
    const { oauth2Token } = await alice.authorize(other)
    const body = { event_type: 'like.create', filter: { user_id: alice.id } }
    await harness.withToken(oauth2Token, 'POST', subscriptionsPath, body)
    await alice.revoke()
    expect(await harness.listed()).toHaveLength(1)
    const ofOther = await harness.asApp('GET', subscriptionsPath, undefined, other)
    expect(await ofOther.json()).toMatchObject({ meta: { result_count: 1 } })
    expect(await harness.flush()).toEqual([])
  })

  it('sends the events of both APIs', async () => {
    const { harness, alice, webhookId } = await activityWorld(['like.create'])
    await harness.subscribe(webhookId, alice)
    await alice.revoke()
    await harness.flush()
    expect(harness.x.deliveries.map(({ api }) => api)).toEqual(['account_activity', 'activity'])
  })

  it('is attempted again', async () => {
    const { harness, alice } = await activityWorld(['like.create'])
    harness.onDelivery = () => new Response(null, { status: 500 })
    await alice.revoke()
    await harness.x.advance({ minutes: 1 })
    expect(harness.x.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2])
  })
})
