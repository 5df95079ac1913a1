import { describe, expect, it } from 'vitest'
import { activityOf } from 'x-account-activity/events'
import { activityWorld, parsed, typesOf } from '../../../support/emulator-activity.ts'

const types = ['dm.sent', 'dm.received', 'dm.read', 'dm.indicate_typing']

describe('a direct message', () => {
  it('that the user sends has the form of X', async () => {
    const { harness, alice, bob } = await activityWorld(types)
    const { id } = await alice.message(bob, 'a < b')
    const [received, ...more] = await harness.flush()
    expect(more).toEqual([])
    expect(received?.json.data).toMatchObject({ event_type: 'dm.sent', filter: { user_id: alice.id } })
    expect(received?.json.data.payload).toEqual({
      direct_message_events: [
        {
          type: 'message_create',
          id,
          created_timestamp: '1795253400250',
          message_create: {
            target: { recipient_id: bob.id },
            sender_id: alice.id,
            message_data: {
              text: 'a &lt; b',
              entities: { hashtags: [], symbols: [], user_mentions: [], urls: [] },
            },
          },
        },
      ],
      users: {
        [alice.id]: { data: expect.objectContaining({ id: alice.id, username: 'alice' }) },
        [bob.id]: { data: expect.objectContaining({ id: bob.id, username: 'bob' }) },
      },
    })
    expect(activityOf(parsed(received))).toMatchObject({
      kind: 'message',
      messageId: id,
      text: 'a < b',
      direction: 'outgoing',
      recipient: { id: bob.id, name: 'Bob', handle: 'bob' },
    })
  })

  it('that the user receives', async () => {
    const { harness, alice, bob } = await activityWorld(types)
    await bob.message(alice, 'Hello')
    const received = await harness.flush()
    expect(typesOf(received)).toEqual(['dm.received'])
    expect(parsed(received[0])).toMatchObject({ direction: 'incoming', senderId: bob.id, recipientId: alice.id })
  })

  it('has the key that the other API gives it', async () => {
    const { harness, webhookId, alice, bob } = await activityWorld(types)
    await harness.subscribe(webhookId, alice)
    await bob.message(alice, 'Hello')
    const [aaa, xaa] = (await harness.flush()).map((one) => activityOf(parsed(one)))
    expect(aaa?.key).toBe(xaa?.key)
  })
})

describe('typing and reading', () => {
  it('come to the user whom they are for, in the form of the Account Activity API', async () => {
    const { harness, alice, bob } = await activityWorld(types)
    const message = await alice.message(bob, 'Hello')
    await harness.flush()
    await bob.typing(alice)
    await bob.read(message)
    await alice.typing(bob)
    const received = await harness.flush()
    expect(typesOf(received)).toEqual(['dm.indicate_typing', 'dm.read'])
    expect(received.map((one) => activityOf(parsed(one)))).toMatchObject([
      { kind: 'typing', sender: { id: bob.id }, recipient: { id: alice.id } },
      { kind: 'read', sender: { id: bob.id }, lastReadMessageId: message.id },
    ])
    expect(Object.keys(received[1]?.json.data.payload)).toEqual(['direct_message_mark_read_events', 'users'])
  })
})
