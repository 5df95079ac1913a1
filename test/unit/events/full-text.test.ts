import { describe, expect, it } from 'vitest'
import type { WirePost } from '../../../src/events/account-activity/wire/post.ts'
import { fullText } from '../../../src/events/full-text.ts'

const long = `${'Rain. '.repeat(50)}Sun.`

describe('fullText', () => {
  it.each<{ of: string; post: WirePost; text: string }>([
    { of: 'a short post', post: { text: 'Hello' }, text: 'Hello' },
    { of: 'a long post', post: { text: 'Rain. R…', truncated: true, extended_tweet: { full_text: long } }, text: long },
    { of: 'a post in the extended form', post: { full_text: long }, text: long },
    { of: 'a post with null instead of more', post: { text: 'Hello', extended_tweet: null }, text: 'Hello' },
    { of: 'a post with an empty longer form', post: { text: 'Hello', extended_tweet: {} }, text: 'Hello' },
    { of: 'a post with a photo and without words', post: { text: '' }, text: '' },
    { of: 'a post without a text', post: { id_str: '1' }, text: '' },
    { of: 'entities as X sends them', post: { text: 'salt &amp; pepper &lt;3' }, text: 'salt &amp; pepper &lt;3' },
    {
      of: 'a repost of a long post',
      post: {
        text: 'RT @alice: Rain. R…',
        retweeted_status: { text: 'Rain. Ra…', extended_tweet: { full_text: long } },
      },
      text: `RT @alice: ${long}`,
    },
    {
      of: 'a repost of a short post',
      post: { text: 'RT @alice: Hello', retweeted_status: { text: 'Hello' } },
      text: 'RT @alice: Hello',
    },
    { of: 'a repost without its prefix', post: { retweeted_status: { text: 'Hello' } }, text: 'Hello' },
    {
      of: 'a repost whose original is empty',
      post: { text: 'RT @alice: Hello', retweeted_status: {} },
      text: 'RT @alice: Hello',
    },
    { of: 'a post that only looks like a repost', post: { text: 'RT @alice: Hello' }, text: 'RT @alice: Hello' },
  ])('returns the whole text of $of', ({ post, text }) => {
    expect(fullText(post)).toBe(text)
  })

  it.each([
    [{ text: 5 }, ''],
    [{ text: null, full_text: ['a'] }, ''],
    [{ text: 'Hello', extended_tweet: 'x' }, 'Hello'],
    [{ text: 'Hello', extended_tweet: { full_text: 5 } }, 'Hello'],
    [{ text: 'Hello', retweeted_status: 'x' }, 'Hello'],
    [{ text: 'Hello', retweeted_status: [] }, 'Hello'],
  ])('accepts the malformed post %j', (post, text) => {
    expect(fullText(post as never)).toBe(text)
  })

  it.each([undefined, null, 'post', 1, []])('refuses %j, which is not a post', (post) => {
    expect(() => fullText(post as never)).toThrow(TypeError)
    expect(() => fullText(post as never)).toThrow('"post" must be an object')
  })
})
