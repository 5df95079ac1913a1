import { describe, expect, it } from 'vitest'
import type { EmulatedUser } from 'x-account-activity/emulator'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

interface Cast {
  readonly alice: EmulatedUser
  readonly bob: EmulatedUser
  /** Ids of posts of alice's: one that is there, one that is gone. */
  readonly post: string
  readonly gone: string
}

async function createCast() {
  const harness = new EmulatorHarness()
  const [alice, bob] = await harness.subscribed('alice', 'bob')
  const post = (await alice.post('Hello')).id_str
  const gone = (await alice.post('Oops')).id_str
  await alice.deletePost(gone)
  await harness.flush()
  return { harness, alice, bob, post, gone }
}

type Act = (cast: Cast) => Promise<unknown>

describe('what makes no sense on X is refused, and nobody is told', () => {
  it.each<[string, Act, typeof TypeError | typeof RangeError, string]>([
    ['an empty post', ({ alice }) => alice.post(''), RangeError, '"text" must not be empty'],
    ['a post without text', ({ alice }) => alice.post({} as never), TypeError, '"text" must be a string'],
    ['a post that is no post', ({ alice }) => alice.post(null as never), TypeError, '"post" must be an object'],
    ['a post of 25,001 characters', ({ alice }) => alice.post('x'.repeat(25_001)), RangeError, '25000 characters'],
    ['a like of a deleted post', ({ bob, gone }) => bob.like(gone), RangeError, '"post" must not be a deleted post'],
    [
      'an answer to a deleted post',
      ({ bob, gone }) => bob.reply(gone, 'Hi'),
      RangeError,
      '"post" must not be a deleted post',
    ],
    [
      'a quote of a deleted post',
      ({ bob, gone }) => bob.quote(gone, 'Hi'),
      RangeError,
      '"post" must not be a deleted post',
    ],
    [
      'a repost of a deleted post',
      ({ bob, gone }) => bob.repost(gone),
      RangeError,
      '"post" must not be a deleted post',
    ],
    ['a second deletion', ({ alice, gone }) => alice.deletePost(gone), RangeError, '"post" must not be a deleted post'],
    [
      'a deletion of another’s post',
      ({ bob, post }) => bob.deletePost(post),
      RangeError,
      'The post was not written by @bob.',
    ],
    ['a like of what is no post', ({ bob }) => bob.like('__proto__'), RangeError, 'must be a post of this emulator'],
    ['a like of nothing', ({ bob }) => bob.like(undefined as never), TypeError, '"post" must be an object'],
    ['a like of a number', ({ bob }) => bob.like({ id_str: 5 } as never), TypeError, '"post.id_str" must be a string'],
    ['a follow of oneself', ({ bob }) => bob.follow(bob), RangeError, '@bob cannot do this to themselves'],
    ['a block of oneself', ({ bob }) => bob.block(bob), RangeError, '@bob cannot do this to themselves'],
    ['a mute of oneself', ({ bob }) => bob.mute(bob), RangeError, '@bob cannot do this to themselves'],
    ['a message to oneself', ({ bob }) => bob.message(bob, 'Hi'), RangeError, '@bob cannot do this to themselves'],
    ['typing to oneself', ({ bob }) => bob.typing(bob), RangeError, '@bob cannot do this to themselves'],
    ['a follow of a stranger', ({ bob }) => bob.follow({ id: '1' }), RangeError, 'must be a user of this emulator'],
    ['a follow of nobody', ({ bob }) => bob.follow(undefined as never), TypeError, '"user" must be an object'],
    [
      'an unfollow without a follow',
      ({ alice, bob }) => bob.unfollow(alice),
      RangeError,
      '@bob does not follow @alice',
    ],
    ['an unblock without a block', ({ alice, bob }) => bob.unblock(alice), RangeError, '@bob does not block @alice'],
    ['an unmute without a mute', ({ alice, bob }) => bob.unmute(alice), RangeError, '@bob does not mute @alice'],
    ['an empty message', ({ alice, bob }) => bob.message(alice, ''), RangeError, '"text" must not be empty'],
    ['a message that is too long', ({ alice, bob }) => bob.message(alice, 'x'.repeat(10_001)), RangeError, '10000'],
    [
      'reading where nothing was written',
      ({ alice, bob }) => bob.read(alice),
      RangeError,
      '@alice has sent no message to @bob.',
    ],
    ['reading what is no message', ({ bob }) => bob.read('1'), RangeError, 'must be a message of this emulator'],
    ['a revoke of a stranger', ({ bob }) => bob.revoke({ id: '1' }), RangeError, 'must be an app of this emulator'],
  ])('%s', async (_, act, kind, message) => {
    const cast = await createCast()
    const refused = expect(act(cast)).rejects
    await refused.toThrow(message)
    await expect(act(cast)).rejects.toThrow(kind)
    expect(await cast.harness.flush()).toEqual([])
  })

  it.each<[string, Act]>([
    ['like', ({ bob, post }) => bob.like(post)],
    ['repost', ({ bob, post }) => bob.repost(post)],
    ['follow', ({ alice, bob }) => bob.follow(alice)],
    ['block', ({ alice, bob }) => bob.block(alice)],
    ['mute', ({ alice, bob }) => bob.mute(alice)],
    ['revoke', ({ bob }) => bob.revoke()],
  ])('a second %s', async (_, act) => {
    const cast = await createCast()
    await act(cast)
    await cast.harness.flush()
    await expect(act(cast)).rejects.toThrow(RangeError)
    expect(await cast.harness.flush()).toEqual([])
  })

  it.each<[string, Act]>([
    ['follow', ({ alice, bob }) => bob.follow(alice)],
    ['message', ({ alice, bob }) => bob.message(alice, 'Hi')],
    ['typing', ({ alice, bob }) => bob.typing(alice)],
    ['like', ({ bob, post }) => bob.like(post)],
    ['answer', ({ bob, post }) => bob.reply(post, 'Hi')],
    ['quote', ({ bob, post }) => bob.quote(post, 'Hi')],
    ['repost', ({ bob, post }) => bob.repost(post)],
  ])('a %s after a block', async (_, act) => {
    const cast = await createCast()
    await cast.alice.block(cast.bob)
    await cast.harness.flush()
    await expect(act(cast)).rejects.toThrow(new RangeError('@alice has blocked @bob.'))
    expect(await cast.harness.flush()).toEqual([])
    await cast.alice.unblock(cast.bob)
    await act(cast)
  })

  it('a follow of someone whom one has blocked', async () => {
    const { alice, bob } = await createCast()
    await alice.block(bob)
    await expect(alice.follow(bob)).rejects.toThrow(new RangeError('@alice has blocked @bob.'))
  })

  it('reading a message that was sent to somebody else', async () => {
    const { alice, bob } = await createCast()
    const message = await alice.message(bob, 'Hi')
    await expect(alice.read(message)).rejects.toThrow(new RangeError('The message was not sent to @alice.'))
  })
})

describe('what was taken back can be done again', () => {
  it('a repost after its deletion', async () => {
    const { bob, post } = await createCast()
    const repost = await bob.repost(post)
    expect(repost.retweeted_status?.retweet_count).toBe(1)
    await bob.deletePost(repost)
    expect((await bob.repost(post)).retweeted_status?.retweet_count).toBe(1)
  })

  it('but a repost goes with its original', async () => {
    const { alice, bob, post } = await createCast()
    const repost = await bob.repost(post)
    await alice.deletePost(post)
    await expect(alice.like(repost)).rejects.toThrow(new RangeError('"post" must not be a deleted post'))
  })
})
