import { describe, expect, it } from 'vitest'
import type { EmulatorOptions, Tier } from 'x-account-activity/emulator'
import { ActivityHarness, subscriptionsPath } from '../../../support/emulator-activity.ts'
import { reasonOf } from '../../../support/emulator-harness.ts'

function setup(options: EmulatorOptions = {}) {
  const harness = new ActivityHarness(options)
  const alice = harness.x.addUser({ screenName: 'alice' })
  const create = (filter: object = {}, more: object = {}, event_type = 'like.create') =>
    harness.withToken(alice.oauth2Token, 'POST', subscriptionsPath, {
      event_type,
      filter: { user_id: alice.id, ...filter },
      ...more,
    })
  return { harness, alice, create }
}

describe('the same subscription', () => {
  it('is refused, whatever its tag and its webhook', async () => {
    const { harness, create } = setup()
    await create({}, { tag: 'a' })
    const webhook_id = await harness.register()
    const response = await create({}, { tag: 'b', webhook_id })
    expect([response.status, await reasonOf(response)]).toEqual([400, 'DuplicateSubscription'])
    expect(await harness.listed()).toMatchObject([{ tag: 'a' }])
  })

  it.each<[string, object, string?]>([
    ['direction', { direction: 'inbound' }],
    ['event type', {}, 'post.create'],
  ])('is another one with another %s', async (_, filter, eventType) => {
    const { create } = setup()
    await create()
    expect((await create(filter, {}, eventType)).status).toBe(200)
  })

  it('may be created by another app', async () => {
    const { harness, alice, create } = setup()
    await create({}, {}, 'post.create')
    const body = { event_type: 'post.create', filter: { user_id: alice.id } }
    expect((await harness.asApp('POST', subscriptionsPath, body, harness.x.addApp())).status).toBe(200)
  })

  it('ignores the case of a keyword', async () => {
    const { harness } = setup()
    const create = (keyword: string) =>
      harness.asApp('POST', subscriptionsPath, { event_type: 'news.new', filter: { keyword } })
    await create('Tea')
    expect(await reasonOf(await create('tea'))).toBe('DuplicateSubscription')
    expect((await create('coffee')).status).toBe(200)
  })
})

describe('the end of a subscription', () => {
  const [inAnHour, inTwoHours] = ['2026-11-21T10:30:00.000Z', '2026-11-21T11:30:00.000Z']

  it('comes on the clock of the emulator', async () => {
    const { harness, create } = setup()
    await create({}, { expires_at: inAnHour })
    await harness.x.advance({ minutes: 59 })
    expect(await harness.listed()).toHaveLength(1)
    await harness.x.advance({ minutes: 1 })
    expect(await harness.listed()).toEqual([])
    expect((await create()).status).toBe(200)
  })

  it('comes when the base clock moves', async () => {
    const { harness, create } = setup()
    await create({}, { expires_at: inAnHour })
    harness.time += 3_600_000
    expect(await harness.listed()).toEqual([])
  })

  it.each([
    ['later', inAnHour, inTwoHours],
    ['earlier', inTwoHours, inAnHour],
    ['given', undefined, inAnHour],
    ['removed', inAnHour, undefined],
  ])('can be %s: the same subscription with another end', async (_, before, after) => {
    const { harness, create } = setup()
    const [first] = [await create({}, { expires_at: before, tag: 'a' }), await harness.x.advance({ minutes: 1 })]
    const second = await create({}, { expires_at: after, tag: 'b' })
    const [{ data: created }, { data: refreshed }] = (await Promise.all(
      [first, second].map((response) => response.json() as Promise<{ data: { subscription: Record<string, string> } }>),
    )) as [{ data: { subscription: Record<string, string> } }, { data: { subscription: Record<string, string> } }]
    expect(refreshed.subscription).toEqual({
      ...created.subscription,
      updated_at: '2026-11-21T09:31:00.250Z',
      expires_at: after,
    })
    expect(await reasonOf(await create({}, { expires_at: after }))).toBe('DuplicateSubscription')
    await harness.x.advance({ minutes: 61 })
    expect(await harness.listed()).toHaveLength(after === inAnHour ? 0 : 1)
    await harness.x.advance({ hours: 1 })
    expect(await harness.listed()).toHaveLength(after === undefined ? 1 : 0)
  })

  it('is part of a saved state', async () => {
    const { harness, create } = setup()
    await create({}, { expires_at: inAnHour })
    await harness.x.load(harness.x.save())
    await harness.x.advance({ hours: 1 })
    expect(await harness.listed()).toEqual([])
  })
})

describe('qualifiers', () => {
  it('are not allowed beside a subscription without any', async () => {
    const { create } = setup()
    await create()
    const response = await create({ qualifiers: { post_id: '1' } })
    expect(response.status).toBe(400)
    expect(await reasonOf(response)).toBe('A subscription with qualifiers and one without select the same events')
  })

  it('may differ', async () => {
    const { create } = setup()
    await create({ qualifiers: { post_id: '1' } })
    expect((await create({ qualifiers: { post_id: '2' } })).status).toBe(200)
    expect(await reasonOf(await create({ qualifiers: { post_id: '2' } }))).toBe('DuplicateSubscription')
    expect((await create()).status).toBe(400)
  })
})

describe('the limit', () => {
  const post = (harness: ActivityHarness, user_id: string, app = harness.x.app) =>
    harness.asApp('POST', subscriptionsPath, { event_type: 'post.create', filter: { user_id } }, app)

  it('counts for all apps together', async () => {
    const harness = new ActivityHarness({ limits: { activitySubscriptions: 2 } })
    const other = harness.x.addApp()
    await post(harness, '1')
    expect((await post(harness, '1', other)).status).toBe(200)
    const refused = await post(harness, '2', other)
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { detail: 'SubscriptionLimitExceeded: The account has 2 of 2 subscriptions' },
    ])
    expect(harness.x.requests.at(-1)).toMatchObject({ failedCheck: 'endpoint' })
    // A duplicate does not need room.
    expect(await reasonOf(await post(harness, '1', other))).toBe('DuplicateSubscription')
  })

  it('has room again after a subscription was deleted', async () => {
    const harness = new ActivityHarness({ limits: { activitySubscriptions: 1 } })
    await post(harness, '1')
    const [first] = await harness.listed()
    await harness.asApp('DELETE', `${subscriptionsPath}/${first?.subscription_id}`)
    expect((await post(harness, '2')).status).toBe(200)
  })

  // https://docs.x.com/x-api/activity/introduction
  it.each<[Tier, number]>([
    ['pay-per-use', 1500],
    ['enterprise', 75_000],
  ])('on tier %s is %i', async (tier, limit) => {
    const harness = new ActivityHarness({ tier, limits: { rate: false } })
    const state = harness.x.save() as { tables: { activitySubscriptions?: unknown[] } }
    const [{ id: appId }] = [harness.x.app]
    const subscription = { appId, eventType: 'post.create', createdAt: 0, updatedAt: 0 }
    const activitySubscriptions = Array.from({ length: limit - 1 }, (_, index) => ({
      ...subscription,
      id: String(index + 1),
      filter: { userId: String(index + 1) },
    }))
    await harness.x.load({ ...harness.x.save(), tables: { ...state.tables, activitySubscriptions } })
    expect((await post(harness, '9999999')).status).toBe(200)
    expect((await post(harness, '9999998')).status).toBe(403)
  })
})
