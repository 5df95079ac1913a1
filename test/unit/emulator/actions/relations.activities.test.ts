import { describe, expect, it } from 'vitest'
import { activityOf } from 'x-account-activity/events'
import { activityWorld, parsed, typesOf } from '../../../support/emulator-activity.ts'

const all = ['follow.follow', 'follow.unfollow', 'block.block', 'block.unblock', 'mute.mute', 'mute.unmute']

describe('a relation', () => {
  it('of the user has wrapped users, and kinds of its own', async () => {
    const { harness, alice, bob } = await activityWorld(all)
    for (const act of ['follow', 'unfollow', 'mute', 'unmute', 'block', 'unblock'] as const) await alice[act](bob)
    const received = await harness.flush()
    expect(typesOf(received)).toEqual([
      'follow.follow',
      'follow.unfollow',
      'mute.mute',
      'mute.unmute',
      'block.block',
      'block.unblock',
    ])
    for (const { json } of received) {
      expect(json.data.payload).toEqual({
        source: { data: expect.objectContaining({ id: alice.id, username: 'alice' }) },
        target: { data: expect.objectContaining({ id: bob.id, username: 'bob' }) },
      })
      expect(json.data).not.toHaveProperty('includes')
    }
    expect(received.map((one) => activityOf(parsed(one))?.kind)).toEqual([
      'follow',
      'unfollow',
      'mute',
      'unmute',
      'block',
      'unblock',
    ])
  })

  it('of another user: X sends follows only, and never that one was muted or blocked', async () => {
    const { harness, alice, bob } = await activityWorld(all)
    for (const act of ['follow', 'unfollow', 'mute', 'unmute', 'block', 'unblock'] as const) await bob[act](alice)
    const received = await harness.flush()
    expect(typesOf(received)).toEqual(['follow.follow', 'follow.unfollow'])
    expect(parsed(received[0])).toMatchObject({ direction: 'incoming', sourceId: bob.id, targetId: alice.id })
  })

  it.each([
    ['inbound', false, true],
    ['outbound', true, false],
  ] as const)('is filtered by the direction %s', async (direction, own, others) => {
    const { harness, alice, bob, webhookId } = await activityWorld([])
    await harness.subscribeTo('follow.follow', alice, { filter: { direction }, webhook_id: webhookId })
    await alice.follow(bob)
    expect(await harness.flush()).toHaveLength(own ? 1 : 0)
    await bob.follow(alice)
    expect(await harness.flush()).toHaveLength(others ? 1 : 0)
  })

  it('that happens twice has two ids', async () => {
    const { harness, alice, bob } = await activityWorld(['follow.follow'])
    await alice.follow(bob)
    await alice.unfollow(bob)
    await alice.follow(bob)
    const ids = (await harness.flush()).map((one) => parsed(one).id)
    expect(new Set(ids).size).toBe(2)
  })
})
