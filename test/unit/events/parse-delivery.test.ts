import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VerificationError } from '../../../src/errors/verification-error.ts'
import { eventTypes, type UnknownEvent } from '../../../src/events/events.ts'
import { parseDelivery } from '../../../src/events/parse-delivery.ts'
import { alice, bob, deliveries, eventUser, posts } from '../../support/deliveries.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const eventsOf = (input: string | Uint8Array | object) => parseDelivery(input).events
const typesOf = (input: string | Uint8Array | object) => eventsOf(input).map((event) => event.type)

/** The only event of a delivery, which is expected to be unknown. */
function stranger(input: string | object): UnknownEvent {
  const [event, ...more] = eventsOf(input)
  expect(more).toEqual([])
  if (event?.type !== 'unknown') throw new Error(`expected an unknown event, got ${event?.type}`)
  return event
}

describe('parseDelivery', () => {
  it.each(Object.entries(deliveries))('finds one %s', (type, delivery) => {
    const text = JSON.stringify(delivery)
    for (const input of [text, bytesOf(text), delivery]) {
      const { family, events } = parseDelivery(input)
      expect(family).toBe('account_activity')
      expect(events.map((event) => event.type)).toEqual([type])
    }
  })

  it('has a fixture for every type there is, so that none is left untried', () => {
    expect([...Object.keys(deliveries), 'unknown'].sort()).toEqual([...eventTypes].sort())
  })

  it('hands on the object it was given, unchanged', () => {
    const delivery = structuredClone(deliveries.direct_message)
    const parsed = parseDelivery(delivery)
    expect(parsed.payload).toBe(delivery)
    expect(parsed.events[0]?.payload).toBe(delivery.direct_message_events[0])
    expect(delivery).toEqual(deliveries.direct_message)
  })

  it('takes a frozen object', () => {
    expect(typesOf(Object.freeze({ ...deliveries.follow }))).toEqual(['follow'])
  })

  it('reads the byte form of X: escaped letters, slashes and angle brackets', () => {
    const body = String.raw`{"for_user_id":"12","tweet_create_events":[{"id":34,"id_str":"34","text":"\ud83c\udf45 caf\u00e9 \u003c3 https:\/\/t.co\/a"}]}`
    const [event] = eventsOf(bytesOf(body))
    expect(event).toMatchObject({ type: 'tweet_create', payload: { text: '🍅 café <3 https://t.co/a' } })
  })

  it('keeps the fields that it does not know', () => {
    const [event] = eventsOf({ tweet_create_events: [{ id_str: '1', mood: { is: 'new' } }] })
    expect(event?.payload).toEqual({ id_str: '1', mood: { is: 'new' } })
  })

  it('finds all events under all keys, in order', () => {
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

  it('finds nothing in empty lists', () => {
    const { family, events, forUserId } = parseDelivery({ for_user_id: '1', favorite_events: [], halls_events: [] })
    expect({ family, events, forUserId }).toEqual({ family: 'account_activity', events: [], forUserId: '1' })
  })
})

describe('what it refuses', () => {
  it.each(['', ' ', 'crc_token=abc&nonce=def', '{', "{'a':1}", '{"a":1}}', 'undefined', '<html></html>', '\u0000'])(
    'a body that is no JSON: %j',
    (text) => {
      for (const input of [text, bytesOf(text)]) {
        expect(() => parseDelivery(input)).toThrow(new VerificationError('body_not_json'))
      }
    },
  )

  it.each(['null', '1', '"text"', 'true', '[]', '[{"for_user_id":"1"}]'])('JSON that is no object: %s', (text) => {
    for (const input of [text, bytesOf(text)]) {
      expect(() => parseDelivery(input)).toThrow(new VerificationError('not_a_delivery'))
    }
  })

  it('a list that was parsed already', () => {
    expect(() => parseDelivery([deliveries.follow])).toThrow(new VerificationError('not_a_delivery'))
  })

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['number', 5],
    ['boolean', true],
    ['function', () => ({})],
    ['symbol', Symbol('s')],
    ['Promise', Promise.resolve(deliveries.follow)],
    ['Request', new Request('https://hooks.example', { method: 'POST', body: '{}' })],
    ['ArrayBuffer', new ArrayBuffer(2)],
    ['Map', new Map()],
  ])('an argument that is no body: %s', (got, input) => {
    expect(() => parseDelivery(input as never)).toThrow(
      new TypeError(`"input" must be a string, a Uint8Array or the parsed body, got ${got}`),
    )
  })

  it('without quoting the body, which may be private', () => {
    const error = (() => {
      try {
        return parseDelivery('{"text":"meet me at nine"')
      } catch (thrown) {
        return thrown
      }
    })()
    expect(error).toBeInstanceOf(VerificationError)
    expect(error).not.toHaveProperty('cause')
    expect(String(error)).not.toContain('nine')
  })
})

describe('what it does not mind', () => {
  const body = JSON.stringify(deliveries.follow)

  it('a byte order mark', () => {
    expect(typesOf(`\uFEFF${body}`)).toEqual(['follow'])
    expect(typesOf(bytesOf(`\uFEFF${body}`))).toEqual(['follow'])
  })

  it('bytes that are no UTF-8, which become U+FFFD', () => {
    const bytes = bytesOf('{"for_user_id":"1","tweet_create_events":[{"id_str":"2","text":"?"}]}')
    bytes[bytes.indexOf('?'.charCodeAt(0))] = 0xff
    expect(eventsOf(bytes)[0]?.payload).toEqual({ id_str: '2', text: '\uFFFD' })
  })

  it('a view into the middle of a buffer', () => {
    const bytes = bytesOf(`xx${body}xx`)
    expect(typesOf(bytes.subarray(2, -2))).toEqual(['follow'])
    expect(typesOf(Buffer.from(body))).toEqual(['follow'])
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('keys and ids such as %s', (name) => {
    const text = `{"for_user_id":"${name}","${name}":{"type":"follow"},"${name}_events":[1],"tweet_create_events":[{"id_str":"${name}","${name}":{"user":{"id_str":"1"}}}]}`
    const { events, forUserId } = parseDelivery(text)
    expect(forUserId).toBe(name)
    expect(events.map(({ type, id }) => [type, id])).toEqual([
      ['unknown', expect.stringContaining(`unknown:account_activity:${name}_events:${name}:#`)],
      ['tweet_create', `tweet_create:${name}:${name}`],
    ])
    expect({}).not.toHaveProperty('user')
  })

  it('a prototype that someone has polluted', () => {
    const input = Object.create({
      for_user_id: '1',
      data: { event_type: 'x' },
      matching_rules: [],
      user_has_blocked: true,
    })
    Object.assign(input, { tweet_create_events: [{ id_str: '2' }] })
    const { family, events, forUserId } = parseDelivery(input)
    expect({ family, forUserId }).toEqual({ family: 'account_activity', forUserId: undefined })
    expect(events[0]).not.toHaveProperty('userHasBlocked')
  })

  it('lists and depths of any size', () => {
    const depth = 50_000
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`
    expect(typesOf(`{"tweet_create_events":[{"id_str":"1","entities":${deep}},${deep}]}`)).toEqual([
      'tweet_create',
      'unknown',
    ])
    expect(typesOf(`{"tweet_create_events":[${'1,'.repeat(depth)}1]}`)).toHaveLength(depth + 1)
  })

  it('any JSON object at all: there is always an answer, and the ids are stable', () => {
    const keys = [
      'for_user_id',
      'data',
      'users',
      'apps',
      'matching_rules',
      'user_event',
      'replay_job_status',
      'x_events',
    ]
    const lists = [...new Set(Object.values(deliveries).flatMap(Object.keys))].filter((key) => key.endsWith('_events'))
    const element = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          id: fc.jsonValue(),
          id_str: fc.jsonValue(),
          user: fc.jsonValue(),
          source: fc.jsonValue(),
          target: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    )
    const delivery = fc.dictionary(fc.constantFrom(...keys, ...lists), fc.oneof(fc.jsonValue(), fc.array(element)))
    fc.assert(
      fc.property(delivery, (body) => {
        const text = JSON.stringify(body)
        const ids = eventsOf(text).map((event) => event.id)
        expect(eventsOf(text).map((event) => event.id)).toEqual(ids)
        expect(ids.every((id) => typeof id === 'string' && id !== '')).toBe(true)
      }),
    )
  })
})

describe('families', () => {
  const envelope = { event_uuid: '-5', filter: { user_id: '1' }, event_type: 'post.create', payload: {} }

  it.each([
    { of: 'the X Activity API', body: { data: envelope }, family: 'activity', key: 'post.create' },
    { of: 'the same, its data in a list', body: { data: [envelope] }, family: 'activity', key: 'post.create' },
    {
      of: 'the filtered stream',
      body: { data: { id: '1', text: 'Hi' }, matching_rules: [{ id: '2' }] },
      family: 'filtered_stream',
    },
    { of: 'something with data', body: { data: { id: '1' } }, family: 'unknown' },
    { of: 'an event type that is no text', body: { data: { event_type: 5 } }, family: 'unknown' },
    { of: 'an empty object', body: {}, family: 'unknown' },
    { of: 'a delivery without a word of what happened', body: { for_user_id: '1' }, family: 'unknown' },
    { of: 'an array with data in no object', body: { data: [] }, family: 'unknown' },
  ])('come out whole, as one unknown event: $of', ({ body, family, key }) => {
    expect(parseDelivery(body).family).toBe(family)
    const event = stranger(body)
    expect(event.payload).toBe(body)
    expect(event.key).toBe(key)
    expect(event).not.toHaveProperty('issues')
  })
})

describe('events that are not what they should be', () => {
  const good = posts.own

  it.each([
    ['null', null, 'expected object', []],
    ['a number', 1, 'expected object', []],
    ['a text', 'x', 'expected object', []],
    ['a list', [], 'expected object', []],
    ['a post without an id', {}, 'expected an id: a string, or a number below 2^53', ['id_str']],
    [
      'a post whose only id is rounded',
      { id: 2 ** 60 },
      'expected an id: a string, or a number below 2^53',
      ['id_str'],
    ],
    ['a post with an id in a list', { id: ['1'] }, 'expected a string or a number', ['id']],
    ['a post by a text', { id_str: '1', user: 'alice' }, 'expected object', ['user']],
  ])('come out as unknown beside the good ones: %s', (_, bad, message, path) => {
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
  ])('say what is wrong in %s: %j', (key, element, path) => {
    const event = stranger({ for_user_id: '1', [key]: [element] })
    expect(event.issues?.[0]?.path).toEqual([key, 0, ...path])
    expect(event.issues?.[0]?.message).toMatch(/^expected /)
    expect(event.payload).toBe(element)
  })

  it.each([null, {}, 'x', 0, true])('come out as unknown when %j stands for their list', (value) => {
    const event = stranger({ for_user_id: '1', follow_events: value })
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
  ])('come out as unknown when %s is %j', (key, value, path) => {
    const event = stranger({ [key]: value })
    expect(event).toMatchObject({ key, payload: value })
    expect(event.issues?.[0]?.path).toEqual(path)
  })

  it('come out as unknown, without issues, when their key is new', () => {
    const event = stranger({ for_user_id: '1', spaces_events: [{ id: '5', created_timestamp: '1772359200123' }] })
    expect(event).toMatchObject({
      key: 'spaces_events',
      forUserId: '1',
      occurredAt: new Date('2026-03-01T10:00:00.123Z'),
      payload: { id: '5' },
    })
    expect(event).not.toHaveProperty('issues')
  })
})

describe('every spelling seen on the wire', () => {
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
  ])('lands in %s: %j', (type, body) => {
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
  ])('reads the flag %j as %j', (flag, read) => {
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
    ['1100000000000000001', undefined],
    ['""', undefined],
    ['null', undefined],
    ['{}', undefined],
  ])('reads %s as the subscriber %s', (json, forUserId) => {
    const delivery = parseDelivery(`{"for_user_id":${json},"tweet_create_events":[{"id_str":"1"}]}`)
    expect(delivery.forUserId).toBe(forUserId)
    expect(delivery.events[0]?.forUserId).toBe(forUserId)
    for (const holder of [delivery, delivery.events[0] ?? {}]) {
      expect(Object.hasOwn(holder, 'forUserId')).toBe(forUserId !== undefined)
    }
  })
})

describe('what an event says', () => {
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
  ] as const)('for a %s', (type, said) => {
    const event = first(deliveries[type])
    expect(event).toMatchObject({ type, forUserId: alice.id, ...said })
    expect(event?.occurredAt).toEqual(new Date('2026-03-01T10:00:00.123Z'))
  })

  it('for a revoke: who it was, and for no subscriber', () => {
    const event = first({ for_user_id: '5', ...deliveries.user_revoke })
    expect(event).toMatchObject({ type: 'user_revoke', userId: alice.id, appId: '777', direction: 'outgoing' })
    expect(event?.occurredAt).toEqual(new Date('2026-03-01T10:00:00.000Z'))
    expect(event?.payload).toBe(deliveries.user_revoke.user_event.revoke)
    expect(event).not.toHaveProperty('forUserId')
  })

  it('for the end of a replay job: which job, and for no subscriber', () => {
    const event = first(deliveries.replay_job_status)
    expect(event).toMatchObject({ type: 'replay_job_status', jobId: '999', payload: { job_state: 'Complete' } })
    for (const absent of ['forUserId', 'occurredAt', 'direction']) expect(event).not.toHaveProperty(absent)
  })

  it.each([
    ['its author', { for_user_id: alice.id, tweet_create_events: [{ id_str: '1', user: {} }] }],
    ['the subscriber', { tweet_create_events: [posts.own] }],
    ['either party', { ...deliveries.direct_message_indicate_typing, for_user_id: '5' }],
  ])('without a direction where %s is not known', (_, delivery) => {
    expect(first(delivery)).not.toHaveProperty('direction')
  })

  it('with a direction from ids as they are, not as JSON rounds them', () => {
    // 1100000000000000001 and 1100000000000000002 are one number to JSON.
    const body =
      '{"for_user_id":"1100000000000000001","tweet_create_events":[{"id_str":"1","user":{"id":1100000000000000001,"id_str":"1100000000000000002"}}]}'
    expect(first(JSON.parse(body))).toMatchObject({ direction: 'incoming' })
  })
})
