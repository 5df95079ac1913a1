import { beforeEach, describe, expect, it } from 'vitest'
import type { EmulatedUser } from 'x-account-activity/emulator'
import { planSubscriptions, type SubscriptionSyncUser, syncSubscriptions } from 'x-account-activity/sync'
import { createScriptedClient, createUsers, SubscriptionWorld, webhookId } from '../../support/subscription-world.ts'

let world: SubscriptionWorld
beforeEach(async () => {
  world = new SubscriptionWorld()
  await world.register()
})

describe('planSubscriptions', () => {
  it('returns who is missing, surplus or unchanged, with one call', async () => {
    const [alice, bob, carol] = world.users(3) as [EmulatedUser, EmulatedUser, EmulatedUser]
    const { webhookId, client } = world
    await syncSubscriptions(client, { webhookId, users: [alice, bob] })
    world.calls.length = 0
    const plan = await planSubscriptions(client, { webhookId, users: [carol, bob, carol] })
    expect(plan).toMatchObject({
      subscribe: [carol.id],
      unsubscribe: [],
      unchanged: [bob.id],
      surplus: [alice.id],
    })
    expect(world.calls).toEqual(['GET'])
    const { unsubscribe } = await planSubscriptions(client, { webhookId, users: [carol], prune: true })
    expect([...unsubscribe].sort()).toEqual([alice.id, bob.id].sort())
  })

  it('is not affected by later changes to the list of users', async () => {
    const users: SubscriptionSyncUser[] = world.users(2)
    const plan = await planSubscriptions(world.client, { webhookId: world.webhookId, users })
    users.pop()
    expect((await plan.apply()).subscribed).toHaveLength(2)
  })

  const { client } = createScriptedClient(() => {})
  const user = { accessToken: '12-a', accessTokenSecret: 's' }

  it('reads the id from an OAuth 1.0a token', async () => {
    const users = [user, { bearerToken: 'token', userId: '13' }]
    expect((await planSubscriptions(client, { webhookId, users })).subscribe).toEqual(['12', '13'])
  })

  it('refuses a user whose id is not that of the token, before any call', async () => {
    const users = [user, { ...user, userId: '13' }]
    await expect(planSubscriptions(client, { webhookId, users })).rejects.toThrow(
      new RangeError('"users[1].userId" must be 12, the id at the beginning of "accessToken", got 13'),
    )
  })

  it('refuses a user with OAuth 2.0 for a client of v1.1, before any call', async () => {
    const legacy = { subscriptions: { ...client.subscriptions, deleteOwn: async () => undefined } }
    const users = [user, { bearerToken: 'token', userId: '13' }]
    await expect(planSubscriptions(legacy, { webhookId, users })).rejects.toThrow(
      /"users\[1\]" must have "accessToken"/,
    )
  })

  it.each<[string, unknown, unknown, Error]>([
    ['no client', undefined, { webhookId, users: [] }, new TypeError('"client" must be an object, got undefined')],
    [
      'a client without subscriptions',
      {},
      { webhookId, users: [] },
      new TypeError('"client.subscriptions" must be an object, got undefined'),
    ],
    ['no options', client, undefined, new TypeError('"options" must be an object, got undefined')],
    ['no webhook id', client, { users: [] }, new TypeError('"webhookId" must be a string, got undefined')],
    [
      'a malformed webhook id',
      client,
      { webhookId: 'x', users: [] },
      new RangeError('"webhookId" must be an id of 1 to 19 digits'),
    ],
    ['no users', client, { webhookId }, new TypeError('"users" must be an array, got undefined')],
    [
      'a string as prune',
      client,
      { webhookId, users: [], prune: 'yes' },
      new TypeError('"prune" must be a boolean, got string'),
    ],
    [
      'a string as onPlan',
      client,
      { webhookId, users: [], onPlan: 'yes' },
      new TypeError('"onPlan" must be a function, got string'),
    ],
    [
      'a concurrency of 0',
      client,
      { webhookId, users: [], concurrency: 0 },
      new RangeError('"concurrency" must be an integer from 1 to 100, got 0'),
    ],
    [
      'null as a user',
      client,
      { webhookId, users: [user, null] },
      new TypeError('"users[1]" must be an object, got null'),
    ],
    [
      'a secret that is not a string',
      client,
      { webhookId, users: [{ accessToken: '12-a', accessTokenSecret: 1 }] },
      new TypeError('users[0]: "accessTokenSecret" must be a string, got number'),
    ],
    [
      'an account with neither a token nor an id',
      client,
      { webhookId, users: [{ accessToken: null }] },
      new TypeError('"users[0].userId" must be given: the token does not contain it'),
    ],
    [
      'a number of removals that is not an integer',
      client,
      { webhookId, users: [user], maxRemovals: 0.5 },
      new RangeError('"maxRemovals" must be an integer from 0 to 9007199254740991, got 0.5'),
    ],
    [
      'a string as allowEmpty',
      client,
      { webhookId, users: [user], allowEmpty: 'yes' },
      new TypeError('"allowEmpty" must be a boolean, got string'),
    ],
    [
      'a token without an id',
      client,
      { webhookId, users: [{ ...user, accessToken: 'a' }] },
      new TypeError('"users[0].userId" must be given: the token does not contain it'),
    ],
    [
      'an OAuth 2.0 token without a userId',
      client,
      { webhookId, users: [{ bearerToken: 'b' }] },
      new TypeError('"users[0].userId" must be given: the token does not contain it'),
    ],
    [
      'a malformed userId',
      client,
      { webhookId, users: [{ ...user, userId: '__proto__' }] },
      new RangeError('"users[0].userId" must be an id of 1 to 19 digits'),
    ],
  ])('refuses %s', async (_, given, options, error) => {
    await expect(planSubscriptions(given as never, options as never)).rejects.toThrow(error)
  })

  it('names a wrong user by its index, and shows no token', async () => {
    const users = [user, { accessToken: 'secret-token', accessTokenSecret: ' padded secret' }]
    const run = planSubscriptions(client, { webhookId, users })
    await expect(run).rejects.toThrow(
      new RangeError('users[1]: "accessTokenSecret" must not begin or end with white space'),
    )
  })

  it('applies the plan with its own options, unless they are overridden', async () => {
    const { client, calls } = createScriptedClient(() => {})
    const plan = await planSubscriptions(client, { webhookId, users: createUsers(20), concurrency: 2 })
    await plan.apply()
    expect(calls.most).toBe(2)
    await plan.apply({ concurrency: 5 })
    expect(calls.most).toBe(5)
  })
})
