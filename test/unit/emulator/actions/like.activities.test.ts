import { describe, expect, it } from 'vitest'
import { activityWorld, lastData, parsed } from '../../../support/emulator-activity.ts'

// Form: the example of https://docs.x.com/x-api/activity/introduction. It is an outbound like.

async function world(...directions: ('inbound' | 'outbound' | undefined)[]) {
  const world = await activityWorld([])
  for (const direction of directions) {
    const filter = direction === undefined ? {} : { direction }
    await world.harness.subscribeTo('like.create', world.alice, { filter, webhook_id: world.webhookId })
  }
  return world
}

describe('a like', () => {
  it('by the user has the form of X', async () => {
    const { harness, alice, bob } = await world('outbound')
    const post = await bob.post('Hello')
    await alice.like(post)
    const [received] = await harness.flush()
    expect(received?.json.data).toMatchObject({
      filter: { user_id: alice.id, direction: 'outbound' },
      event_type: 'like.create',
      payload: {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        created_at: '2026-11-21T09:30:00.250Z',
        timestamp_ms: '1795253400250',
        liked_tweet_id: post.id_str,
        liked_tweet_author_id: bob.id,
      },
      includes: { tweets: [{ id: post.id_str, public_metrics: { like_count: 1 } }] },
    })
    expect(received?.json.data.includes.users.map(({ id }: { id: string }) => id)).toEqual([bob.id])
    expect(parsed(received)).toMatchObject({ type: 'like.create', direction: 'outgoing', userId: alice.id })
  })

  it('of a post of the user includes the one who likes it', async () => {
    const { harness, alice, bob } = await world('inbound')
    await bob.like(await alice.post('Hello'))
    const [received] = await harness.flush()
    expect(received?.json.data.includes.users.map(({ id }: { id: string }) => id)).toEqual([alice.id, bob.id])
    expect(parsed(received)).toMatchObject({ direction: 'incoming', userId: bob.id })
  })

  it.each([
    ['inbound', [], ['inbound']],
    ['outbound', ['outbound'], []],
    [undefined, [undefined], [undefined]],
  ] as const)('with the direction %s comes only in that direction', async (direction, outbound, inbound) => {
    const { harness, alice, bob } = await world(direction)
    await alice.like(await bob.post('Hello'))
    const directionsOf = async () => (await harness.flush()).map(({ json }) => json.data.filter.direction)
    expect(await directionsOf()).toEqual(outbound)
    await bob.like(await alice.post('Hi'))
    expect(await directionsOf()).toEqual(inbound)
  })

  it('comes once for each subscription, with the same id', async () => {
    const { harness, alice, bob } = await world('outbound', undefined)
    await alice.like(await bob.post('Hello'))
    const received = await harness.flush()
    expect(received.map(({ json }) => json.data.filter.direction)).toEqual(['outbound', undefined])
    expect(new Set(received.map(({ json }) => json.data.event_uuid)).size).toBe(1)
    expect(new Set(received.map((one) => parsed(one).id)).size).toBe(2)
  })

  it('of an own post comes once for a subscription without a direction', async () => {
    const { harness, alice } = await world(undefined, 'inbound')
    await alice.like(await alice.post('Hello'))
    expect((await harness.flush()).map(({ json }) => json.data.filter.direction)).toEqual([undefined, 'inbound'])
  })

  it('of a post of a protected account does not include the post', async () => {
    const { harness, alice } = await world('outbound')
    const carol = harness.x.addUser({ screenName: 'carol', protected: true })
    await alice.like(await carol.post('Hello'))
    expect(Object.keys((await lastData(harness)).includes)).toEqual(['users'])
  })

  it('can be selected by the post', async () => {
    const { harness, alice, bob, webhookId } = await activityWorld([])
    const [liked, other] = [await alice.post('a'), await alice.post('b')]
    const filter = { qualifiers: { post_id: liked.id_str } }
    await harness.subscribeTo('like.create', alice, { filter, webhook_id: webhookId })
    await bob.like(other)
    await bob.like(liked)
    expect((await harness.flush()).map(({ json }) => [json.data.filter, json.data.payload.liked_tweet_id])).toEqual([
      [{ user_id: alice.id, ...filter }, liked.id_str],
    ])
  })
})
