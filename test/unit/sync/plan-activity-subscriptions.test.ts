import { describe, expect, it } from 'vitest'
import {
  type ActivitySyncOptions,
  type ActivitySyncUser,
  accountActivityEventTypes,
  planActivitySubscriptions,
} from 'x-account-activity/sync'
import { ActivityWorld } from '../../support/activity-world.ts'

const webhookId = '1146654567674912769'
const user = (userId: string) => ({ userId, accessToken: `${userId}-token`, accessTokenSecret: 'secret' })
const users = ['12', '13'].map(user)
const eventTypes = ['post.create', 'dm.received']
const item = (userId: string, eventType: string) => ({ userId, eventType })

describe('accountActivityEventTypes', () => {
  // The table of events in https://docs.x.com/x-api/activity/introduction, and the events of the Account Activity API.
  it('has the 17 types that cover the Account Activity API', () => {
    expect([...accountActivityEventTypes].sort()).toEqual([
      'block.block',
      'block.unblock',
      'dm.indicate_typing',
      'dm.read',
      'dm.received',
      'dm.sent',
      'follow.follow',
      'follow.unfollow',
      'like.create',
      'mute.mute',
      'mute.unmute',
      'post.create',
      'post.delete',
      'post.mention.create',
      'post.quote.create',
      'post.reply.create',
      'post.repost.create',
    ])
  })
})

describe('planActivitySubscriptions', () => {
  it('lists what is missing, and changes nothing', async () => {
    const world = new ActivityWorld()
    const existing = world.add('dm.received', { userId: '12' }, webhookId)
    world.add('dm.received', { userId: '13', direction: 'inbound' }, webhookId)
    const plan = await planActivitySubscriptions(world.client, { webhookId, users, eventTypes })
    expect(plan).toMatchObject({
      create: [item('12', 'post.create'), item('13', 'post.create'), item('13', 'dm.received')],
      update: [],
      delete: [],
      unchanged: [{ ...item('12', 'dm.received'), subscriptionId: existing.id }],
    })
    expect(world.calls.map(({ name }) => name)).toEqual(['list'])
  })

  it('changes the webhook of a subscription that has another one, if a webhook is given', async () => {
    const world = new ActivityWorld()
    const one = world.add('post.create', { userId: '12' }, '7')
    const two = world.add('dm.received', { userId: '12' })
    const options = { users: users.slice(0, 1), eventTypes }
    const subscriptionIds = async (more: Partial<ActivitySyncOptions>) => {
      const plan = await planActivitySubscriptions(world.client, { ...options, ...more })
      return plan.update.map(({ subscriptionId }) => subscriptionId)
    }
    expect(await subscriptionIds({ webhookId })).toEqual([one.id, two.id])
    expect(await subscriptionIds({ webhookId: '7' })).toEqual([two.id])
    expect(await subscriptionIds({})).toEqual([])
  })

  it('has as surplus only subscriptions to accounts with the same webhook', async () => {
    const world = new ActivityWorld()
    const gone = world.add('post.create', { userId: '99' }, webhookId)
    const other = world.add('like.create', { userId: '12' }, webhookId)
    world.add('news.new', { keyword: 'x' }, webhookId)
    world.add('oauth.revoke', {}, webhookId)
    world.add('post.create', { userId: '98' }, '7')
    const streamed = world.add('post.create', { userId: '97' })
    const plan = await planActivitySubscriptions(world.client, { webhookId, users, eventTypes })
    expect(plan.surplus).toEqual([gone, other])
    expect(plan.delete).toEqual([])
    const pruned = await planActivitySubscriptions(world.client, { webhookId, users, eventTypes, prune: true })
    expect(pruned.delete.map(({ subscriptionId }) => subscriptionId)).toEqual([gone.id, other.id])
    const ofStreams = await planActivitySubscriptions(world.client, { users, eventTypes, prune: true })
    expect(ofStreams.delete.map(({ subscriptionId }) => subscriptionId)).toEqual([streamed.id])
  })

  it('skips private event types of an account without credentials, and deletes nothing for that', async () => {
    const world = new ActivityWorld()
    const existing = world.add('dm.received', { userId: '13' }, webhookId)
    const given = [user('12'), { userId: '13', accessToken: null }, { userId: '14' }]
    const plan = await planActivitySubscriptions(world.client, { webhookId, users: given, eventTypes, prune: true })
    expect(plan).toMatchObject({
      delete: [],
      create: [
        item('12', 'post.create'),
        item('12', 'dm.received'),
        item('13', 'post.create'),
        item('14', 'post.create'),
      ],
      skipped: [item('14', 'dm.received')],
      unchanged: [{ subscriptionId: existing.id }],
    })
    expect(await plan.apply()).toMatchObject({ skipped: [item('14', 'dm.received')] })
  })

  it('withholds deletions that may be a mistake', async () => {
    const world = new ActivityWorld()
    for (let id = 1; id <= 100; id += 1) world.add('post.create', { userId: String(id) }, webhookId)
    const plan = (count: number, more: Partial<ActivitySyncOptions> = {}) =>
      planActivitySubscriptions(world.client, {
        webhookId,
        users: Array.from({ length: count }, (_, index) => user(String(index + 1))),
        eventTypes: ['post.create'],
        prune: true,
        ...more,
      })
    expect((await plan(90)).delete).toHaveLength(10)
    expect(await plan(89)).toMatchObject({ delete: [], withheld: { reason: 'too_many', count: 11, limit: 10 } })
    expect((await plan(89, { maxRemovals: 11 })).delete).toHaveLength(11)
    expect((await plan(0, { maxRemovals: 100 })).withheld).toEqual({ reason: 'empty_list', count: 100, limit: 100 })
    expect((await plan(89, { eventTypes: [], maxRemovals: 100 })).withheld).toMatchObject({ reason: 'empty_list' })
    expect((await plan(0, { maxRemovals: 100, allowEmpty: true })).delete).toHaveLength(100)
    await (await plan(0)).apply()
    expect(world.calls.map(({ name }) => name)).not.toContain('deleteMany')
  })

  it('counts an account and an event type that are there twice once', async () => {
    const world = new ActivityWorld()
    const plan = await planActivitySubscriptions(world.client, {
      users: [...users, user('12')],
      eventTypes: ['chat.conversation_join', 'chat.conversation.join'],
      limit: 2,
    })
    expect(plan.create).toEqual([item('12', 'chat.conversation.join'), item('13', 'chat.conversation.join')])
  })

  it.each([
    [88, undefined, undefined],
    [89, undefined, /89 accounts and 17 event types need 1513 activity subscriptions, but "limit" is 1500/],
    [1_500, ['dm.received'], undefined],
    [1_501, ['dm.received'], /1501 accounts and 1 event types need 1501/],
  ])('says before the first call whether %s accounts fit', async (count, types, message) => {
    const world = new ActivityWorld()
    const many = Array.from({ length: count }, (_, index) => user(String(index + 1)))
    const plan = planActivitySubscriptions(world.client, { webhookId, users: many, eventTypes: types })
    if (message === undefined) expect((await plan).create.length).toBe(count * (types?.length ?? 17))
    else {
      await expect(plan).rejects.toThrow(RangeError)
      await expect(plan).rejects.toThrow(message)
      expect(world.calls).toEqual([])
    }
  })

  it('accepts an account without credentials for event types that are not private', async () => {
    const world = new ActivityWorld()
    const plan = await planActivitySubscriptions(world.client, {
      users: [{ userId: '12' }],
      eventTypes: ['post.create', 'follow.follow', 'a.type.of.tomorrow'],
    })
    expect(plan.create).toHaveLength(3)
  })

  it.each<readonly [unknown, typeof TypeError | typeof RangeError, RegExp]>([
    [null, TypeError, /"options" must be an object/],
    [{}, TypeError, /"users" must be an array/],
    [{ users: ['12'] }, TypeError, /"users\[0\]" must be an object/],
    [{ users: [{ userId: 'x' }], eventTypes: ['post.create'] }, RangeError, /"users\[0\].userId" must/],
    [{ users: [{ ...user('12'), accessTokenSecret: ' ' }] }, RangeError, /users\[0\]: "accessTokenSecret" must/],
    [{ users, maxRemovals: -1 }, RangeError, /"maxRemovals" must/],
    [{ users, eventTypes: 'dm.received' }, TypeError, /"eventTypes" must be an array/],
    [{ users, eventTypes: [''] }, RangeError, /"eventTypes\[0\]" must not be empty/],
    [{ users, webhookId: 'x' }, RangeError, /"webhookId" must/],
    [{ users, tag: '' }, RangeError, /"tag" must/],
    [{ users, prune: 1 }, TypeError, /"prune" must/],
    [{ users, limit: 0 }, RangeError, /"limit" must/],
    [{ users, limit: Number.NaN }, RangeError, /"limit" must/],
    [{ users, concurrency: 101 }, RangeError, /"concurrency" must/],
    [{ users, onPlan: 1 }, TypeError, /"onPlan" must/],
    [{ users, onProgress: 1 }, TypeError, /"onProgress" must/],
  ])('refuses %j before any call', async (options, Expected, message) => {
    const world = new ActivityWorld()
    const plan = planActivitySubscriptions(world.client, options as ActivitySyncOptions)
    await expect(plan).rejects.toThrow(Expected)
    await expect(plan).rejects.toThrow(message)
    expect(world.calls).toEqual([])
  })

  it.each([undefined, {}, { activity: {} }, { activity: { subscriptions: {} } }])(
    'refuses the client %j',
    async (client) => {
      const plan = planActivitySubscriptions(client as never, { users: users as ActivitySyncUser[] })
      await expect(plan).rejects.toThrow(/"client[^"]*" must/)
    },
  )
})
