import { beforeEach, describe, expect, it } from 'vitest'
import { ApiError } from 'x-account-activity'
import type { EmulatedUser } from 'x-account-activity/emulator'
import { type SubscriptionSyncProgress, type SubscriptionSyncUser, syncSubscriptions } from 'x-account-activity/sync'
import { countCalls, SubscriptionWorld } from '../../support/subscription-world.ts'

let world: SubscriptionWorld
beforeEach(async () => {
  world = new SubscriptionWorld()
  await world.register()
})

const ids = (users: readonly EmulatedUser[]) => users.map(({ id }) => id)

describe('syncSubscriptions', () => {
  it('makes one call to list, and one for each account that is not subscribed', { timeout: 60_000 }, async () => {
    const users = world.users(5000)
    const { webhookId, client } = world
    const result = await syncSubscriptions(client, { webhookId, users })
    expect(countCalls(world.calls)).toEqual({ GET: 1, POST: 5000, DELETE: 0 })
    expect(result).toMatchObject({ unsubscribed: [], failed: [] })
    expect([...result.subscribed].sort()).toEqual(ids(users).sort())

    world.calls.length = 0
    await syncSubscriptions(client, { webhookId, users })
    expect(world.calls).toEqual(['GET'])
  })

  it('repeats only the calls that failed temporarily', async () => {
    const users = world.users(100)
    const { webhookId, client } = world
    world.onCall = (method, call) =>
      method === 'POST' && call % 10 === 0 ? new Response('', { status: 503 }) : undefined
    const running = syncSubscriptions(client, { webhookId, users })
    await world.time.pass(10)
    expect(await running).toMatchObject({ failed: [] })
    const repeated = Math.floor(world.calls.length / 10)
    expect(repeated).toBeGreaterThan(9)
    expect(countCalls(world.calls)).toEqual({ GET: 1, POST: 100 + repeated, DELETE: 0 })
    expect(await world.subscribed()).toEqual(ids(users).sort())
  })

  it('unsubscribes the surplus with prune: true, before it subscribes', async () => {
    world = new SubscriptionWorld(2)
    await world.register()
    const [alice, bob, carol, dave] = world.users(4) as [EmulatedUser, EmulatedUser, EmulatedUser, EmulatedUser]
    const { webhookId, client } = world
    await syncSubscriptions(client, { webhookId, users: [alice, bob] })
    world.calls.length = 0
    const full = await syncSubscriptions(client, { webhookId, users: [carol, dave] })
    expect(full.failed.map(({ reason }) => reason)).toEqual(['SubscriptionLimitExceeded', 'SubscriptionLimitExceeded'])
    const result = await syncSubscriptions(client, { webhookId, users: [carol, dave], prune: true })
    expect(result).toMatchObject({ failed: [] })
    expect(await world.subscribed()).toEqual(ids([carol, dave]).sort())
    expect([...result.unsubscribed].sort()).toEqual(ids([alice, bob]).sort())
  })

  it('makes no further calls when the subscription limit is reached', async () => {
    world = new SubscriptionWorld(3)
    await world.register()
    const users = world.users(40)
    const result = await syncSubscriptions(world.client, { webhookId: world.webhookId, users, concurrency: 4 })
    expect(result.subscribed).toHaveLength(3)
    expect(result.failed).toHaveLength(37)
    expect(new Set(result.failed.map(({ reason }) => reason))).toEqual(new Set(['SubscriptionLimitExceeded']))
    expect(countCalls(world.calls).POST).toBeLessThanOrEqual(3 + 4)
  })

  it('continues when an account fails, and reports the reason', async () => {
    const [alice, bob, carol] = world.users(3) as [EmulatedUser, EmulatedUser, EmulatedUser]
    const gone = { accessToken: bob.accessToken, accessTokenSecret: bob.accessTokenSecret }
    await bob.revoke()
    const { webhookId, client } = world
    const { subscribed, failed } = await syncSubscriptions(client, { webhookId, users: [alice, gone, carol] })
    expect([...subscribed].sort()).toEqual(ids([alice, carol]).sort())
    expect(failed).toMatchObject([{ userId: bob.id, action: 'subscribe', reason: 'Unauthorized' }])
    expect(failed[0]?.error).toBeInstanceOf(ApiError)
  })

  it('continues when it is called again', async () => {
    const users = world.users(10)
    const { webhookId, client } = world
    const controller = new AbortController()
    const onProgress = ({ done }: SubscriptionSyncProgress) => {
      if (done === 4) controller.abort(new Error('stopped by the test'))
    }
    const run = syncSubscriptions(client, { webhookId, users, concurrency: 1, signal: controller.signal, onProgress })
    await expect(run).rejects.toThrow(new Error('stopped by the test'))
    const before = (await world.subscribed()).length
    expect(before).toBeGreaterThanOrEqual(4)
    expect(before).toBeLessThan(10)
    world.calls.length = 0
    await syncSubscriptions(client, { webhookId, users })
    expect(countCalls(world.calls)).toEqual({ GET: 1, POST: 10 - before, DELETE: 0 })
  })

  it('accepts OAuth 2.0 tokens with the id of the account', async () => {
    const [alice] = world.users(1) as [EmulatedUser]
    const { webhookId, client } = world
    const users: SubscriptionSyncUser[] = [{ userId: alice.id, bearerToken: alice.oauth2Token }]
    expect(await syncSubscriptions(client, { webhookId, users })).toMatchObject({ subscribed: [alice.id], failed: [] })
  })

  it('reports the progress after each account', async () => {
    const users = world.users(3)
    const reported: SubscriptionSyncProgress[] = []
    const { webhookId, client } = world
    await syncSubscriptions(client, {
      webhookId,
      users,
      concurrency: 1,
      onProgress: (progress) => reported.push(progress),
    })
    expect(reported).toEqual(
      ids(users).map((userId, index) => ({ userId, action: 'subscribe', done: index + 1, total: 3 })),
    )
  })

  it('calls onPlan before it applies the plan, and applies nothing when onPlan rejects', async () => {
    const users = world.users(1)
    const { webhookId, client } = world
    const onPlan = async (plan: { subscribe: readonly string[] }) => {
      expect(plan.subscribe).toEqual(ids(users))
      throw new Error('not approved')
    }
    await expect(syncSubscriptions(client, { webhookId, users, onPlan })).rejects.toThrow(new Error('not approved'))
    expect(await world.subscribed()).toEqual([])
  })

  it('skips an account without credentials, and does not unsubscribe it', async () => {
    const [alice, bob, carol] = world.users(3) as [EmulatedUser, EmulatedUser, EmulatedUser]
    const { webhookId, client } = world
    await syncSubscriptions(client, { webhookId, users: [alice] })
    const users = [{ userId: alice.id, accessToken: null }, { userId: bob.id, bearerToken: '' } as const, carol]
    const result = await syncSubscriptions(client, { webhookId, users, prune: true })
    expect(result).toMatchObject({
      subscribed: [carol.id],
      unsubscribed: [],
      failed: [],
      skipped: [
        { userId: alice.id, isSubscribed: true },
        { userId: bob.id, isSubscribed: false },
      ],
    })
    expect(await world.subscribed()).toEqual(ids([alice, carol]).sort())
  })

  it('unsubscribes no account for an empty list without allowEmpty: true', async () => {
    const users = world.users(3)
    const { webhookId, client } = world
    await syncSubscriptions(client, { webhookId, users })
    const result = await syncSubscriptions(client, { webhookId, users: [], prune: true })
    expect(result.withheld).toEqual({ reason: 'empty_list', count: 3, limit: 10 })
    expect(await world.subscribed()).toEqual(ids(users).sort())
    await syncSubscriptions(client, { webhookId, users: [], prune: true, allowEmpty: true })
    expect(await world.subscribed()).toEqual([])
  })

  it.each([
    // All, wanted, and how many the sync removes: at most 10, or a tenth.
    [11, 1, 10],
    [12, 1, 0],
    [100, 90, 10],
    [100, 89, 0],
    [150, 135, 15],
    [150, 134, 0],
  ])('of %s accounts and %s in the list, it unsubscribes %s', async (all, wanted, removed) => {
    const users = world.users(all)
    const { webhookId, client } = world
    await syncSubscriptions(client, { webhookId, users })
    const result = await syncSubscriptions(client, { webhookId, users: users.slice(0, wanted), prune: true })
    expect(result.unsubscribed).toHaveLength(removed)
    expect(await world.subscribed()).toHaveLength(all - removed)
    if (removed === 0) expect(result.withheld).toMatchObject({ reason: 'too_many', count: all - wanted })
  })

  it('subscribes what is missing although removals are withheld, and removes them when maxRemovals allows it', async () => {
    const users = world.users(40)
    const { webhookId, client } = world
    await syncSubscriptions(client, { webhookId, users: users.slice(0, 20) })
    const options = { webhookId, users: users.slice(20), prune: true }
    const result = await syncSubscriptions(client, options)
    expect(result).toMatchObject({ unsubscribed: [], withheld: { reason: 'too_many', count: 20, limit: 10 } })
    expect(result.subscribed).toHaveLength(20)
    expect((await syncSubscriptions(client, { ...options, maxRemovals: 19 })).unsubscribed).toEqual([])
    expect((await syncSubscriptions(client, { ...options, maxRemovals: 20 })).unsubscribed).toHaveLength(20)
  })

  it('lists removals first in its plan', async () => {
    const [alice, bob] = world.users(2) as [EmulatedUser, EmulatedUser]
    const { webhookId, client } = world
    await syncSubscriptions(client, { webhookId, users: [alice] })
    const onPlan = (plan: object) => {
      expect(Object.entries(plan).slice(0, 2)).toEqual([
        ['unsubscribe', [alice.id]],
        ['subscribe', [bob.id]],
      ])
    }
    await syncSubscriptions(client, { webhookId, users: [bob], prune: true, onPlan })
    expect(await world.subscribed()).toEqual([bob.id])
  })
})
