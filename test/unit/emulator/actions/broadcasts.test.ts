import { describe, expect, it } from 'vitest'
import { activityWorld, parsed, typesOf } from '../../../support/emulator-activity.ts'

// Forms: the examples of https://docs.x.com/x-api/activity/introduction

const types = ['spaces.start', 'spaces.end', 'broadcast.start', 'broadcast.end', 'broadcast.chat']

describe('a Space', () => {
  it('starts and ends', async () => {
    const { harness, alice } = await activityWorld(types)
    const space = await alice.startSpace()
    await alice.endSpace(space)
    const received = await harness.flush()
    const user = { data: expect.objectContaining({ id: alice.id }) }
    expect(received.map(({ json }) => [json.data.event_type, json.data.payload])).toEqual([
      ['spaces.start', { user, broadcast_id: space.id, event_type: 'spaces_start' }],
      ['spaces.end', { user, broadcast_id: space.id, event_type: 'spaces_end' }],
    ])
    expect(space.id).toMatch(/^[A-Za-z0-9]{13}$/)
    expect(parsed(received[0])).toMatchObject({ broadcastId: space.id })
  })
})

describe('a live video', () => {
  it('starts and ends', async () => {
    const { harness, alice } = await activityWorld(types)
    const broadcast = await alice.startBroadcast({ title: 'Tea at five' })
    await harness.x.advance({ seconds: 4 })
    await alice.endBroadcast(broadcast.id)
    const received = await harness.flush()
    const both = {
      user: { data: expect.objectContaining({ id: alice.id }) },
      broadcast_id: broadcast.id,
      title: 'Tea at five',
      created_timestamp_ms: 1_795_253_400_250,
      created_timestamp_ms_str: '1795253400250',
      language: 'en',
    }
    expect(received.map(({ json }) => [json.data.event_type, json.data.payload])).toEqual([
      [
        'broadcast.start',
        {
          ...both,
          broadcast_state: 'Running',
          event_timestamp_ms: 1_795_253_400_250,
          event_timestamp_ms_str: '1795253400250',
          updated_timestamp_ms: 1_795_253_400_250,
          updated_timestamp_ms_str: '1795253400250',
          thumbnail_url: expect.stringMatching(/^https:.*live-thumbnail\.jpg$/),
          available_for_replay: false,
        },
      ],
      [
        'broadcast.end',
        {
          ...both,
          broadcast_state: 'Ended',
          event_timestamp_ms: 1_795_253_404_250,
          event_timestamp_ms_str: '1795253404250',
          updated_timestamp_ms: 1_795_253_404_250,
          updated_timestamp_ms_str: '1795253404250',
          duration_ms: 4000,
          duration_ms_str: '4000',
          thumbnail_url: expect.stringMatching(/^https:.*replay-thumbnail\.jpg$/),
          available_for_replay: true,
        },
      ],
    ])
    expect(parsed(received[1])).toMatchObject({ occurredAt: new Date(1_795_253_404_250) })
  })

  it('has chat messages, which its owner receives', async () => {
    const { harness, alice, bob } = await activityWorld(types)
    const broadcast = await alice.startBroadcast({ title: 'Tea' })
    await harness.flush()
    await bob.chatInBroadcast(broadcast, 'a < b')
    await alice.chatInBroadcast(broadcast, 'yes')
    const received = await harness.flush()
    expect(received.map(({ json }) => json.data.payload)).toEqual(
      [
        [bob, 'a < b'],
        [alice, 'yes'],
      ].map(([author, message]) => ({
        broadcast_id: broadcast.id,
        message_id: expect.stringMatching(/^\d{19}$/),
        message,
        author: { data: expect.objectContaining({ id: (author as typeof bob).id }) },
      })),
    )
    expect(received.map((one) => parsed(one).direction)).toEqual(['incoming', 'outgoing'])
    const other = await bob.startBroadcast({ title: 'Mine' })
    await alice.chatInBroadcast(other, 'hi')
    expect(typesOf(await harness.flush())).toEqual([])
  })

  it('is part of a saved state', async () => {
    const { harness, alice } = await activityWorld(types)
    const broadcast = await alice.startBroadcast({ title: 'Tea' })
    await harness.x.load(harness.x.save())
    await harness.flush()
    await alice.endBroadcast(broadcast)
    expect(typesOf(await harness.flush())).toEqual(['broadcast.end'])
    expect((await alice.startBroadcast({ title: 'Tea' })).id).not.toBe(broadcast.id)
  })
})

describe('refusals', () => {
  it.each<[string, (world: Awaited<ReturnType<typeof activityWorld>>) => Promise<unknown>, string]>([
    ['no title', ({ alice }) => alice.startBroadcast({ title: '' }), '"title" must not be empty'],
    [
      'an unknown member',
      ({ alice }) => alice.startBroadcast({ title: 'x', ...{ name: 'y' } }),
      '"broadcast" must not have a member "name"',
    ],
    ['an unknown Space', ({ alice }) => alice.endSpace('x'), '"space" must be a space of this emulator'],
    [
      'a live video as a Space',
      async ({ alice }) => alice.endSpace(await alice.startBroadcast({ title: 'x' })),
      '"space" must be a space of this emulator',
    ],
    [
      'the Space of another user',
      async ({ alice, bob }) => alice.endSpace(await bob.startSpace()),
      'The space was not started by @alice.',
    ],
    [
      'the end of a live video that has ended',
      async ({ alice }) => {
        const broadcast = await alice.startBroadcast({ title: 'x' })
        await alice.endBroadcast(broadcast)
        await alice.endBroadcast(broadcast)
      },
      'The broadcast has ended.',
    ],
    [
      'a chat message after the end',
      async ({ alice, bob }) => {
        const broadcast = await alice.startBroadcast({ title: 'x' })
        await alice.endBroadcast(broadcast)
        await bob.chatInBroadcast(broadcast, 'Hello?')
      },
      'The broadcast has ended.',
    ],
    [
      'an empty chat message',
      async ({ alice }) => alice.chatInBroadcast(await alice.startBroadcast({ title: 'x' }), ''),
      '"text" must not be empty',
    ],
    [
      'a chat message of a blocked user',
      async ({ alice, bob }) => {
        await alice.block(bob)
        await bob.chatInBroadcast(await alice.startBroadcast({ title: 'x' }), 'Hello')
      },
      '@alice has blocked @bob.',
    ],
  ])('%s', async (_, act, message) => {
    await expect(act(await activityWorld([]))).rejects.toThrow(message)
  })
})
