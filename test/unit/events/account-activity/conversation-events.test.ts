import { describe, expect, it } from 'vitest'
import type { EventOf } from '../../../../src/events/events.ts'
import { parseDelivery } from '../../../../src/events/parse-delivery.ts'
import { alice, bob, deliveries, messageUser } from '../../../support/deliveries.ts'

const { apps, users } = deliveries.direct_message

function messageOf(delivery: object): EventOf<'direct_message'> {
  const [event] = parseDelivery({ ...deliveries.direct_message, ...delivery }).events
  if (event?.type !== 'direct_message') throw new Error(`expected a direct message, got ${event?.type}`)
  return event
}

describe('the parties of a direct message', () => {
  it('are taken from the maps of the delivery', () => {
    const { sender, recipient, app } = messageOf({})
    expect(sender).toBe(users[alice.id])
    expect(recipient).toBe(users[bob.id])
    expect(app).toBe(apps['777'])
  })

  it.each(['direct_message_indicate_typing', 'direct_message_mark_read'] as const)(
    'are taken from the maps for %s too',
    (type) => {
      const [event] = parseDelivery(deliveries[type]).events
      expect(event).toMatchObject({ sender: { screen_name: 'bob_builds' }, recipient: { screen_name: 'alice' } })
    },
  )

  it('are found where the v1.1 documentation of X misplaces them', () => {
    const among = messageOf({ users: undefined, apps: { ...apps, users: {}, [alice.id]: messageUser(alice) } })
    expect(among.sender?.screen_name).toBe('alice')
    const inside = messageOf({ users: undefined, apps: { ...apps, users } })
    expect([inside.sender?.screen_name, inside.recipient?.screen_name]).toEqual(['alice', 'bob_builds'])
  })

  it('are not confused with an app of the same id', () => {
    const event = messageOf({ users: {}, apps: { [alice.id]: { id: alice.id, name: 'Garden Post' } } })
    expect(event).not.toHaveProperty('sender')
  })

  it.each([
    ['missing', undefined],
    ['null', null],
    ['empty', {}],
    ['a list', []],
    ['a text', 'users'],
    ['a map of nulls', { [alice.id]: null, [bob.id]: null, '777': null }],
    ['a map of texts', { [alice.id]: 'alice', [bob.id]: 'bob', '777': 'app' }],
  ])('are absent where the maps are %s', (_, map) => {
    const event = messageOf({ users: map, apps: map })
    for (const key of ['sender', 'recipient', 'app']) expect(Object.hasOwn(event, key)).toBe(false)
    expect(event).toMatchObject({ senderId: alice.id, recipientId: bob.id })
  })

  it.each(['__proto__', 'constructor', 'toString'])('have no profile when their ids are %s', (id) => {
    const message = {
      id: '1',
      message_create: { target: { recipient_id: id }, sender_id: id, source_app_id: id, message_data: {} },
    }
    const event = messageOf({ direct_message_events: [message] })
    for (const key of ['sender', 'recipient', 'app']) expect(Object.hasOwn(event, key)).toBe(false)
  })

  it('are the same user when the message is to oneself', () => {
    const message = {
      id: '1',
      message_create: { target: { recipient_id: alice.id }, sender_id: alice.id, message_data: {} },
    }
    const event = messageOf({ direct_message_events: [message] })
    expect(event).toMatchObject({ direction: 'outgoing', sender: { id: alice.id }, recipient: { id: alice.id } })
  })
})
