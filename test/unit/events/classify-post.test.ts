import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyPost, type PostKind } from '../../../src/events/classify-post.ts'
import { alice, posts } from '../../support/deliveries.ts'

// What each is to Alice is in the name of the fixture; the rules and their order are X's, as the wire facts have them.
const kinds: Record<keyof typeof posts, PostKind> = {
  own: 'post',
  ownMentioningHerself: 'post',
  ownReply: 'reply',
  ownThread: 'reply',
  ownQuote: 'quote',
  ownRepost: 'repost',
  mention: 'mention',
  mentionBeyondTheCut: 'mention',
  reply: 'reply',
  replyToAnother: 'reply',
  quote: 'quote',
  quoteOfAnother: 'quote',
  quoteOfSomethingDeleted: 'quote',
  quoteInReply: 'quote',
  repost: 'repost',
  quoteRepost: 'quote_repost',
  unrelated: 'post',
}

describe('classifyPost', () => {
  it.each(Object.entries(kinds))('takes %s for a %s', (name, kind) => {
    expect(classifyPost(posts[name as keyof typeof posts], alice.id)).toBe(kind)
  })

  it.each<{ of: string; json: string; kind: PostKind }>([
    {
      of: 'a reply whose ids are only numbers that JSON rounds',
      json: '{"user":{"id":3},"in_reply_to_status_id":1207610954160037891,"in_reply_to_user_id":12}',
      kind: 'reply',
    },
    { of: 'an author with a number alone', json: '{"user":{"id":12},"in_reply_to_status_id_str":"5"}', kind: 'reply' },
    {
      of: 'a post that begins with the name, its entities lost',
      json: '{"user":{},"in_reply_to_user_id_str":"12"}',
      kind: 'mention',
    },
    { of: 'an author who is not told, and who names nobody', json: '{"user":{}}', kind: 'post' },
    {
      of: 'nulls for what it is not',
      json: '{"retweeted_status":null,"quoted_status":null,"in_reply_to_status_id_str":null}',
      kind: 'post',
    },
    {
      of: 'a repost of a quote whose quoted post is gone',
      json: '{"retweeted_status":{"is_quote_status":true}}',
      kind: 'quote_repost',
    },
    { of: 'an empty id of what it answers', json: '{"in_reply_to_status_id_str":""}', kind: 'post' },
  ])('tells $kind from $of', ({ json, kind }) => {
    expect(classifyPost(JSON.parse(json), '12')).toBe(kind)
  })

  it('says what it can when the subscribed account is not known', () => {
    expect(classifyPost(posts.mention, undefined)).toBe('post')
    expect(classifyPost(posts.reply, undefined)).toBe('reply')
    expect(classifyPost(posts.repost, undefined)).toBe('repost')
  })

  it('has an answer for any JSON object', () => {
    const odd = fc.record(
      {
        user: fc.jsonValue(),
        retweeted_status: fc.jsonValue(),
        quoted_status: fc.jsonValue(),
        is_quote_status: fc.jsonValue(),
        in_reply_to_status_id_str: fc.jsonValue(),
        in_reply_to_user_id: fc.jsonValue(),
        entities: fc.oneof(fc.jsonValue(), fc.record({ user_mentions: fc.jsonValue() })),
        extended_tweet: fc.oneof(fc.jsonValue(), fc.record({ entities: fc.record({ user_mentions: fc.jsonValue() }) })),
      },
      { requiredKeys: [] },
    )
    const known = new Set<string>(Object.values(kinds))
    fc.assert(fc.property(odd, (post) => known.has(classifyPost(post as never, '12'))))
  })

  it.each([undefined, null, 'post', 1, []])('refuses %j, which is no post', (post) => {
    expect(() => classifyPost(post as never, '12')).toThrow(
      new TypeError(
        `"post" must be an object, got ${post === null ? 'null' : Array.isArray(post) ? 'array' : typeof post}`,
      ),
    )
  })

  it.each([null, 12, {}])('refuses %j for an id, which would never be anyone', (id) => {
    expect(() => classifyPost(posts.own, id as never)).toThrow(TypeError)
  })

  it('refuses an empty id', () => {
    expect(() => classifyPost(posts.own, '')).toThrow(new RangeError('"forUserId" must not be empty'))
  })
})
