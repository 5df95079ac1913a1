import { describe, expect, it } from 'vitest'
import { eventTypes } from '../../../src/events/events.ts'
import { parseDelivery } from '../../../src/events/parse-delivery.ts'
import { xActivityEventTypes } from '../../../src/events/x-activity/events.ts'
import { alice, bob, deliveries, posts } from '../../support/deliveries.ts'
import { unknownEventOf } from '../../support/unknown-event-of.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const eventsOf = (input: string | Uint8Array | object) => parseDelivery(input).events
const typesOf = (input: string | Uint8Array | object) => eventsOf(input).map((event) => event.type)

describe('parseDelivery', () => {
  it.each(Object.entries(deliveries))('reads one %s event', (type, delivery) => {
    const text = JSON.stringify(delivery)
    for (const input of [text, bytesOf(text), delivery]) {
      const { family, events } = parseDelivery(input)
      expect(family).toBe('account_activity')
      expect(events.map((event) => event.type)).toEqual([type])
    }
  })

  it('is tested with every type of event', () => {
    const others = [...xActivityEventTypes, 'filtered_post', 'unknown']
    expect([...Object.keys(deliveries), ...others].sort()).toEqual([...eventTypes].sort())
  })

  it('returns the object that it was given, unchanged', () => {
    const delivery = structuredClone(deliveries.direct_message)
    const parsed = parseDelivery(delivery)
    expect(parsed.payload).toBe(delivery)
    expect(parsed.events[0]?.payload).toBe(delivery.direct_message_events[0])
    expect(delivery).toEqual(deliveries.direct_message)
  })

  it('accepts a frozen object', () => {
    expect(typesOf(Object.freeze({ ...deliveries.follow }))).toEqual(['follow'])
  })

  it('reads the byte form of X: escaped letters, slashes and angle brackets', () => {
    const body = String.raw`{"for_user_id":"12","tweet_create_events":[{"id":34,"id_str":"34","text":"\ud83c\udf45 caf\u00e9 \u003c3 https:\/\/t.co\/a"}]}`
    const [event] = eventsOf(bytesOf(body))
    expect(event).toMatchObject({ type: 'tweet_create', payload: { text: '🍅 café <3 https://t.co/a' } })
  })

  it('keeps members that it does not know', () => {
    const [event] = eventsOf({ tweet_create_events: [{ id_str: '1', mood: { is: 'new' } }] })
    expect(event?.payload).toEqual({ id_str: '1', mood: { is: 'new' } })
  })

  it('reads the events of all keys, in the order of the body', () => {
    const { follow_events } = deliveries.follow
    const body = {
      block_events: deliveries.block.block_events,
      for_user_id: alice.id,
      follow_events: [...follow_events, ...deliveries.unfollow.follow_events],
      ...deliveries.replay_job_status,
      tweet_create_events: [posts.own, posts.reply],
    }
    expect(typesOf(body)).toEqual(['block', 'follow', 'unfollow', 'replay_job_status', 'tweet_create', 'tweet_create'])
  })

  it('returns no events for empty arrays', () => {
    const { family, events, forUserId } = parseDelivery({ for_user_id: '1', favorite_events: [], halls_events: [] })
    expect({ family, events, forUserId }).toEqual({ family: 'account_activity', events: [], forUserId: '1' })
  })
})

describe('keys that X does not document', () => {
  it.each([
    ['an empty array of events', { follow_events: [] }, []],
    ['events', deliveries.follow, ['follow']],
    ['a revocation', deliveries.user_revoke, ['user_revoke']],
    ['the status of a replay job', deliveries.replay_job_status, ['replay_job_status']],
    ['another new key', { halls_events: [{}] }, ['unknown']],
  ])('become one unknown event each beside %s', (_, known, types) => {
    const added = { space_event: { id: '1', created_timestamp: '1772359200123' }, lists: [{ id: '2' }, { id: '3' }] }
    const { events, family } = parseDelivery({ ...added, ...known, for_user_id: '12' })
    expect(family).toBe('account_activity')
    expect(events.map(({ type }) => type)).toEqual(['unknown', 'unknown', ...types])
    expect(events[0]).toMatchObject({
      key: 'space_event',
      forUserId: '12',
      occurredAt: new Date('2026-03-01T10:00:00.123Z'),
    })
    expect(events[0]?.payload).toBe(added.space_event)
    expect(events[1]).toMatchObject({ key: 'lists', forUserId: '12' })
    expect(events[1]?.payload).toBe(added.lists)
    expect(events[0]).not.toHaveProperty('issues')
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
  })

  it('have an event of their own for an empty object and an empty array', () => {
    const { events } = parseDelivery({ follow_events: [], space_event: {}, lists: [] })
    expect(events.map((event) => event.type === 'unknown' && event.key)).toEqual(['space_event', 'lists'])
  })

  it.each([null, true, 0, 12, '', 'text'])('give no event when they hold %j', (value) => {
    expect(eventsOf({ for_user_id: '12', follow_events: [], space: value })).toEqual([])
  })

  // The keys beside the events of captured and documented deliveries, and `meta` of the X Activity API.
  it.each(['for_user_id', 'user_has_blocked', 'is_blocked_by', 'users', 'apps', 'meta'])(
    'do not include %s, which belongs to the events',
    (key) => {
      for (const value of [{ replay: true }, [{}], 'true']) {
        expect(typesOf({ [key]: value, ...deliveries.follow })).toEqual(['follow'])
        expect(eventsOf({ [key]: value, follow_events: [] })).toEqual([])
      }
    },
  )
})

describe('bodies that no API of X is known to send', () => {
  it.each([
    { of: 'an object with data', body: { data: { id: '1' } } },
    { of: 'an event type that is not a string', body: { data: { event_type: 5 } } },
    { of: 'an empty object', body: {} },
    { of: 'a delivery without events', body: { for_user_id: '1' } },
    { of: 'data that is an empty array', body: { data: [] } },
  ])('become one unknown event with the whole body: $of', ({ body }) => {
    expect(parseDelivery(body).family).toBe('unknown')
    const event = unknownEventOf(body)
    expect(event.payload).toBe(body)
    expect(event).not.toHaveProperty('key')
    expect(event).not.toHaveProperty('issues')
  })
})

describe('the members of an event', () => {
  const first = (delivery: object) => eventsOf(delivery)[0]

  it.each([
    ['tweet_create', { postId: '505', direction: 'incoming', userHasBlocked: false }],
    ['tweet_delete', { postId: '5000000000000000001', direction: 'outgoing' }],
    ['favorite', { postId: '5000000000000000001', userId: bob.id, direction: 'incoming' }],
    ['follow', { sourceId: bob.id, targetId: alice.id, direction: 'incoming' }],
    ['unfollow', { sourceId: alice.id, targetId: bob.id, direction: 'outgoing' }],
    [
      'direct_message',
      { messageId: '6000000000000000001', senderId: alice.id, recipientId: bob.id, direction: 'outgoing' },
    ],
    ['direct_message_indicate_typing', { senderId: bob.id, recipientId: alice.id, direction: 'incoming' }],
    ['direct_message_mark_read', { senderId: bob.id, recipientId: alice.id, direction: 'incoming' }],
  ] as const)('name who did what to whom: %s', (type, said) => {
    const event = first(deliveries[type])
    expect(event).toMatchObject({ type, forUserId: alice.id, ...said })
    expect(event?.occurredAt).toEqual(new Date('2026-03-01T10:00:00.123Z'))
  })

  it('name the user and the app of a revocation, and no subscribed account', () => {
    const event = first({ for_user_id: '5', ...deliveries.user_revoke })
    expect(event).toMatchObject({ type: 'user_revoke', userId: alice.id, appId: '777', direction: 'outgoing' })
    expect(event?.occurredAt).toEqual(new Date('2026-03-01T10:00:00.000Z'))
    expect(event?.payload).toBe(deliveries.user_revoke.user_event.revoke)
    expect(event).not.toHaveProperty('forUserId')
  })

  it('name the job of a replay job status, and no subscribed account', () => {
    const event = first(deliveries.replay_job_status)
    expect(event).toMatchObject({ type: 'replay_job_status', jobId: '999', payload: { job_state: 'Complete' } })
    for (const absent of ['forUserId', 'occurredAt', 'direction']) expect(event).not.toHaveProperty(absent)
  })

  it.each([
    ['its author', { for_user_id: alice.id, tweet_create_events: [{ id_str: '1', user: {} }] }],
    ['the subscriber', { tweet_create_events: [posts.own] }],
    ['the subscribed account as a party', { ...deliveries.direct_message_indicate_typing, for_user_id: '5' }],
  ])('do not include a direction without %s', (_, delivery) => {
    expect(first(delivery)).not.toHaveProperty('direction')
  })

  it('include the direction of the exact ids, not of those that JSON has rounded', () => {
    // 1100000000000000001 and 1100000000000000002 are one number to JSON.
    const body =
      '{"for_user_id":"1100000000000000001","tweet_create_events":[{"id_str":"1","user":{"id":1100000000000000001,"id_str":"1100000000000000002"}}]}'
    expect(first(JSON.parse(body))).toMatchObject({ direction: 'incoming' })
  })
})
