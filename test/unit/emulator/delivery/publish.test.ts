import { describe, expect, it } from 'vitest'
import type { EmulatedUser } from 'x-account-activity/emulator'
import { EmulatorHarness, hookUrl, type Received } from '../../../support/emulator-harness.ts'

interface Cast {
  readonly alice: EmulatedUser
  readonly bob: EmulatedUser
  readonly carol: EmulatedUser
}

/** The recipient and the key of each event: `alice tweet_create_events`. */
function describeDeliveries(received: readonly Received[], cast: Cast): string[] {
  const names = new Map(Object.entries(cast).map(([name, user]) => [user.id, name]))
  return received.map(({ json }) => {
    const key = Object.keys(json).find((name) => name.endsWith('_events') || name === 'user_event')
    return `${names.get(json.for_user_id) ?? 'all'} ${key}`
  })
}

type Story = (cast: Cast) => Promise<unknown>
const nothing: Story = async () => {}

/** Actions before and after the first flush, and the deliveries of the latter. */
const table: [name: string, before: Story, then: Story, expected: string[]][] = [
  ['a post', nothing, ({ alice }) => alice.post('Good morning'), ['alice tweet_create_events']],
  [
    'a mention',
    nothing,
    ({ alice }) => alice.post('Good morning, @bob'),
    ['alice tweet_create_events', 'bob tweet_create_events'],
  ],
  [
    'mentions, one of them twice and one of an unknown handle',
    nothing,
    ({ alice }) => alice.post('@BOB @carol @bob @nobody_here'),
    ['alice tweet_create_events', 'bob tweet_create_events', 'carol tweet_create_events'],
  ],
  ['a mention of oneself', nothing, ({ alice }) => alice.post('@alice again'), ['alice tweet_create_events']],
]

async function play(before: Story, then: Story) {
  const harness = new EmulatorHarness()
  const [alice, bob, carol] = await harness.subscribed('alice', 'bob', 'carol')
  const cast = { alice, bob, carol }
  await before(cast)
  await harness.flush()
  await then(cast)
  return { received: await harness.flush(), cast, harness }
}

describe('with all users subscribed', () => {
  it.each(table)('sends %s to the right users', async (_, before, then, expected) => {
    const { received, cast } = await play(before, then)
    expect(describeDeliveries(received, cast)).toEqual(expected)
  })

  /** Actions on a post of alice that mentions carol. */
  it.each<[string, (post: string, cast: Cast) => Promise<unknown>, string[]]>([
    [
      'sends a reply to its author, the author of the post and the users mentioned in the post',
      (post, { bob }) => bob.reply(post, 'Thanks'),
      ['bob tweet_create_events', 'alice tweet_create_events', 'carol tweet_create_events'],
    ],
    [
      'sends a reply to oneself once, and to the users mentioned in the post',
      (post, { alice }) => alice.reply(post, 'And another thing'),
      ['alice tweet_create_events', 'carol tweet_create_events'],
    ],
    [
      'sends a repost to its author and the author of the post, and not to the users mentioned in the post',
      (post, { bob }) => bob.repost(post),
      ['bob tweet_create_events', 'alice tweet_create_events'],
    ],
    [
      'sends a quote to its author, the mentioned users and the author of the post',
      (post, { bob }) => bob.quote(post, 'Look, @carol'),
      ['bob tweet_create_events', 'carol tweet_create_events', 'alice tweet_create_events'],
    ],
    [
      'sends a like to its user and the author of the post',
      (post, { bob }) => bob.like(post),
      ['bob favorite_events', 'alice favorite_events'],
    ],
    ['sends a like of one’s own post once', (post, { alice }) => alice.like(post), ['alice favorite_events']],
    ['sends a deletion to the author only', (post, { alice }) => alice.deletePost(post), ['alice tweet_delete_events']],
  ])('%s', async (_, then, expected) => {
    let id = ''
    const { received, cast } = await play(
      async ({ alice }) => {
        id = (await alice.post('With @carol')).id_str
      },
      (people) => then(id, people),
    )
    expect(describeDeliveries(received, cast)).toEqual(expected)
  })

  it.each<[string, Story, Story, string[]]>([
    ['follow', nothing, ({ alice, bob }) => alice.follow(bob), ['alice follow_events', 'bob follow_events']],
    [
      'unfollow',
      ({ alice, bob }) => alice.follow(bob),
      ({ alice, bob }) => alice.unfollow(bob),
      ['alice follow_events', 'bob follow_events'],
    ],
    ['block', nothing, ({ alice, bob }) => alice.block(bob), ['alice block_events', 'bob block_events']],
    [
      'unblock',
      ({ alice, bob }) => alice.block(bob),
      ({ alice, bob }) => alice.unblock(bob),
      ['alice block_events', 'bob block_events'],
    ],
    ['mute', nothing, ({ alice, bob }) => alice.mute(bob), ['alice mute_events', 'bob mute_events']],
    [
      'unmute',
      ({ alice, bob }) => alice.mute(bob),
      ({ alice, bob }) => alice.unmute(bob),
      ['alice mute_events', 'bob mute_events'],
    ],
    [
      'message',
      nothing,
      ({ alice, bob }) => alice.message(bob, 'Hello'),
      ['alice direct_message_events', 'bob direct_message_events'],
    ],
    ['typing', nothing, ({ alice, bob }) => alice.typing(bob), ['bob direct_message_indicate_typing_events']],
    [
      'read',
      ({ alice, bob }) => alice.message(bob, 'Hello'),
      ({ alice, bob }) => bob.read(alice),
      ['alice direct_message_mark_read_events'],
    ],
    ['revoke', nothing, ({ alice }) => alice.revoke(), ['all user_event']],
  ])('sends %s to the right users', async (type, before, then, expected) => {
    const { received, cast } = await play(before, then)
    expect(describeDeliveries(received, cast)).toEqual(expected)
    const event = Object.values(received[0]?.json ?? {}).find(Array.isArray)?.[0]
    if (event?.type !== undefined && event.type !== 'message_create') expect(event.type).toBe(type)
  })

  it('sends no event for the follows that a block removes', async () => {
    const { received, cast, harness } = await play(
      async ({ alice, bob }) => {
        await alice.follow(bob)
        await bob.follow(alice)
      },
      ({ alice, bob }) => alice.block(bob),
    )
    expect(describeDeliveries(received, cast)).toEqual(['alice block_events', 'bob block_events'])
    expect(received[0]?.json.block_events[0].source).toMatchObject({ followers_count: 0, friends_count: 0 })
    await expect(cast.alice.unfollow(cast.bob)).rejects.toThrow(RangeError)
    await expect(cast.bob.unfollow(cast.alice)).rejects.toThrow(RangeError)
    expect(await harness.flush()).toEqual([])
  })

  it('sends the post of a protected user to followers only', async () => {
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice', 'bob')
    const carol = harness.x.addUser({ screenName: 'carol', protected: true })
    await alice.follow(carol)
    await harness.flush()
    await carol.post('Only for friends: @alice @bob')
    expect((await harness.flush()).map(({ json }) => json.for_user_id)).toEqual([alice.id])
  })
})

describe('a subscription', () => {
  it('receives no event from before it was created', async () => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const id = await harness.register()
    await alice.post('Early')
    await harness.subscribe(id, alice)
    await alice.post('Late')
    expect((await harness.flush()).map(({ json }) => json.tweet_create_events[0].text)).toEqual(['Late'])
  })

  it('receives a delivery at each webhook', async () => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    for (const path of ['1', '2']) await harness.subscribe(await harness.register(`${hookUrl}/${path}`), alice)
    await alice.post('Hello')
    const received = await harness.flush()
    expect(received.map(({ url }) => url)).toEqual([`${hookUrl}/1`, `${hookUrl}/2`])
    expect(received[0]?.body).toBe(received[1]?.body)
  })

  it('receives nothing at an invalid webhook', async () => {
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice')
    const list = (await (await harness.asApp('GET', '/2/webhooks')).json()) as { data: { id: string }[] }
    harness.onCrc = () => Response.json({ response_token: 'wrong' })
    await harness.asApp('PUT', `/2/webhooks/${list.data[0]?.id}`)
    await alice.post('Hello')
    await alice.revoke()
    expect(await harness.flush()).toEqual([])
  })
})
