import { describe, expect, it } from 'vitest'
import {
  type Action,
  createCast,
  expectBlocked,
  expectRefusal,
  expectSecondTimeRefused,
} from '../../../support/emulator-cast.ts'

const toThemselves = '@bob cannot do this to themselves.'

describe('a relation', () => {
  it.each<[string, Action, typeof TypeError | typeof RangeError, string]>([
    ['a follow of oneself', ({ bob }) => bob.follow(bob), RangeError, toThemselves],
    ['a block of oneself', ({ bob }) => bob.block(bob), RangeError, toThemselves],
    ['a mute of oneself', ({ bob }) => bob.mute(bob), RangeError, toThemselves],
    [
      'a follow of an unknown user',
      ({ bob }) => bob.follow({ id: '1' }),
      RangeError,
      '"user" must be a user of this emulator',
    ],
    [
      'a follow of undefined',
      ({ bob }) => bob.follow(undefined as never),
      TypeError,
      '"user" must be an object, got undefined',
    ],
    [
      'an unfollow without a follow',
      ({ alice, bob }) => bob.unfollow(alice),
      RangeError,
      '@bob does not follow @alice.',
    ],
    ['an unblock without a block', ({ alice, bob }) => bob.unblock(alice), RangeError, '@bob does not block @alice.'],
    ['an unmute without a mute', ({ alice, bob }) => bob.unmute(alice), RangeError, '@bob does not mute @alice.'],
  ])('is refused: %s', (_, action, kind, message) => expectRefusal(action, kind, message))

  it.each<[string, Action, string]>([
    ['follow', ({ alice, bob }) => bob.follow(alice), '@bob already follows @alice.'],
    ['block', ({ alice, bob }) => bob.block(alice), '@bob already blocks @alice.'],
    ['mute', ({ alice, bob }) => bob.mute(alice), '@bob already mutes @alice.'],
  ])('is refused the second time: %s', (_, action, message) => expectSecondTimeRefused(action, message))

  it('has unique timestamps while the clock does not move', async () => {
    const { harness, alice, bob } = await createCast()
    for (let time = 0; time < 3; time += 1) {
      await alice.follow(bob)
      await alice.unfollow(bob)
    }
    const events = (await harness.flush())
      .filter(({ json }) => json.for_user_id === alice.id)
      .map(({ json }) => json.follow_events[0])
    const keys = events.map(({ type, created_timestamp }) => `${type} ${created_timestamp}`)
    expect(new Set(keys).size).toBe(6)
  })
})

describe('follow', () => {
  it('is refused to a blocked user', () => expectBlocked(({ alice, bob }) => bob.follow(alice)))

  it('is refused to the user who blocks', async () => {
    const { alice, bob } = await createCast()
    await alice.block(bob)
    await expect(alice.follow(bob)).rejects.toThrow(new RangeError('@alice has blocked @bob.'))
  })
})
