import { describe, expect, it } from 'vitest'
import {
  type Action,
  createCast,
  expectBlocked,
  expectRefusal,
  expectSecondTimeRefused,
} from '../../../support/emulator-cast.ts'

const deleted = '"post" must not be a deleted post'
const unknown = '"post" must be a post of this emulator'

describe('post', () => {
  it.each<[string, Action, typeof TypeError | typeof RangeError, string]>([
    ['an empty text', ({ alice }) => alice.post(''), RangeError, '"text" must not be empty'],
    ['no text', ({ alice }) => alice.post({} as never), TypeError, '"text" must be a string, got undefined'],
    ['null', ({ alice }) => alice.post(null as never), TypeError, '"post" must be an object, got null'],
    [
      'a text of 25,001 characters',
      ({ alice }) => alice.post('x'.repeat(25_001)),
      RangeError,
      '"text" must not be longer than 25000 characters',
    ],
    ['an empty language', ({ alice }) => alice.post({ text: 'Hi', lang: '' }), RangeError, '"lang" must not be empty'],
  ])('refuses %s', (_, action, kind, message) => expectRefusal(action, kind, message))

  it('accepts a text of 25,000 characters', async () => {
    const { alice } = await createCast()
    expect((await alice.post('x'.repeat(25_000))).extended_tweet?.full_text).toHaveLength(25_000)
  })

  it('treats a language that is undefined as absent', async () => {
    const { alice } = await createCast()
    expect((await alice.post({ text: 'Hi', lang: undefined })).lang).toBe('en')
  })
})

describe('reply', () => {
  it.each<[string, Action, string]>([
    ['a deleted post', ({ bob, deletedPost }) => bob.reply(deletedPost, 'Hi'), deleted],
    ['an unknown post', ({ bob }) => bob.reply('1', 'Hi'), unknown],
  ])('refuses %s', (_, action, message) => expectRefusal(action, RangeError, message))

  it('is refused to a blocked user', () => expectBlocked(({ bob, post }) => bob.reply(post, 'Hi')))
})

describe('quote', () => {
  it('refuses a deleted post', () =>
    expectRefusal(({ bob, deletedPost }) => bob.quote(deletedPost, 'Hi'), RangeError, deleted))

  it('is refused to a blocked user', () => expectBlocked(({ bob, post }) => bob.quote(post, 'Hi')))
})

describe('repost', () => {
  it('refuses a deleted post', () =>
    expectRefusal(({ bob, deletedPost }) => bob.repost(deletedPost), RangeError, deleted))

  it('is refused to a blocked user', () => expectBlocked(({ bob, post }) => bob.repost(post)))

  it('is refused the second time', () =>
    expectSecondTimeRefused(({ bob, post }) => bob.repost(post), '@bob has already reposted this post.'))

  it('is possible again after it was deleted', async () => {
    const { bob, post } = await createCast()
    const repost = await bob.repost(post)
    expect(repost.retweeted_status?.retweet_count).toBe(1)
    await bob.deletePost(repost)
    expect((await bob.repost(post)).retweeted_status?.retweet_count).toBe(1)
  })
})

describe('deletePost', () => {
  it('sends the id of the post, the id of the user and the time as strings', async () => {
    const { harness, alice, post } = await createCast()
    await harness.x.advance({ ms: 1 })
    await alice.deletePost(post)
    expect((await harness.flush())[0]?.json).toEqual({
      for_user_id: alice.id,
      tweet_delete_events: [{ status: { id: post, user_id: alice.id }, timestamp_ms: '1795253400251' }],
    })
  })

  it.each<[string, Action, string]>([
    ['a deleted post', ({ alice, deletedPost }) => alice.deletePost(deletedPost), deleted],
    ['the post of another user', ({ bob, post }) => bob.deletePost(post), 'The post was not written by @bob.'],
  ])('refuses %s', (_, action, message) => expectRefusal(action, RangeError, message))

  it('also deletes the reposts of the post', async () => {
    const { alice, bob, post } = await createCast()
    const repost = await bob.repost(post)
    await alice.deletePost(post)
    await expect(alice.like(repost)).rejects.toThrow(new RangeError(deleted))
  })
})
