import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import {
  createFastRelationFacts,
  fastFavoriteFacts,
  fastMessageFacts,
  fastPostDeleteFacts,
  fastPostFacts,
  fastReadFacts,
  fastTypingFacts,
} from '../../../../src/events/account-activity/fast-facts.ts'
import * as schemas from '../../../../src/events/account-activity/schemas.ts'
import { alice, bob, deliveries, eventUser, posts, postUser } from '../../../support/deliveries.ts'

type Read = (value: unknown) => unknown

const { id: messageId, message_create: message } = deliveries.direct_message.direct_message_events[0]
const relation = { source: eventUser(bob), target: eventUser(alice) }

/** A name for one fast reader, the schema that it must agree with, and a value in the form that X sends. */
const readers: readonly { name: string; read: Read; schema: z.ZodMiniType; usual: object; facts: object }[] = [
  {
    name: 'fastPostFacts',
    read: fastPostFacts,
    schema: schemas.postSchema,
    usual: posts.mention,
    facts: { postId: '505', userId: bob.id },
  },
  {
    name: 'fastPostDeleteFacts',
    read: fastPostDeleteFacts,
    schema: schemas.postDeleteSchema,
    usual: deliveries.tweet_delete.tweet_delete_events[0],
    facts: { postId: '5000000000000000001', userId: alice.id },
  },
  {
    name: 'fastFavoriteFacts',
    read: fastFavoriteFacts,
    schema: schemas.favoriteSchema,
    usual: deliveries.favorite.favorite_events[0],
    facts: { favoriteId: '0123456789abcdef0123456789abcdef', postId: '5000000000000000001', userId: bob.id },
  },
  {
    name: 'createFastRelationFacts, follow',
    read: createFastRelationFacts(['follow', 'unfollow']),
    schema: schemas.followSchema,
    usual: { type: 'follow', ...relation },
    facts: { type: 'follow', sourceId: bob.id, targetId: alice.id },
  },
  {
    name: 'createFastRelationFacts, unblock',
    read: createFastRelationFacts(['block', 'unblock']),
    schema: schemas.blockSchema,
    usual: { type: 'unblock', ...relation },
    facts: { type: 'unblock', sourceId: bob.id, targetId: alice.id },
  },
  {
    name: 'createFastRelationFacts, mute',
    read: createFastRelationFacts(['mute', 'unmute']),
    schema: schemas.muteSchema,
    usual: { type: 'mute', ...relation },
    facts: { type: 'mute', sourceId: bob.id, targetId: alice.id },
  },
  {
    name: 'fastMessageFacts, sent',
    read: fastMessageFacts,
    schema: schemas.messageSchema,
    usual: deliveries.direct_message.direct_message_events[0],
    facts: { messageId, senderId: alice.id, recipientId: bob.id, appId: '777' },
  },
  {
    name: 'fastMessageFacts, received',
    read: fastMessageFacts,
    schema: schemas.messageSchema,
    usual: {
      type: 'message_create',
      id: messageId,
      message_create: { target: message.target, sender_id: message.sender_id, message_data: message.message_data },
    },
    facts: { messageId, senderId: alice.id, recipientId: bob.id },
  },
  {
    name: 'fastTypingFacts',
    read: fastTypingFacts,
    schema: schemas.typingSchema,
    usual: deliveries.direct_message_indicate_typing.direct_message_indicate_typing_events[0],
    facts: { senderId: bob.id, recipientId: alice.id },
  },
  {
    name: 'fastReadFacts',
    read: fastReadFacts,
    schema: schemas.readSchema,
    usual: deliveries.direct_message_mark_read.direct_message_mark_read_events[0],
    facts: { senderId: bob.id, recipientId: alice.id, lastReadId: messageId },
  },
]

describe.each(readers)('$name', ({ read, schema, usual, facts }) => {
  it('reads the form that X sends, as the schema does', () => {
    expect(read(usual)).toEqual(facts)
    expect(z.parse(schema, usual)).toEqual(facts)
  })

  it.each([undefined, null, 'text', 1, true, [], [usual], {}])('leaves %j to the schema', (value) => {
    expect(read(value)).toBeUndefined()
  })

  it('leaves every value to the schema that the schema refuses or reads differently', () => {
    const valuesRead = { count: 0 }
    fc.assert(
      fc.property(variantsOf(usual), (value) => {
        const fast = read(value)
        if (fast === undefined) return
        valuesRead.count += 1
        expect(z.safeParse(schema, value)).toEqual({ success: true, data: fast })
      }),
      { numRuns: 2_000 },
    )
    // Otherwise the property would hold because nothing is read.
    expect(valuesRead.count).toBeGreaterThan(100)
  })
})

describe('forms that only the schema reads', () => {
  const [like] = deliveries.favorite.favorite_events
  const [received] = deliveries.direct_message.direct_message_events

  it.each<[string, Read, object]>([
    ['a post without an author', fastPostFacts, { id: 1, id_str: '1' }],
    ['a post whose id is only a string', fastPostFacts, { id_str: '1', user: postUser(bob) }],
    ['a post whose id is a string twice', fastPostFacts, { id: '1', id_str: '1', user: postUser(bob) }],
    ['a post whose author has only a number', fastPostFacts, { id: 1, id_str: '1', user: { id: 12 } }],
    ['a post whose id is Infinity', fastPostFacts, { ...posts.own, id: Number.POSITIVE_INFINITY }],
    ['a deletion without an author', fastPostDeleteFacts, { status: { id: '1' } }],
    ['a like without an id', fastFavoriteFacts, { favorited_status: like.favorited_status, user: like.user }],
    ['a follow without a type', createFastRelationFacts(['follow', 'unfollow']), relation],
    [
      'a follow by a user with id_str',
      createFastRelationFacts(['follow', 'unfollow']),
      { type: 'follow', ...relation, source: { id: '1', id_str: '2' } },
    ],
    ['a message without a type', fastMessageFacts, { ...received, type: undefined }],
    [
      'a message with an app that is undefined',
      fastMessageFacts,
      { ...received, message_create: { ...received.message_create, source_app_id: undefined } },
    ],
    ['a read event without a message', fastReadFacts, { sender_id: '1', target: { recipient_id: '2' } }],
  ])('%s', (_, read, value) => {
    expect(read(value)).toBeUndefined()
  })
})

/** Values that are like the usual one, except that some members, on any level, are missing or something else. */
function variantsOf(usual: unknown): fc.Arbitrary<unknown> {
  const odd = fc.oneof(
    fc.constantFrom(undefined, null, '', 12, 2 ** 60, Number.NaN, Number.POSITIVE_INFINITY, [], {}),
    fc.jsonValue({ maxDepth: 1 }),
  )
  const like = (value: unknown): fc.Arbitrary<unknown> =>
    isMap(value) ? objectsLike(value) : fc.constantFrom(value, value, value, '1')
  const objectsLike = (object: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> => {
    const extra = { id_str: fc.constant('2') }
    const usualMembers = Object.entries(object).map(([key, value]) => [
      key,
      fc.oneof({ weight: 30, arbitrary: like(value) }, { weight: 1, arbitrary: odd }),
    ])
    const members = Object.fromEntries(usualMembers) as Record<string, fc.Arbitrary<unknown>>
    return fc.oneof(
      { weight: 8, arbitrary: fc.record(members) },
      { weight: 1, arbitrary: fc.record({ ...extra, ...members }, { requiredKeys: [] }) },
    )
  }
  return like(onlyIds(usual))
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The members that a reader looks at: without the others, the variants hit them more often. */
function onlyIds(value: unknown): unknown {
  if (!isMap(value)) return value
  const looked = /^(id|id_str|type|user_id|sender_id|recipient_id|source_app_id|last_read_event_id|text)$/
  const entries = Object.entries(value).filter(([key, member]) => looked.test(key) || isMap(member))
  return Object.fromEntries(entries.map(([key, member]) => [key, onlyIds(member)]))
}
