import { describe, expect, it } from 'vitest'
import { parseDelivery } from '../../../src/events/parse-delivery.ts'
import { alice, bob, deliveries, eventUser, posts } from '../../support/deliveries.ts'
import { unknownEventOf } from '../../support/unknown-event-of.ts'

const eventsOf = (input: string | Uint8Array | object) => parseDelivery(input).events
const typesOf = (input: string | Uint8Array | object) => eventsOf(input).map((event) => event.type)

describe('malformed events', () => {
  const good = posts.own

  it.each([
    ['null', null, 'expected object', []],
    ['a number', 1, 'expected object', []],
    ['a string', 'x', 'expected object', []],
    ['an array', [], 'expected object', []],
    ['a post without an id', {}, 'expected an id: a string, or a number below 2^53', ['id_str']],
    [
      'a post whose only id is rounded',
      { id: 2 ** 60 },
      'expected an id: a string, or a number below 2^53',
      ['id_str'],
    ],
    ['a post with an id in a list', { id: ['1'] }, 'expected a string or a number', ['id']],
    ['a post whose author is a string', { id_str: '1', user: 'alice' }, 'expected object', ['user']],
  ])('become unknown events between the others: %s', (_, bad, message, path) => {
    const events = eventsOf({ for_user_id: alice.id, tweet_create_events: [good, bad, good] })
    expect(events.map((event) => event.type)).toEqual(['tweet_create', 'unknown', 'tweet_create'])
    expect(events[1]).toMatchObject({
      key: 'tweet_create_events',
      forUserId: alice.id,
      issues: [{ path: ['tweet_create_events', 1, ...path], message }],
    })
    expect(events[1]?.payload).toBe(bad)
  })

  const relation = { source: eventUser(bob), target: eventUser(alice) }

  it.each([
    ['tweet_delete_events', { status: { id: 1 } }, ['status', 'id']],
    ['tweet_delete_events', { status: { id: '' } }, ['status', 'id']],
    ['favorite_events', { id: 'a', user: { id_str: '1' } }, ['favorited_status']],
    ['follow_events', { ...relation, type: 'wave' }, ['type']],
    ['block_events', { ...relation, type: 'follow' }, ['type']],
    ['mute_events', { ...relation, source: {} }, ['source', 'id_str']],
    [
      'direct_message_events',
      { id: '1', message_create: { sender_id: '1', message_data: {} } },
      ['message_create', 'target'],
    ],
    ['direct_message_events', { id: '1', type: 'message_delete' }, ['type']],
    ['direct_message_indicate_typing_events', { sender_id: 1, target: { recipient_id: '1' } }, ['sender_id']],
    ['direct_message_mark_read_events', { sender_id: '1', target: {} }, ['target', 'recipient_id']],
  ])('name what is wrong in %s: %j', (key, element, path) => {
    const event = unknownEventOf({ for_user_id: '1', [key]: [element] })
    expect(event.issues?.[0]?.path).toEqual([key, 0, ...path])
    expect(event.issues?.[0]?.message).toMatch(/^expected /)
    expect(event.payload).toBe(element)
  })

  it.each([null, {}, 'x', 0, true])('become one unknown event when %j is in the place of the array', (value) => {
    const event = unknownEventOf({ for_user_id: '1', follow_events: value })
    expect(event).toMatchObject({ key: 'follow_events', payload: value })
    expect(event.issues).toEqual([{ path: ['follow_events'], message: 'expected array' }])
  })

  it.each([
    ['user_event', null, ['user_event']],
    ['user_event', [], ['user_event']],
    ['user_event', { grant: { source: { user_id: '1' } } }, ['user_event', 'revoke']],
    ['user_event', { revoke: { source: { user_id: '1' } } }, ['user_event', 'revoke', 'target']],
    ['replay_job_status', [], ['replay_job_status']],
    ['replay_job_status', { job_state: 'Complete' }, ['replay_job_status', 'job_id']],
  ])('become unknown events when %s is %j', (key, value, path) => {
    const event = unknownEventOf({ [key]: value })
    expect(event).toMatchObject({ key, payload: value })
    expect(event.issues?.[0]?.path).toEqual(path)
  })

  it('become unknown events without issues when their key is new', () => {
    const event = unknownEventOf({ for_user_id: '1', spaces_events: [{ id: '5', created_timestamp: '1772359200123' }] })
    expect(event).toMatchObject({
      key: 'spaces_events',
      forUserId: '1',
      occurredAt: new Date('2026-03-01T10:00:00.123Z'),
      payload: { id: '5' },
    })
    expect(event).not.toHaveProperty('issues')
  })
})

describe('forms that X or test data of others contain', () => {
  const { created_timestamp, source, target } = deliveries.follow.follow_events[0]
  const bare = { created_timestamp, source, target }

  it.each([
    ['unfollow', { unfollow_events: [bare] }],
    ['unblock', { unblock_events: [bare] }],
    ['unmute', { unmute_events: [bare] }],
    ['follow', { follow_events: [bare] }],
    ['block', { block_events: [bare] }],
    ['mute', { mute_events: [bare] }],
    ['unfollow', { follow_events: [{ ...bare, type: 'unfollow' }] }],
    ['follow', { unfollow_events: [{ ...bare, type: 'follow' }] }],
    ['tweet_create', { tweet_create_events: [{ id_str: '1', user: {} }] }],
    ['tweet_create', { tweet_create_events: [{ id: '1' }] }],
    ['tweet_create', { tweet_create_events: [{ id: 1 }] }],
    ['favorite', { favorite_events: [{ favorited_status: { id_str: '1' }, user: { id: 2 } }] }],
    ['user_revoke', { user_event: { revoke: { target: { app_id: '1' }, source: { user_id: '2' } } } }],
    [
      'direct_message',
      {
        direct_message_events: [
          { id: '1', message_create: { target: { recipient_id: '2' }, sender_id: '3', message_data: {} } },
        ],
      },
    ],
  ])('are read as %s: %j', (type, body) => {
    expect(typesOf(body)).toEqual([type])
  })

  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    [undefined, undefined],
    [null, undefined],
    ['', undefined],
    [0, undefined],
    [1, undefined],
    ['no', undefined],
  ])('have the flag %j, which is read as %j', (flag, read) => {
    const [event] = eventsOf({
      for_user_id: '1',
      user_has_blocked: flag,
      is_blocked_by: flag,
      tweet_create_events: [posts.mention],
    })
    expect(event).toMatchObject(read === undefined ? {} : { userHasBlocked: read, isBlockedBy: read })
    expect(Object.hasOwn(event ?? {}, 'userHasBlocked')).toBe(read !== undefined)
    expect(Object.hasOwn(event ?? {}, 'isBlockedBy')).toBe(read !== undefined)
  })

  it.each([
    ['"1100000000000000001"', '1100000000000000001'],
    ['12', '12'],
    ['0', '0'],
    ['1100000000000000001', '1100000000000000001'],
    ['1.1e18', undefined],
    ['9007199254740993.0', undefined],
    ['""', undefined],
    ['null', undefined],
    ['{}', undefined],
  ])('have the subscribed account %s, which is read as %s', (json, forUserId) => {
    const delivery = parseDelivery(`{"for_user_id":${json},"tweet_create_events":[{"id_str":"1"}]}`)
    expect(delivery.forUserId).toBe(forUserId)
    expect(delivery.events[0]?.forUserId).toBe(forUserId)
    for (const holder of [delivery, delivery.events[0] ?? {}]) {
      expect(Object.hasOwn(holder, 'forUserId')).toBe(forUserId !== undefined)
    }
  })
})
