import { describe, expect, it } from 'vitest'
import type { EmulatedUser } from 'x-account-activity/emulator'
import {
  type Action,
  createCast,
  expectBlocked,
  expectRefusal,
  expectSecondTimeRefused,
} from '../../../support/emulator-cast.ts'
import type { EmulatorHarness } from '../../../support/emulator-harness.ts'
import { callSigned, enterpriseRoot, harnessWithAlice, registerAt } from '../../../support/emulator-v1.ts'

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

describe('a webhook of version 1.1', () => {
  // The v1.1 reference lists unfollows, blocks and mutes as done by the user, and follows as done by or to the user:
  // https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity
  it.each(['enterprise', 'premium'] as const)('of %s receives what others do only for follows', async (tier) => {
    const { harness, alice } = harnessWithAlice({ tier })
    const bob = harness.x.addUser({ screenName: 'bob' })
    await subscribeToVersion1(harness, tier, alice)
    await bob.follow(alice)
    await bob.unfollow(alice)
    await bob.mute(alice)
    await bob.unmute(alice)
    await bob.block(alice)
    await bob.unblock(alice)
    expect((await harness.flush()).map(({ json }) => json.follow_events?.[0].type)).toEqual(['follow'])
    await alice.follow(bob)
    await alice.unfollow(bob)
    await alice.mute(bob)
    await alice.unmute(bob)
    await alice.block(bob)
    await alice.unblock(bob)
    const events = (await harness.flush()).map(({ json }) => Object.values<{ type: string }[]>(json)[1]?.[0]?.type)
    expect(events).toEqual(['follow', 'unfollow', 'mute', 'unmute', 'block', 'unblock'])
  })

  it('of version 2 receives all that others do', async () => {
    const { harness, alice, bob } = await createCast()
    await bob.mute(alice)
    const users = (await harness.flush()).map(({ json }) => json.for_user_id)
    expect(users.sort()).toEqual([alice.id, bob.id].sort())
  })
})

async function subscribeToVersion1(harness: EmulatorHarness, tier: 'enterprise' | 'premium', user: EmulatedUser) {
  if (tier === 'premium') {
    await registerAt(harness, '/1.1/account_activity/all/dev/webhooks.json')
    await callSigned(harness, user, { method: 'POST', path: '/1.1/account_activity/all/dev/subscriptions.json' })
  } else {
    const id = await registerAt(harness, `${enterpriseRoot}/webhooks.json`)
    const path = `${enterpriseRoot}/webhooks/${id}/subscriptions/all.json`
    await callSigned(harness, user, { method: 'POST', path })
  }
}
