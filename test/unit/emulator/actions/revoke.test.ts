import { describe, expect, it } from 'vitest'
import { createCast, expectRefusal, expectSecondTimeRefused } from '../../../support/emulator-cast.ts'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

describe('revoke', () => {
  it('sends one event for the user, and then no others', async () => {
    const { harness, alice } = await createCast()
    await alice.revoke()
    await alice.post('Not delivered')
    expect((await harness.flush()).map(({ json }) => json)).toEqual([
      {
        user_event: {
          revoke: {
            date_time: '2026-11-21T09:30:00+00:00',
            target: { app_id: harness.x.app.id },
            source: { user_id: alice.id },
          },
        },
      },
    ])
  })

  it('invalidates the tokens, and the user can subscribe again with new ones', async () => {
    const harness = new EmulatorHarness()
    const id = await harness.register()
    const alice = harness.x.addUser({ screenName: 'alice' })
    await harness.subscribe(id, alice)
    const old = { accessToken: alice.accessToken, accessTokenSecret: alice.accessTokenSecret }
    await alice.revoke()
    await expect(harness.subscribe(id, old)).rejects.toThrow('Unauthorized')
    const tokens = await alice.authorize()
    expect(alice.accessToken).toBe(tokens.accessToken)
    expect(tokens.accessToken).not.toBe(old.accessToken)
    expect(await alice.authorize()).toEqual(tokens)
    await harness.subscribe(id, alice)
  })

  it('leaves the subscriptions of other apps', async () => {
    const { harness, alice } = await createCast()
    const other = harness.x.addApp({ name: 'Other' })
    await alice.authorize(other)
    await alice.revoke(other)
    await alice.post('Hello')
    expect((await harness.flush()).map(({ json }) => Object.keys(json)[1])).toEqual(['tweet_create_events'])
  })

  it('refuses an unknown app', () =>
    expectRefusal(({ bob }) => bob.revoke({ id: '1' }), RangeError, '"app" must be an app of this emulator'))

  it('is refused the second time', () =>
    expectSecondTimeRefused(({ bob }) => bob.revoke(), '@bob has not authorised the app.'))
})
