import { expect, test } from 'vitest'
import { type Client, createClient, createReceiver, isApiError } from 'x-account-activity'
import { createEmulator, type EmulatorOptions } from 'x-account-activity/emulator'

const start = Date.UTC(2026, 10, 21, 10)

/** A client of an emulator, and a receiver of its deliveries. */
async function setup(options: EmulatorOptions = {}) {
  const now = () => start
  const x = createEmulator({ now, fetch: (request) => receiver.fetch(request), onUnknownRequest: 'throw', ...options })
  const receiver = createReceiver({ consumerSecret: x.app.consumerSecret, now })
  const client = createClient({ ...x.app, fetch: x.fetch, now })
  const { id: webhookId } = await client.webhooks.create('https://app.example/webhook')
  const [alice, bob] = [x.addUser({ screenName: 'alice' }), x.addUser({ screenName: 'bob' })]
  return { x, receiver, client, webhookId, alice, bob, subscriptions: client.activity.subscriptions }
}

const listed = async (client: Client, options = {}) => {
  const found: string[] = []
  for await (const { id } of client.activity.subscriptions.list(options)) found.push(id)
  return found
}

/** The reason of a refusal. */
const reasonOf = (call: Promise<unknown>) =>
  call.then(
    () => 'accepted',
    (error: unknown) => (isApiError(error) ? error.reason : error),
  )

test('a subscription is created, found again, changed and deleted', async () => {
  const { client, subscriptions, webhookId, alice } = await setup()
  const input = {
    eventType: 'like.create',
    filter: { userId: alice.id, direction: 'inbound' },
    tag: 'likes',
    webhookId,
    expiresAt: new Date(start + 3_600_000),
  } as const
  const created = await subscriptions.create(input, { user: alice })
  expect(created).toEqual({ ...input, id: created.id, createdAt: new Date(start), updatedAt: new Date(start) })
  expect(await subscriptions.create(input, { user: alice })).toEqual(created)
  const refreshed = await subscriptions.create({ ...input, expiresAt: new Date(start + 7_200_000) }, { user: alice })
  expect(refreshed).toMatchObject({ id: created.id, expiresAt: new Date(start + 7_200_000) })
  expect(await subscriptions.update(created.id, { tag: 'other' })).toMatchObject({ id: created.id, tag: 'other' })
  expect(await listed(client)).toEqual([created.id])
  await subscriptions.delete(created.id)
  await subscriptions.delete(created.id)
  expect(await listed(client)).toEqual([])
})

test('pages and bulk deletes', async () => {
  const { client, subscriptions, alice, bob } = await setup()
  const ids: string[] = []
  for (const eventType of ['post.create', 'post.delete', 'spaces.start'])
    for (const { id: userId } of [alice, bob])
      ids.push((await subscriptions.create({ eventType, filter: { userId } })).id)
  expect(await listed(client, { pageSize: 4 })).toEqual(ids)
  expect(await listed(client, { userId: alice.id, pageSize: 1 })).toEqual([ids[0], ids[2], ids[4]])
  const { deleted, failed } = await subscriptions.deleteMany([...ids, '5'])
  expect([...deleted].sort()).toEqual([...ids].sort())
  expect(failed).toEqual([
    { id: '5', reason: 'SubscriptionNotFound', message: 'The subscription does not exist or belongs to another app' },
  ])
})

test('every refusal has its reason', async () => {
  const { x, subscriptions, alice, bob } = await setup({ tier: 'pay-per-use', limits: { activitySubscriptions: 1 } })
  const filter = { userId: alice.id }
  const create = (eventType: string, more = {}, options = {}) =>
    reasonOf(subscriptions.create({ eventType, filter, ...more }, options))
  expect(await create('follow.follow')).toBe('OauthAccessTokenRequired')
  expect(await create('like.create', {}, { user: bob })).toBe('Forbidden')
  expect(await create('news.new', { filter: { keyword: 'tea' } })).toBe('Forbidden')
  expect(await create('post.create', { webhookId: '5' })).toBe('WebhookIdInvalid')
  expect(await create('FollowFollow')).toBe('Unknown')
  expect(await create('oauth.revoke', { filter: {} })).toBe('Unknown')
  expect(await create('post.create')).toBe('accepted')
  expect(await create('post.delete')).toBe('SubscriptionLimitExceeded')
  const [saved] = (x.save().tables as { activitySubscriptions: { id: string }[] }).activitySubscriptions
  expect(await reasonOf(subscriptions.update('5', { tag: 'x' }))).toBe('SubscriptionNotFound')
  expect(await reasonOf(subscriptions.update(saved?.id ?? '', { webhookId: '5' }))).toBe('WebhookIdInvalid')
})

test('one account that is subscribed to both APIs: each activity is handled once', async () => {
  const { x, receiver, client, subscriptions, webhookId, alice, bob } = await setup()
  await client.subscriptions.create(webhookId, { user: alice })
  const handled: string[] = []
  receiver.onActivity(['post', 'mention', 'reply', 'post_delete', 'message', 'revoke'], ({ kind }) => {
    handled.push(kind)
  })
  for (const eventType of ['post.create', 'post.mention.create', 'post.reply.create', 'post.delete', 'dm.received'])
    await subscriptions.create({ eventType, filter: { userId: alice.id }, webhookId }, { user: alice })
  const post = await alice.post('Hello')
  await bob.reply(post, 'Hi, yes you, @alice')
  await bob.post('hey @alice')
  await bob.message(alice, 'psst')
  await alice.deletePost(post)
  await alice.revoke()
  await x.idle()
  expect(handled.sort()).toEqual(['mention', 'message', 'post', 'post_delete', 'reply', 'revoke'])
  expect(x.deliveries.map(({ api }) => api).filter((api) => api === 'activity')).toHaveLength(7)
  expect(x.deliveries.every(({ outcome }) => outcome === 'delivered')).toBe(true)
})
