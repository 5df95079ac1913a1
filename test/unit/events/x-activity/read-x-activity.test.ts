import { describe, expect, it } from 'vitest'
import { type ActivityEvent, parseDelivery } from 'x-account-activity/events'
import { hasUniqueId } from '../../../../src/events/has-unique-id.ts'
import { type XActivityEventType, xActivityEventTypes } from '../../../../src/events/x-activity/events.ts'
import { account, type Envelope, envelopeOf, messageOf, other, payloads } from '../../../support/x-activities.ts'

/** The event of a body, which holds one. */
function read(data: unknown, rest: object = {}): ActivityEvent {
  const { events, family } = parseDelivery(JSON.stringify({ data, ...rest }))
  expect([family, events.length]).toEqual(['activity', 1])
  return events[0] as ActivityEvent
}

const readType = (type: XActivityEventType, changes?: Partial<Envelope>) => read(envelopeOf(type, changes))
const uuid = '-6850472171600526495'

describe('an event of the X Activity API', () => {
  it.each(xActivityEventTypes)('%s has its type, and what all events have', (type) => {
    const event = readType(type, { tag: 'mine' })
    expect(event).toMatchObject({ type, eventUuid: uuid, tag: 'mine', payload: payloads[type] })
    expect(event).not.toHaveProperty('issues')
    expect(event).not.toHaveProperty('isReplay')
  })

  it('has the types of X’s schema, and oauth.revoke', () => {
    // The enum `event_type` of `CreateActivitySubscriptionRequest` in X's OpenAPI 2.169 has 45 values, of which one is an
    // alias.
    expect(new Set(xActivityEventTypes).size).toBe(45)
  })

  it('is for the account of its filter', () => {
    const body = { data: envelopeOf('post.create') }
    expect(parseDelivery(body)).toMatchObject({ family: 'activity', forUserId: account.id, payload: body })
    expect(readType('post.create')).toMatchObject({ forUserId: account.id, filter: { user_id: account.id } })
    const news = readType('news.new')
    expect(news).toMatchObject({ filter: { keyword: 'tea' } })
    expect(news).not.toHaveProperty('forUserId')
  })

  it('is read without a filter and without a uuid, as in X’s guides', () => {
    const event = read({ event_type: 'chat.received', payload: { conversation_id: '12-34', sender_id: '34' } })
    expect(event).toMatchObject({ type: 'chat.received', filter: {}, direction: 'incoming', conversationId: '12-34' })
  })

  it('is read from a list', () => {
    const { events, forUserId } = parseDelivery({ data: [envelopeOf('post.create'), 7, envelopeOf('post.delete')] })
    expect(events.map(({ type }) => type)).toEqual(['post.create', 'unknown', 'post.delete'])
    expect(forUserId).toBe(account.id)
  })

  it('is read from a list that begins with something else', () => {
    const { events, family } = parseDelivery({ data: [null, envelopeOf('post.create')] })
    expect([family, ...events.map(({ type }) => type)]).toEqual(['activity', 'unknown', 'post.create'])
  })

  it('says when it comes from a replay', () => {
    expect(read(envelopeOf('post.create'), { meta: { replay: true } })).toHaveProperty('isReplay', true)
    expect(read(envelopeOf('post.create'), { meta: { replay: false } })).not.toHaveProperty('isReplay')
  })

  it('reads the deprecated alias of chat.conversation.join', () => {
    const event = read({ ...envelopeOf('chat.conversation.join'), event_type: 'chat.conversation_join' })
    expect(event.type).toBe('chat.conversation.join')
  })

  it('is unknown when its type is new', () => {
    const data = { ...envelopeOf('post.create'), event_type: 'poll.vote' }
    expect(read(data)).toMatchObject({ type: 'unknown', key: 'poll.vote', forUserId: account.id, payload: data })
    expect(read(data)).not.toHaveProperty('issues')
  })

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'is unknown when its type is %s, which every object has',
    (event_type) => {
      expect(read({ ...envelopeOf('post.create'), event_type })).toMatchObject({ type: 'unknown', key: event_type })
    },
  )

  it.each<[XActivityEventType, unknown, readonly (string | number)[]]>([
    ['post.create', {}, ['id']],
    ['post.create', undefined, []],
    ['post.create', 'text', []],
    ['post.mention.create', { id: '' }, ['id']],
    ['post.delete', { author_id: '1' }, ['id']],
    ['like.create', { id: 'ab' }, ['liked_tweet_id']],
    ['follow.follow', { source: { data: account } }, ['target']],
    ['block.block', { source: {}, target: other }, ['source']],
    ['dm.received', { users: {} }, ['id']],
    ['dm.sent', { direct_message_events: [7] }, ['direct_message_events', 0]],
    ['spaces.start', {}, ['broadcast_id']],
    ['broadcast.chat', { broadcast_id: '1' }, ['message_id']],
    ['oauth.revoke', { user_id: '1' }, ['app_id']],
  ])('%s with the payload %j is unknown, and says what is missing', (type, payload, path) => {
    const event = readType(type, { payload })
    expect(event).toMatchObject({ type: 'unknown', key: type })
    if (event.type !== 'unknown') return
    expect(event.issues?.[0]?.path).toEqual(['data', 'payload', ...path])
  })

  it('has the users of its includes without the object around them', () => {
    const includes = { users: [{ data: account }, other, null], tweets: [{ id: '301' }] }
    expect(readType('post.create', { includes })).toHaveProperty('includes', {
      users: [account, other],
      tweets: [{ id: '301' }],
    })
    expect(readType('post.create', { includes: {} })).toHaveProperty('includes', {})
  })

  it.each(['text', 7, {}, { data: [] }])('leaves out users of its includes that are not a list: %j', (users) => {
    const filter = { user_id: account.id, direction: 'inbound' }
    const event = readType('like.create', { filter, includes: { users, tweets: [] } as object })
    expect(event).toMatchObject({ type: 'like.create', includes: { tweets: [] } })
    expect(event).not.toHaveProperty('includes.users')
    expect(event).not.toHaveProperty('userId')
  })
})

describe('the members of an event', () => {
  it.each<[XActivityEventType, object]>([
    ['post.create', { postId: '301', direction: 'outgoing', occurredAt: new Date('2026-07-24T21:05:48.000Z') }],
    ['post.mention.create', { postId: '301', direction: 'incoming' }],
    ['post.delete', { postId: '301', direction: 'outgoing' }],
    [
      'follow.follow',
      { sourceId: account.id, targetId: other.id, source: account, target: other, direction: 'outgoing' },
    ],
    [
      'dm.received',
      { messageId: '401', senderId: other.id, recipientId: account.id, sender: other, direction: 'incoming' },
    ],
    ['dm.sent', { messageId: '401', senderId: account.id, recipient: other, direction: 'outgoing' }],
    ['dm.sent', { message: messageOf(account, other), occurredAt: new Date(1_784_928_224_372) }],
    ['dm.read', { senderId: other.id, recipientId: account.id, lastReadMessageId: '400', direction: 'incoming' }],
    ['dm.indicate_typing', { senderId: other.id, sender: other, recipient: account }],
    ['chat.sent', { messageId: 'e4f4', conversationId: '2222:1111', direction: 'outgoing' }],
    ['chat.received', { senderId: other.id, direction: 'incoming', occurredAt: new Date(1_784_841_183_370) }],
    ['profile.update.bio', { direction: 'outgoing' }],
    ['spaces.start', { broadcastId: '1qxv', direction: 'outgoing' }],
    ['broadcast.end', { broadcastId: '1mGP', occurredAt: new Date(1_720_000_003_500) }],
    ['broadcast.chat', { broadcastId: '1mGP', messageId: '501', direction: 'incoming' }],
    ['news.new', { occurredAt: new Date('2026-07-24T20:53:37.000Z') }],
    ['oauth.revoke', { userId: account.id, appId: '29820954', occurredAt: new Date('2026-07-23T21:44:05Z') }],
  ])('of %s are %o', (type, members) => {
    expect(readType(type)).toMatchObject(members)
  })

  it('come from users with and without the object around them', () => {
    expect(readType('follow.follow', { payload: { source: other, target: account } })).toMatchObject({
      sourceId: other.id,
      target: account,
      direction: 'incoming',
    })
  })

  it('include the time of the envelope when the payload has none', () => {
    expect(readType('follow.follow')).not.toHaveProperty('occurredAt')
    const created_at = '2026-10-10T10:10:10.000Z'
    expect(readType('follow.follow', { created_at })).toHaveProperty('occurredAt', new Date(created_at))
  })

  const like = payloads['like.create']
  const ownPost = { ...like, liked_tweet_author_id: account.id }
  it.each([
    ['outbound in the filter', 'outbound', like, [], { direction: 'outgoing', userId: account.id, authorId: other.id }],
    ['inbound in the filter', 'inbound', ownPost, [account, other], { direction: 'incoming', userId: other.id }],
    ['no direction, a post of another user', undefined, like, [other], { direction: 'outgoing', userId: account.id }],
    ['no direction, an own post', undefined, ownPost, [account, other], { direction: 'incoming', userId: other.id }],
    [
      'the newer names',
      undefined,
      { liked_post_id: '7', tweet_author_id: other.id },
      [],
      { postId: '7', authorId: other.id },
    ],
    [
      'the names after the rename',
      undefined,
      { liked_post_id: '7', liked_post_author_id: account.id },
      [other],
      { postId: '7', authorId: account.id, direction: 'incoming', userId: other.id },
    ],
    [
      'the names of the schema after the rename',
      undefined,
      { liked_tweet_id: '7', post_author_id: other.id },
      [],
      { postId: '7', authorId: other.id, direction: 'outgoing', userId: account.id },
    ],
  ])('of a like with %s', (_, direction, payload, users, members) => {
    const filter = { user_id: account.id, ...(direction && { direction }) }
    expect(readType('like.create', { filter, payload, includes: { users } })).toMatchObject(members)
  })

  it.each([
    ['no user', []],
    ['only the author', [account]],
    ['two other users', [account, other, { id: '3333' }]],
  ])('of a like do not name who likes when X sent %s', (_, users) => {
    const filter = { user_id: account.id, direction: 'inbound' }
    expect(readType('like.create', { filter, payload: ownPost, includes: { users } })).not.toHaveProperty('userId')
  })

  it('are those of each message in a list', () => {
    const direct_message_events = [messageOf(other, account, '1'), 7, messageOf(other, account, '2')]
    const { events } = parseDelivery({ data: envelopeOf('dm.received', { payload: { direct_message_events } }) })
    expect(events.map(({ type }) => type)).toEqual(['dm.received', 'unknown', 'dm.received'])
    expect(events[2]).toMatchObject({ messageId: '2', message: { id: '2' } })
    expect(new Set(events.map(({ id }) => id)).size).toBe(3)
  })
})

describe('the id of an event', () => {
  it.each(xActivityEventTypes)('of %s is the same for a redelivery and a replay', (type) => {
    const { id } = readType(type)
    expect(readType(type).id).toBe(id)
    expect(read(envelopeOf(type), { meta: { replay: true } }).id).toBe(id)
  })

  it('differs between all types with the same uuid', () => {
    expect(new Set(xActivityEventTypes.map((type) => readType(type).id)).size).toBe(xActivityEventTypes.length)
  })

  it('differs between subscriptions that one act concerns, which share the uuid', () => {
    const filters = [
      { user_id: '1' },
      { user_id: '2' },
      { user_id: '1', direction: 'inbound' },
      { user_id: '1', direction: 'outbound' },
      { user_id: '1', qualifiers: { post_id: '7' } },
      { user_id: '1', qualifiers: { post_id: '8' } },
      { keyword: '1' },
      { keyword: 'direction=inbound' },
      {},
    ]
    expect(new Set(filters.map((filter) => readType('follow.follow', { filter }).id)).size).toBe(filters.length)
  })

  it('has the digits of a uuid, an account and a payload that X sends as numbers', () => {
    // All are beyond 2^53: `JSON.parse` returns the same number for both uuids.
    const body = (uuid: string) =>
      `{"data":{"event_type":"follow.follow","event_uuid":${uuid},"filter":{"user_id":1111111111111111111},` +
      `"payload":{"source":{"data":{"id":1111111111111111111}},"target":{"id":2222222222222222223}}}}`
    const [event] = parseDelivery(body('-7953119945885597316')).events
    expect(event).toMatchObject({
      id: 'follow.follow:1111111111111111111:-7953119945885597316',
      eventUuid: '-7953119945885597316',
      forUserId: '1111111111111111111',
      sourceId: '1111111111111111111',
      targetId: '2222222222222222223',
      direction: 'outgoing',
    })
    expect(parseDelivery(body('-7953119945885597317')).events[0]?.id).not.toBe(event?.id)
    const [post] = parseDelivery(
      '{"data":[{"event_type":"post.create","filter":{},"payload":{"id":2080761390344937796}}]}',
    ).events
    expect(post).toMatchObject({ type: 'post.create', postId: '2080761390344937796' })
  })

  it('does not depend on the tag, or on the order of the qualifiers', () => {
    const id = (filter: object, tag: string) => readType('like.create', { filter, tag }).id
    expect(id({ qualifiers: { a: '1', b: '2' }, user_id: '1' }, 'x')).toBe(
      id({ user_id: '1', qualifiers: { b: '2', a: '1' } }, 'y'),
    )
  })

  const noUuid = { event_uuid: undefined }

  it.each<[XActivityEventType, object, object]>([
    ['post.create', { id: '1' }, { id: '2' }],
    ['news.new', { id: '1' }, { id: '2' }],
    ['news.new', { headline: 'a' }, { headline: 'b' }],
    ['chat.received', { id: 'a' }, { id: 'b' }],
    ['chat.update.group_name', { name: 'a' }, { name: 'b' }],
    ['like.create', { id: 'a', liked_tweet_id: '1' }, { id: 'b', liked_tweet_id: '1' }],
    ['dm.sent', { direct_message_events: [messageOf(account, other, '1')] }, payloads['dm.sent']],
    ['broadcast.chat', { broadcast_id: '1', message_id: '1' }, { broadcast_id: '1', message_id: '2' }],
    ['spaces.start', { broadcast_id: 'a' }, { broadcast_id: 'b' }],
    ['broadcast.chat.remove', { message_id: '1' }, { message_id: '2' }],
    ['oauth.revoke', { user_id: '1', app_id: '2', date_time: 'a' }, { user_id: '1', app_id: '2', date_time: 'b' }],
  ])('of %s without a uuid comes from the payload', (type, one, two) => {
    const [first, again, second] = [one, one, two].map((payload) => readType(type, { payload, ...noUuid }))
    expect(first?.id).toBe(again?.id)
    expect(first?.id).not.toBe(second?.id)
    expect(first && hasUniqueId(first)).toBe(true)
  })

  it.each<XActivityEventType>(['follow.follow', 'mute.unmute', 'subscriptions.subscribe', 'profile.update.bio'])(
    'of %s without a uuid is not unique: the same may happen again',
    (type) => {
      expect(hasUniqueId(readType(type, noUuid))).toBe(false)
      expect(hasUniqueId(readType(type))).toBe(true)
    },
  )

  it('of a revocation is unique with a uuid or a time', () => {
    const payload = { user_id: '1', app_id: '2' }
    expect(hasUniqueId(readType('oauth.revoke', { payload }))).toBe(true)
    expect(hasUniqueId(readType('oauth.revoke', { payload, ...noUuid }))).toBe(false)
    expect(hasUniqueId(readType('oauth.revoke', noUuid))).toBe(true)
  })

  it('of unknown events comes from the uuid, or else from the content', () => {
    const id = (changes: object) => read({ event_type: 'poll.vote', payload: { choice: 1 }, ...changes }).id
    expect(id({ event_uuid: '1', tag: 'a' })).toBe(id({ event_uuid: '1', tag: 'b' }))
    expect(id({ event_uuid: '1' })).not.toBe(id({ event_uuid: '2' }))
    expect(id({})).toBe(id({}))
    expect(id({})).not.toBe(id({ payload: { choice: 2 } }))
  })
})
