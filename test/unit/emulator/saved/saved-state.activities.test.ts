import { describe, expect, it } from 'vitest'
import { createEmulator } from 'x-account-activity/emulator'
import { ActivityHarness, activityWorld } from '../../../support/emulator-activity.ts'
import { start } from '../../../support/emulator-harness.ts'
import { throughJson } from '../../../support/emulator-saved.ts'

interface SavedTables {
  readonly activitySubscriptions: readonly [{ readonly filter: object }]
  readonly broadcasts: readonly [object]
  readonly webhooks: readonly [{ readonly log: readonly [{ readonly message: object }] }]
}

/** The first row of each table, to be damaged. */
interface Rows {
  readonly tables: SavedTables
  readonly subscription: SavedTables['activitySubscriptions'][0]
  readonly broadcast: object
  readonly message: object
}

/** An emulator with subscriptions of all kinds, broadcasts, and activity deliveries. */
async function lived() {
  const { harness, webhookId, alice, bob } = await activityWorld(['post.create', 'broadcast.end', 'follow.follow'])
  await harness.subscribeTo('like.create', alice, {
    filter: { direction: 'inbound', qualifiers: { post_id: '5' } },
    tag: 'likes',
    webhook_id: webhookId,
  })
  await harness.subscribeTo('spaces.start', bob, { by: 'app', filter: {} })
  await harness.asApp('POST', '/2/activity/subscriptions', {
    event_type: 'news.new',
    filter: { keyword: 'tea' },
    expires_at: '2026-11-22T00:00:00Z',
  })
  await alice.updateProfile({ profileImage: 'https://pbs.twimg.com/a.jpg', banner: 'https://pbs.twimg.com/b.jpg' })
  await alice.startSpace()
  const broadcast = await alice.startBroadcast({ title: 'Tea' })
  await alice.post('Hello')
  await alice.follow(bob)
  await harness.flush()
  return { harness, broadcast }
}

describe('a saved state with activities', () => {
  it('is plain JSON, and does not change in a round trip', async () => {
    const { harness } = await lived()
    const saved = harness.x.save()
    expect(throughJson(saved)).toEqual(saved)
    expect(createEmulator({ state: throughJson(saved), now: () => start }).save()).toEqual(saved)
  })

  it('continues with the same subscriptions, ids and bytes', async () => {
    const { harness, broadcast } = await lived()
    const copy = new ActivityHarness({ state: throughJson(harness.x.save()) })
    expect(await copy.listed()).toEqual(await harness.listed())
    const play = async (played: ActivityHarness) => {
      const [alice, bob] = ['alice', 'bob'].map((name) => played.x.user(name))
      if (!alice || !bob) throw new Error('A user is missing.')
      await alice.post('Again')
      await bob.follow(alice)
      await alice.endBroadcast(broadcast)
      return (await played.flush()).map(({ body }) => body)
    }
    const original = await play(harness)
    expect(original).toHaveLength(3)
    expect(await play(copy)).toEqual(original)
  })

  it.each<[string, (rows: Rows) => unknown, string]>([
    [
      'an unknown app',
      ({ subscription }) => Object.assign(subscription, { appId: '5' }),
      '"state.tables.activitySubscriptions[0].appId" must be an id in "apps", got 5',
    ],
    [
      'an unknown creator',
      ({ subscription }) => Object.assign(subscription, { createdBy: '5' }),
      '"state.tables.activitySubscriptions[0].createdBy" must be an id in "users", got 5',
    ],
    [
      'an unknown direction',
      ({ subscription }) => Object.assign(subscription.filter, { direction: 'sent' }),
      `"state.tables.activitySubscriptions[0].filter.direction" must be 'inbound' or 'outbound'`,
    ],
    [
      'an unknown host',
      ({ broadcast }) => Object.assign(broadcast, { userId: '5' }),
      '"state.tables.broadcasts[0].userId" must be an id in "users", got 5',
    ],
    [
      'no broadcasts',
      ({ tables }) => Object.assign(tables, { broadcasts: undefined }),
      '"state.tables.broadcasts" must be an array, got undefined',
    ],
    [
      'an unknown API',
      ({ message }) => Object.assign(message, { api: 'x' }),
      `"state.tables.webhooks[0].log[0].message.api" must be 'account_activity' or 'activity'`,
    ],
  ])('is refused with %s', async (_, damage, message) => {
    const { harness } = await lived()
    const saved = throughJson(harness.x.save())
    const tables = saved.tables as SavedTables
    damage({
      tables,
      subscription: tables.activitySubscriptions[0],
      broadcast: tables.broadcasts[0],
      message: tables.webhooks[0].log[0].message,
    })
    expect(() => createEmulator({ state: saved })).toThrow(message)
  })
})
