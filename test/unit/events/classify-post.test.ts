import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyPost, type PostKind } from '../../../src/events/classify-post.ts'
import { alice, posts } from '../../support/deliveries.ts'

// The name of each fixture says what the post is to Alice. The order of the rules follows from what X sends: a repost of a quote
// also has the members of a quote, and a post that begins with a handle has `in_reply_to_user_id_str` without being a reply.
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
  it.each(Object.entries(kinds))('classifies %s as %s', (name, kind) => {
    expect(classifyPost(posts[name as keyof typeof posts], alice.id)).toBe(kind)
  })

  it.each<{ of: string; json: string; kind: PostKind }>([
    {
      of: 'a reply whose ids are only numbers that JSON rounds',
      json: '{"user":{"id":3},"in_reply_to_status_id":1207610954160037891,"in_reply_to_user_id":12}',
      kind: 'reply',
    },
    {
      of: 'an author whose id is only a number',
      json: '{"user":{"id":12},"in_reply_to_status_id_str":"5"}',
      kind: 'reply',
    },
    {
      of: 'a post that begins with the handle and has no entities',
      json: '{"user":{},"in_reply_to_user_id_str":"12"}',
      kind: 'mention',
    },
    { of: 'an author without an id, and without mentions', json: '{"user":{}}', kind: 'post' },
    {
      of: 'nulls for every relation',
      json: '{"retweeted_status":null,"quoted_status":null,"in_reply_to_status_id_str":null}',
      kind: 'post',
    },
    {
      of: 'a repost of a quote whose quoted post was deleted',
      json: '{"retweeted_status":{"is_quote_status":true}}',
      kind: 'quote_repost',
    },
    { of: 'an empty id of the post that it answers', json: '{"in_reply_to_status_id_str":""}', kind: 'post' },
  ])('returns $kind for $of', ({ json, kind }) => {
    expect(classifyPost(JSON.parse(json), '12')).toBe(kind)
  })

  it('classifies what it can when the subscribed account is not known', () => {
    expect(classifyPost(posts.mention, undefined)).toBe('post')
    expect(classifyPost(posts.reply, undefined)).toBe('reply')
    expect(classifyPost(posts.repost, undefined)).toBe('repost')
  })

  it('returns a kind for any JSON object', () => {
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

  it.each([undefined, null, 'post', 1, []])('refuses %j, which is not a post', (post) => {
    expect(() => classifyPost(post as never, '12')).toThrow(
      new TypeError(
        `"post" must be an object, got ${post === null ? 'null' : Array.isArray(post) ? 'array' : typeof post}`,
      ),
    )
  })

  it.each([null, 12, {}])('refuses the id %j, which is not a string', (id) => {
    expect(() => classifyPost(posts.own, id as never)).toThrow(TypeError)
  })

  it('refuses an empty id', () => {
    expect(() => classifyPost(posts.own, '')).toThrow(new RangeError('"forUserId" must not be empty'))
  })
})
