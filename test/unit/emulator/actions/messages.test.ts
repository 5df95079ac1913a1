import { describe, expect, it } from 'vitest'
import { type Action, createCast, expectBlocked, expectRefusal } from '../../../support/emulator-cast.ts'

const toThemselves = '@bob cannot do this to themselves.'

describe('message', () => {
  it.each<[string, Action, string]>([
    ['an empty text', ({ alice, bob }) => bob.message(alice, ''), '"text" must not be empty'],
    [
      'a text of 10,001 characters',
      ({ alice, bob }) => bob.message(alice, 'x'.repeat(10_001)),
      '"text" must not be longer than 10000 characters',
    ],
    ['a message to the sender', ({ bob }) => bob.message(bob, 'Hi'), toThemselves],
  ])('refuses %s', (_, action, message) => expectRefusal(action, RangeError, message))

  it('accepts a text of 10,000 characters', async () => {
    const { alice, bob } = await createCast()
    const { message_create } = await bob.message(alice, 'x'.repeat(10_000))
    expect(message_create.message_data.text).toHaveLength(10_000)
  })

  it('is refused to a blocked user', () => expectBlocked(({ alice, bob }) => bob.message(alice, 'Hi')))
})

describe('typing', () => {
  it('refuses the sender as the recipient', () => expectRefusal(({ bob }) => bob.typing(bob), RangeError, toThemselves))

  it('is refused to a blocked user', () => expectBlocked(({ alice, bob }) => bob.typing(alice)))

  it('sends the event to the recipient', async () => {
    const { harness, alice, bob } = await createCast()
    await bob.typing(alice)
    const received = (await harness.flush()).map(({ json }) => json)
    expect(received).toEqual([
      {
        for_user_id: alice.id,
        direct_message_indicate_typing_events: [
          { created_timestamp: '1795253400250', sender_id: bob.id, target: { recipient_id: alice.id } },
        ],
        users: { [alice.id]: expect.anything(), [bob.id]: expect.anything() },
      },
    ])
  })
})

describe('read', () => {
  it.each<[string, Action, string]>([
    ['a user who has sent no message', ({ alice, bob }) => bob.read(alice), '@alice has sent no message to @bob.'],
    ['an unknown message', ({ bob }) => bob.read('1'), '"message" must be a message of this emulator'],
  ])('refuses %s', (_, action, message) => expectRefusal(action, RangeError, message))

  it('refuses a message that was sent to another user', async () => {
    const { alice, bob } = await createCast()
    const message = await alice.message(bob, 'Hi')
    await expect(alice.read(message)).rejects.toThrow(new RangeError('The message was not sent to @alice.'))
  })

  it('sends the event to the writer, with the id of the message or of the last message', async () => {
    const { harness, alice, bob } = await createCast()
    const first = await alice.message(bob, 'One')
    const second = await alice.message(bob, 'Two')
    await harness.flush()
    await bob.read(first)
    await bob.read(alice)
    const [one, two] = await harness.flush()
    expect(one?.json).toEqual({
      for_user_id: alice.id,
      direct_message_mark_read_events: [
        {
          created_timestamp: '1795253400250',
          sender_id: bob.id,
          target: { recipient_id: alice.id },
          last_read_event_id: first.id,
        },
      ],
      users: { [alice.id]: expect.anything(), [bob.id]: expect.anything() },
    })
    expect(two?.json.direct_message_mark_read_events[0].last_read_event_id).toBe(second.id)
  })
})
