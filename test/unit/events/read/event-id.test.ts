import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WireDelivery } from '../../../../src/events/account-activity/wire/delivery.ts'
import { parseDelivery } from '../../../../src/events/parse-delivery.ts'
import { digest, eventId } from '../../../../src/events/read/event-id.ts'
import { quoteLongNumbers } from '../../../../src/events/read/parsed-body.ts'
import { alice, bob, carol, deliveries, eventUser, posts } from '../../../support/deliveries.ts'

const idOfFirst = (delivery: object) => parseDelivery(delivery).events[0]?.id

describe('the id of an event', () => {
  it.each([
    ['tweet_create', 'tweet_create:1100000000000000001:505'],
    ['tweet_delete', 'tweet_delete:1100000000000000001:5000000000000000001'],
    ['favorite', 'favorite:1100000000000000001:0123456789abcdef0123456789abcdef'],
    ['follow', 'follow:1100000000000000001:2200000000000000002:1100000000000000001:1772359200123'],
    ['unfollow', 'unfollow:1100000000000000001:1100000000000000001:2200000000000000002:1772359200123'],
    ['user_revoke', 'user_revoke::1100000000000000001:777:2026-03-01T10%3A00%3A00+00%3A00'],
    ['direct_message', 'direct_message:1100000000000000001:6000000000000000001'],
    ['replay_job_status', 'replay_job_status::999:Complete'],
  ] as const)('for a %s is %s', (type, id) => {
    // Applications store ids, so they must never change: these are literals.
    expect(idOfFirst(deliveries[type])).toBe(id)
  })

  it('does not change when a delivery comes again with newer counts and another order of keys', () => {
    const [event] = deliveries.follow.follow_events
    const again = {
      follow_events: [{ ...event, source: { ...event.source, followers_count: 99 } }],
      for_user_id: alice.id,
    }
    expect(idOfFirst(again)).toBe(idOfFirst(deliveries.follow))
  })

  it('of a typing event and of a read event contains both accounts', () => {
    expect(idOfFirst(deliveries.direct_message_indicate_typing)).toBe(
      'direct_message_indicate_typing:1100000000000000001:2200000000000000002:1100000000000000001:1772359200123',
    )
    expect(idOfFirst(deliveries.direct_message_mark_read)).toBe(
      'direct_message_mark_read:1100000000000000001:2200000000000000002:1100000000000000001:6000000000000000001',
    )
  })

  // See docs/decisions/0009-the-time-of-an-event-is-part-of-its-id.md.
  describe.each([
    ['follow', 'follow_events'],
    ['unfollow', 'follow_events'],
    ['block', 'block_events'],
    ['unblock', 'block_events'],
    ['mute', 'mute_events'],
    ['unmute', 'mute_events'],
    ['direct_message_indicate_typing', 'direct_message_indicate_typing_events'],
  ] as const)('of a %s', (type, key) => {
    const delivery: WireDelivery = deliveries[type]
    const event = (delivery[key] as readonly object[])[0]
    const idAt = (time: object) => {
      return idOfFirst({ ...delivery, [key]: [{ ...event, created_timestamp: undefined, ...time }] })
    }

    it.each([
      { created_timestamp: 1772359200123 },
      { created_timestamp: '01772359200123' },
      { timestamp_ms: '1772359200123' },
      { timestamp_ms: 1772359200123, created_timestamp: '1772359200999' },
      { created_at: '2026-03-01T10:00:00.123Z' },
      { date_time: '2026-03-01T12:00:00.123+02:00' },
    ])('is the same in a replay whose time is written as %j', (time) => {
      expect(idAt(time)).toBe(idOfFirst(delivery))
    })

    it('is the same in a replay whose seconds are written as a date', () => {
      expect(idAt({ created_at: 'Sun Mar 01 10:00:00 +0000 2026' })).toBe(idAt({ created_timestamp: '1772359200000' }))
    })

    it.each([1, 1_000, 60_000, 86_400_000])('differs from that of the next one, %d ms later', (ms) => {
      expect(idAt({ created_timestamp: String(1772359200123 + ms) })).not.toBe(idOfFirst(delivery))
    })

    it('contains a time that cannot be read, as it is', () => {
      expect(idAt({ created_timestamp: 'soon' })).toMatch(/:soon$/)
    })
  })

  it('of a read event does not depend on its time, because a second one says nothing new', () => {
    const { direct_message_mark_read_events: events } = deliveries.direct_message_mark_read
    const idAt = (members: object) => {
      return idOfFirst({
        ...deliveries.direct_message_mark_read,
        direct_message_mark_read_events: [{ ...events[0], ...members }],
      })
    }
    expect(idAt({ created_timestamp: '1772445600000' })).toBe(idAt({}))
    expect(idAt({ created_timestamp: undefined })).toBe(idAt({}))
    expect(idAt({ last_read_event_id: '6000000000000000002' })).not.toBe(idAt({}))
    const idWithout = (time: string) => idAt({ last_read_event_id: '', created_timestamp: time })
    expect(idWithout('1')).not.toBe(idWithout('2'))
    expect(idWithout('6000000000000000001')).not.toBe(idAt({}))
  })

  it('differs between two subscribed accounts', () => {
    expect(idOfFirst({ ...deliveries.favorite, for_user_id: bob.id })).not.toBe(idOfFirst(deliveries.favorite))
  })

  it('differs between all fixtures', () => {
    const ids = [
      ...Object.values(deliveries),
      ...Object.values(posts).map((post) => ({ for_user_id: '1', tweet_create_events: [post] })),
    ].map(idOfFirst)
    expect(new Set(ids).size).toBe(ids.length)
  })

  const [like] = deliveries.favorite.favorite_events
  const [follow] = deliveries.follow.follow_events
  const [read] = deliveries.direct_message_mark_read.direct_message_mark_read_events
  const { id: _id, ...likeWithoutId } = like
  const { created_timestamp: _time, ...followWithoutTime } = follow
  const { timestamp_ms: _ms, created_at: _at, ...likeWithoutTime } = likeWithoutId
  const status = deliveries.replay_job_status.replay_job_status

  it.each<{ of: string; one: WireDelivery; other: WireDelivery }>([
    {
      of: 'a follow and a later follow by the same user',
      one: { follow_events: [follow] },
      other: { follow_events: [{ ...follow, created_timestamp: '1772359200124' }] },
    },
    {
      of: 'a follow and an unfollow',
      one: { follow_events: [follow] },
      other: { follow_events: [{ ...follow, type: 'unfollow' }] },
    },
    {
      of: 'a follow and a follow in the opposite direction',
      one: { follow_events: [follow] },
      other: { follow_events: [{ ...follow, source: follow.target, target: follow.source }] },
    },
    {
      of: 'follows without a time whose profiles differ',
      one: { follow_events: [followWithoutTime] },
      other: { follow_events: [{ ...followWithoutTime, source: { ...eventUser(bob), statuses_count: 68 } }] },
    },
    {
      of: 'likes of two posts, without ids',
      one: { favorite_events: [likeWithoutId] },
      other: { favorite_events: [{ ...likeWithoutId, favorited_status: posts.reply }] },
    },
    {
      of: 'likes of two posts, without ids and times',
      one: { favorite_events: [likeWithoutTime] },
      other: { favorite_events: [{ ...likeWithoutTime, favorited_status: posts.reply }] },
    },
    {
      of: 'two messages that are read in the same millisecond',
      one: { direct_message_mark_read_events: [read] },
      other: { direct_message_mark_read_events: [{ ...read, last_read_event_id: '6000000000000000002' }] },
    },
    {
      of: 'a job that is first Incomplete and then Complete',
      one: { replay_job_status: status },
      other: { replay_job_status: { ...status, job_state: 'Incomplete' } },
    },
  ])('differs between $of', ({ one, other }) => {
    expect(idOfFirst(one)).not.toBe(idOfFirst(other))
  })

  it('depends on the whole value of an unknown event', () => {
    const unknown = { for_user_id: '1', spaces_events: [{ id: '5', state: 'live' }] }
    expect(idOfFirst(unknown)).toBe(idOfFirst(structuredClone(unknown)))
    expect(idOfFirst(unknown)).not.toBe(idOfFirst({ ...unknown, spaces_events: [{ id: '5', state: 'ended' }] }))
    expect(idOfFirst(unknown)).not.toBe(idOfFirst({ for_user_id: '1', halls_events: unknown.spaces_events }))
    expect(idOfFirst(unknown)).not.toBe(idOfFirst({ ...unknown, for_user_id: '2' }))
  })

  it.each([
    [['a', 'b'], ['a:b']],
    [[':'], ['%3A']],
    [['%'], ['%25']],
    [['#'], ['%23']],
    [['', ''], [':']],
    [[], ['']],
  ])('differs between the parts %j and %j', (one, other) => {
    const id = (parts: string[]) => eventId({ kind: 'x', parts, value: 0 })
    expect(id(one)).not.toBe(id(other))
  })

  it('differs when the same text is divided into other parts', () => {
    const part = fc.oneof(
      fc.constantFrom('', ':', '%', '%3A', '#', 'a', 'a:b'),
      fc.string({ unit: 'binary', maxLength: 6 }),
    )
    const parts = fc.array(part, { maxLength: 4 })
    fc.assert(
      fc.property(part, parts, part, parts, (oneUser, one, otherUser, other) => {
        const ids = [
          eventId({ kind: 'x', forUserId: oneUser, parts: one, value: 0 }),
          eventId({ kind: 'x', forUserId: otherUser, parts: other, value: 0 }),
        ]
        const isSame = JSON.stringify([oneUser, one]) === JSON.stringify([otherUser, other])
        return (ids[0] === ids[1]) === isSame
      }),
      { numRuns: 1000 },
    )
  })

  it('contains no half of a surrogate pair, which stores cannot write as UTF-8, and stays different', () => {
    const halves = ['\ud800', '\udbff', '\udc00', '\udfff', '\udc00\ud800', '\ufffd', '%ud800', '😀']
    const ids = halves.map((part) => eventId({ kind: 'x', forUserId: part, parts: [part], value: 0 }))
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(new TextDecoder().decode(new TextEncoder().encode(id))).toBe(id)
    expect(ids.at(-1)).toBe('x:😀:😀')
  })

  it('differs between a digest and a part that looks like one', () => {
    const value = { id: carol.id }
    const missing = eventId({ kind: 'x', parts: [undefined], value })
    expect(eventId({ kind: 'x', parts: [missing.slice('x::'.length)], value })).not.toBe(missing)
  })
})

/** The JSON of a value, with the keys of each object in order. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
    return Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
  })
}

describe('digest', () => {
  it('is equal for two values only when their members are equal, in whatever order', () => {
    const value = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(value, value, (one, other) => {
        return (digest(one) === digest(other)) === (sortedJson(one) === sortedJson(other))
      }),
      { numRuns: 1000 },
    )
    fc.assert(fc.property(value, (one) => digest(one) === digest(JSON.parse(sortedJson(one)))))
  })

  it.each([
    ['[1207610954160037890]', '[1207610954160037891]'],
    ['[0.12345678901234567]', '[0.12345678901234568]'],
    ['{"a":[{"b":9007199254740993}]}', '{"a":[{"b":9007199254740992}]}'],
    ['[1e400]', '[1e500]'],
    ['[1207610954160037891]', '["1207610954160037891"]'],
  ])('differs between the numbers of %s and %s, with their digits', (one, other) => {
    const digestOf = (text: string) => digest(JSON.parse(text), JSON.parse(quoteLongNumbers(text) ?? text))
    expect(digestOf(one)).not.toBe(digestOf(other))
  })

  it.each([
    ['[[],1]', '[[1]]'],
    ['{"a":{},"b":1}', '{"a":{"b":1}}'],
    ['["a","b"]', '["a b"]'],
    ['[1]', '["1"]'],
    ['[null]', '["null"]'],
    ['{"0":1}', '[1]'],
    ['{}', '[]'],
  ])('differs between %s and %s', (one, other) => {
    expect(digest(JSON.parse(one))).not.toBe(digest(JSON.parse(other)))
  })

  it('accepts values of any depth, and values that contain themselves', () => {
    const deep = (end: string) => JSON.parse(`${'[{"a":'.repeat(100_000)}${end}${'}]'.repeat(100_000)}`)
    expect(digest(deep('1'))).toBe(digest(deep('1')))
    expect(digest(deep('1'))).not.toBe(digest(deep('2')))
    const loop: unknown[] = []
    loop.push(loop)
    expect(digest(loop)).toHaveLength(44)
  })
})
