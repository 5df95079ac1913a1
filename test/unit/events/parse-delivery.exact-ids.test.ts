import { describe, expect, it, vi } from 'vitest'
import { verificationError } from '../../../src/errors/verification-messages.ts'
import { parseDelivery, textOfIds } from '../../../src/events/parse-delivery.ts'
import { deliveries } from '../../support/deliveries.ts'

// 1207610954160037890 and 1207610954160037891 are one number to JSON.
const firstEvent = (text: string) => parseDelivery(text).events[0]

describe('ids that X sends only as numbers', () => {
  it.each([
    [
      'a post',
      '{"for_user_id":"12","tweet_create_events":[{"id":1207610954160037891,"user":{"id":1207610954160037893}}]}',
      { type: 'tweet_create', id: 'tweet_create:12:1207610954160037891', postId: '1207610954160037891' },
    ],
    [
      'a trimmed favourite',
      '{"for_user_id":"12","favorite_events":[{"favorited_status":{"id":1207610954160037891},"user":{"id":1207610954160037893},"timestamp_ms":1576540199643}]}',
      {
        type: 'favorite',
        id: 'favorite:12:1207610954160037893:1207610954160037891:1576540199643',
        postId: '1207610954160037891',
        userId: '1207610954160037893',
      },
    ],
    [
      'a follow',
      '{"for_user_id":"12","follow_events":[{"source":{"id":1207610954160037891},"target":{"id":1207610954160037893,"id_str":"7"},"created_timestamp":"5"}]}',
      { type: 'follow', sourceId: '1207610954160037891', targetId: '7' },
    ],
    [
      'a block whose id_str is empty',
      '{"for_user_id":"12","block_events":[{"type":"block","source":{"id":1207610954160037891,"id_str":""},"target":{"id":5},"created_timestamp":"5"}]}',
      { type: 'block', sourceId: '1207610954160037891', targetId: '5' },
    ],
  ])('are read with all digits: %s', (_, text, members) => {
    for (const input of [text, new TextEncoder().encode(text), `\uFEFF${text}`]) {
      const delivery = parseDelivery(input)
      expect(delivery.events[0]).toMatchObject(members)
      // The payload is what JSON.parse returns.
      expect(delivery.payload).toEqual(JSON.parse(text))
      expect(delivery.events[0]?.payload).not.toHaveProperty('id_str')
    }
  })

  it('give the direction of the exact author', () => {
    const by = (id: string) =>
      `{"for_user_id":"1207610954160037891","tweet_create_events":[{"id_str":"5","user":{"id":${id}}}]}`
    expect(firstEvent(by('1207610954160037891'))).toMatchObject({ direction: 'outgoing' })
    expect(firstEvent(by('1207610954160037890'))).toMatchObject({ direction: 'incoming' })
  })

  it('tell two subscribed accounts apart', () => {
    const idFor = (account: string) =>
      firstEvent(`{"for_user_id":${account},"tweet_create_events":[{"id_str":"5"}]}`)?.id
    expect(idFor('1207610954160037891')).toBe('tweet_create:1207610954160037891:5')
    expect(idFor('1207610954160037890')).toBe('tweet_create:1207610954160037890:5')
  })

  it.each(['1.207610954160037891e18', '1207610954160037891.0'])('are not guessed from %s', (number) => {
    expect(firstEvent(`{"tweet_create_events":[{"id":${number}}]}`)).toMatchObject({
      type: 'unknown',
      issues: [{ path: ['tweet_create_events', 0, 'id_str'] }],
    })
  })

  it('are not known when the body was parsed before', () => {
    const body = JSON.parse('{"for_user_id":1207610954160037891,"tweet_create_events":[{"id":1207610954160037891}]}')
    const delivery = parseDelivery(body)
    expect(delivery).not.toHaveProperty('forUserId')
    expect(delivery.events[0]?.type).toBe('unknown')
  })

  it('are the last ones where a key comes twice, as in JSON.parse', () => {
    const event = firstEvent('{"tweet_create_events":[{"id":5,"id":1207610954160037890,"id":1207610954160037891}]}')
    expect(event).toMatchObject({ postId: '1207610954160037891' })
  })
})

describe('ids of the newer APIs that are numbers', () => {
  const activity = (type: string, payload: string, account = '"12"') =>
    `{"data":{"event_type":"${type}","filter":{"user_id":${account}},"payload":${payload}}}`

  it.each([
    [
      'a post',
      activity('post.create', '{"id":1207610954160037891,"author_id":1207610954160037893,"text":"x"}'),
      { type: 'post.create', id: 'post.create:12:1207610954160037891', postId: '1207610954160037891' },
    ],
    [
      'a follow',
      activity('follow.follow', '{"source":{"data":{"id":1207610954160037891}},"target":{"id":12}}'),
      { type: 'follow.follow', sourceId: '1207610954160037891', targetId: '12' },
    ],
    [
      'the second message of a list',
      activity(
        'dm.received',
        '{"direct_message_events":[{},{"id":1207610954160037891,"message_create":{"sender_id":1207610954160037893,"target":{"recipient_id":12}}}]}',
      ),
      { type: 'dm.received', messageId: '1207610954160037891', senderId: '1207610954160037893' },
    ],
    [
      'the account of the filter',
      activity('post.delete', '{"id":"5","author_id":"6"}', '1207610954160037891'),
      { id: 'post.delete:1207610954160037891:5', forUserId: '1207610954160037891' },
    ],
    [
      'event_uuid',
      activity('post.delete', '{"id":"5","author_id":"6"}').replace(
        '{"event_type"',
        '{"event_uuid":-1207610954160037891,"event_type"',
      ),
      { id: 'post.delete:12:-1207610954160037891', eventUuid: '-1207610954160037891' },
    ],
    [
      'a post of a filtered stream',
      '{"data":{"id":1207610954160037891,"text":"x"},"matching_rules":[]}',
      { type: 'filtered_post', postId: '1207610954160037891' },
    ],
  ])('are read with all digits: %s', (_, text, members) => {
    const delivery = parseDelivery(text)
    expect(delivery.events.at(-1)).toMatchObject(members)
    expect(delivery.payload).toEqual(JSON.parse(text))
    // An inbox stores the text, so that the ids are the same when it is read again.
    expect(textOfIds(delivery)).toBe(text)
  })

  it('are list elements too', () => {
    const one = (account: string) => activity('post.delete', '{"id":"5","author_id":"6"}', account).slice(8, -1)
    const delivery = parseDelivery(`{"data":[${one('1207610954160037890')},${one('1207610954160037891')}]}`)
    expect(delivery.events.map(({ forUserId }) => forUserId)).toEqual(['1207610954160037890', '1207610954160037891'])
  })

  it('differ in the digest of an event without an id', () => {
    const like = (id: string) =>
      firstEvent(activity('like.create', `{"tweet_id":"5","liked_tweet_id":"5","x":${id}}`))?.id
    expect(like('1207610954160037890')).not.toBe(like('1207610954160037891'))
  })
})

describe('the id of an unknown event', () => {
  const idOf = (event: string) => firstEvent(`{"for_user_id":"2","spaces_events":[${event}]}`)?.id

  it.each([
    ['{"id":1207610954160037890}', '{"id":1207610954160037891}'],
    ['{"a":[{"b":[1207610954160037890]}]}', '{"a":[{"b":[1207610954160037891]}]}'],
    ['{"id":1207610954160037891}', '{"id":"1207610954160037891"}'],
    ['{"id":1e400}', '{"id":1e500}'],
    ['{"n":0.12345678901234567}', '{"n":0.12345678901234568}'],
    ['{"text":"\\ud800"}', '{"text":"\\ud801"}'],
    ['{"text":"\\ud800"}', '{"text":"\\ufffd"}'],
  ])('differs between %s and %s', (one, other) => {
    expect(idOf(one)).not.toBe(idOf(other))
  })

  it('does not depend on the order of keys or on white space', () => {
    const one = '{"id":1207610954160037891,"host":{"id":"5","name":"Bob"},"list":[1,2]}'
    const other = '{ "list": [1, 2], "host": {"name": "\\u0042ob", "id": "5"},\n"id": 1207610954160037891 }'
    expect(idOf(one)).toBe(idOf(other))
    expect(idOf(one)).not.toBe(idOf(one.replace('[1,2]', '[2,1]')))
  })

  it('is the same for the text and for the parsed object when no number is rounded', () => {
    const text = '{"for_user_id":"2","spaces_events":[{"b":1.5,"a":[-0.0000001,1e+21,123456789012345]}]}'
    expect(parseDelivery(JSON.parse(text)).events[0]?.id).toBe(firstEvent(text)?.id)
  })

  it.each([
    ['another API', '{"data":{"event_type":"post.create","payload":{"n":1207610954160037890}}}'],
    ['an unknown family', '{"n":1207610954160037890}'],
    ['a new key', '{"follow_events":[],"space_event":{"n":1207610954160037890}}'],
    ['a value in the place of an array', '{"follow_events":{"n":1207610954160037890}}'],
    [
      'a follow without a time',
      '{"follow_events":[{"source":{"id":"1"},"target":{"id":"2"},"n":1207610954160037890}]}',
    ],
  ])('has all digits for %s', (_, text) => {
    expect(firstEvent(text.replace('37890', '37891'))?.id).not.toBe(firstEvent(text)?.id)
  })
})

describe('the text of a body', () => {
  it.each(Object.entries(deliveries))('is not scanned for a %s', (type, delivery) => {
    // Posts have rounded ids, and `id_str` beside them.
    const text = JSON.stringify(delivery)
    const parse = vi.spyOn(JSON, 'parse')
    const parsed = parseDelivery(text)
    expect(parse).toHaveBeenCalledOnce()
    parse.mockRestore()
    expect(parsed.events.map((event) => event.type)).toEqual([type])
    expect(textOfIds(parsed)).toBeUndefined()
  })

  it('is kept when ids contain digits that the payload does not', () => {
    const text = '{"x_events":[{"n":1207610954160037891}]}'
    expect(textOfIds(parseDelivery(text))).toBe(text)
    expect(textOfIds(parseDelivery('{"x_events":[{"n":5}]}'))).toBeUndefined()
  })

  it('is scanned without recursion', () => {
    const depth = 250_000
    const deep = `${'['.repeat(depth)}1207610954160037891${']'.repeat(depth)}`
    const text = `{"for_user_id":1207610954160037891,"x_events":[${deep}]}`
    expect(parseDelivery(text)).toMatchObject({ forUserId: '1207610954160037891', events: [{ type: 'unknown' }] })
    expect(firstEvent(text)?.id).not.toBe(firstEvent(text.replace('37891]', '37890]'))?.id)
    for (const open of ['[', '{"a":', '{"x_events":[', '1', '"\\'])
      expect(() => parseDelivery(open.repeat(2 ** 20 / open.length))).toThrow(
        verificationError(open === '1' ? 'not_a_delivery' : 'body_not_json'),
      )
  })
})
