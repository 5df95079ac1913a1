import { describe, expect, it, vi } from 'vitest'
import { createClient } from 'x-account-activity'
import { type ActivitySyncProgress, syncActivitySubscriptions } from 'x-account-activity/sync'
import { ActivityWorld, refusedActivity } from '../../support/activity-world.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { fetchOf, patientOptions } from '../../support/x-api.ts'

const webhookId = '1146654567674912769'
const user = (userId: string) => ({ userId, accessToken: `${userId}-token`, accessTokenSecret: 'secret' })
const users = ['12', '13'].map(user)
const eventTypes = ['post.create', 'dm.received']

/** Time that passes only by waiting. */
function createTime() {
  const clock = createManualClock()
  const waits: number[] = []
  const sleep = async (ms: number) => {
    waits.push(ms)
    clock.advance(ms)
  }
  return { now: clock.now, sleep, waits }
}

describe('syncActivitySubscriptions', () => {
  it('subscribes each account to each event type, with its own credentials', async () => {
    const world = new ActivityWorld()
    const result = await syncActivitySubscriptions(world.client, { webhookId, users, eventTypes })
    expect(world.keys()).toEqual(['dm.received:12', 'dm.received:13', 'post.create:12', 'post.create:13'])
    expect(result).toMatchObject({ updated: [], deleted: [], failed: [] })
    expect(result.created).toHaveLength(4)
    for (const { name, userId, user } of world.calls) {
      if (name === 'create') expect(user).toEqual({ accessToken: `${userId}-token`, accessTokenSecret: 'secret' })
    }
  })

  it('makes one call to list when nothing is missing, and continues after it was stopped', async () => {
    const world = new ActivityWorld()
    const controller = new AbortController()
    world.onCall = (name, call) => {
      if (name === 'create' && call === 3) controller.abort(new Error('stopped'))
    }
    const options = { webhookId, users, eventTypes, concurrency: 1 }
    const stopped = syncActivitySubscriptions(world.client, { ...options, signal: controller.signal })
    await expect(stopped).rejects.toThrow('stopped')
    world.onCall = () => {}
    await syncActivitySubscriptions(world.client, options)
    expect(world.count('create')).toBe(4)
    world.calls.length = 0
    await syncActivitySubscriptions(world.client, options)
    expect(world.calls).toEqual([{ name: 'list' }])
  })

  it('deletes first, in hundreds, then changes webhooks, then creates', async () => {
    const world = new ActivityWorld()
    for (let id = 100; id < 350; id += 1) world.add('post.create', { userId: String(id) }, webhookId)
    world.add('post.create', { userId: '12' }, '7')
    world.limit = 4
    const result = await syncActivitySubscriptions(world.client, {
      webhookId,
      users,
      eventTypes,
      prune: true,
      maxRemovals: 250,
    })
    expect(world.calls.map(({ name, ids }) => ids ?? name)).toEqual([
      'list',
      100,
      100,
      50,
      'update',
      ...Array<string>(3).fill('create'),
    ])
    expect(result.deleted).toHaveLength(250)
    expect(result.failed).toEqual([])
    expect(world.subscriptions.every((one) => one.webhookId === webhookId)).toBe(true)
  })

  it('calls onPlan before anything is changed, and changes nothing if it throws', async () => {
    const world = new ActivityWorld()
    const onPlan = vi.fn(() => {
      throw new Error('too many')
    })
    await expect(syncActivitySubscriptions(world.client, { users, eventTypes, onPlan })).rejects.toThrow('too many')
    expect(onPlan).toHaveBeenCalledWith(expect.objectContaining({ create: expect.any(Array) }))
    expect(world.calls).toEqual([{ name: 'list' }])
  })

  it('reports each failure with its reason, and the progress', async () => {
    const world = new ActivityWorld()
    world.onCall = (name, call) => {
      if (name === 'create' && call === 2) throw refusedActivity('Forbidden')
    }
    const progress: ActivitySyncProgress[] = []
    const onProgress = (step: ActivitySyncProgress) => void progress.push(step)
    const options = { webhookId, users, eventTypes, concurrency: 1, onProgress }
    const { created, failed } = await syncActivitySubscriptions(world.client, options)
    expect(created).toHaveLength(3)
    expect(failed).toMatchObject([{ userId: '12', eventType: 'dm.received', action: 'create', reason: 'Forbidden' }])
    expect(progress.map(({ done, total, failure }) => [done, total, failure?.reason])).toEqual([
      [1, 4, undefined],
      [2, 4, 'Forbidden'],
      [3, 4, undefined],
      [4, 4, undefined],
    ])
  })

  it.each(['SubscriptionLimitExceeded', 'WebhookIdInvalid'] as const)(
    'makes no further calls after %s',
    async (reason) => {
      const world = new ActivityWorld()
      world.onCall = (name) => {
        if (name === 'create') throw refusedActivity(reason)
      }
      const many = Array.from({ length: 50 }, (_, index) => user(String(index + 1)))
      const options = { webhookId, users: many, eventTypes, concurrency: 4 }
      const { failed } = await syncActivitySubscriptions(world.client, options)
      expect(new Set(failed.map((failure) => failure.reason))).toEqual(new Set([reason]))
      expect(failed).toHaveLength(100)
      expect(world.count('create')).toBeLessThanOrEqual(4)
    },
  )

  it('waits once for a rate limit, at creating and at deleting', async () => {
    const world = new ActivityWorld()
    world.add('post.create', { userId: '99' }, webhookId)
    const { client } = world
    const { deleteMany } = client.activity.subscriptions
    const limited = vi
      .fn(deleteMany)
      .mockResolvedValueOnce({ deleted: [], failed: [{ id: '1', reason: 'RateLimited', message: 'HTTP 429' }] })
    const subscriptions = { ...client.activity.subscriptions, deleteMany: limited }
    world.onCall = (name, call) => {
      if (name === 'create' && call === 2) throw refusedActivity('RateLimited', new Date(500_000))
    }
    const { waits, ...time } = createTime()
    const options = { webhookId, users, eventTypes, prune: true, ...time }
    const result = await syncActivitySubscriptions({ activity: { subscriptions } }, options)
    expect(result.failed).toEqual([])
    expect(world.keys()).toHaveLength(4)
    expect(limited).toHaveBeenCalledTimes(2)
    expect(waits).toEqual([60_000, 440_000])
  })

  it('reports deletions that X refused, or that did not reach X', async () => {
    const world = new ActivityWorld()
    for (const id of ['98', '99']) world.add('post.create', { userId: id }, webhookId)
    const { client } = world
    const deleteMany = vi
      .fn()
      .mockResolvedValueOnce({ deleted: ['1'], failed: [{ id: '2', reason: 'SomeReasonOfX' }] })
      .mockRejectedValueOnce(refusedActivity('Forbidden'))
    const subscriptions = { ...client.activity.subscriptions, deleteMany }
    const sync = () =>
      syncActivitySubscriptions(
        { activity: { subscriptions } },
        { webhookId, users: [], prune: true, allowEmpty: true },
      )
    const item = { userId: '99', eventType: 'post.create', subscriptionId: '2', action: 'delete' }
    expect(await sync()).toMatchObject({ deleted: [{ userId: '98' }], failed: [{ ...item, reason: 'SomeReasonOfX' }] })
    expect((await sync()).failed).toMatchObject([{ userId: '98' }, { ...item, reason: 'Forbidden' }])
  })

  it('limits the calls in progress', async () => {
    const world = new ActivityWorld()
    const many = Array.from({ length: 20 }, (_, index) => user(String(index + 1)))
    await syncActivitySubscriptions(world.client, { users: many, eventTypes, concurrency: 3 })
    expect(world.most).toBe(3)
  })

  it('changes the webhook of a subscription that another process created with another one', async () => {
    const bodies: unknown[] = []
    const wire = { subscription_id: '5', event_type: 'post.create', filter: { user_id: '12' }, webhook_id: '7' }
    const fetch = fetchOf(async (request) => {
      if (request.method === 'GET') return Response.json({ data: [], meta: { result_count: 0 } })
      bodies.push([request.method, new URL(request.url).pathname, await request.json()])
      return Response.json({ data: { subscription: wire } })
    })
    const client = createClient({ ...patientOptions(), fetch })
    await syncActivitySubscriptions(client, {
      webhookId,
      tag: 't',
      users: [{ userId: '12' }],
      eventTypes: ['post.create'],
    })
    expect(bodies).toEqual([
      [
        'POST',
        '/2/activity/subscriptions',
        { event_type: 'post.create', filter: { user_id: '12' }, tag: 't', webhook_id: webhookId },
      ],
      ['PUT', '/2/activity/subscriptions/5', { webhook_id: webhookId }],
    ])
  })
})
