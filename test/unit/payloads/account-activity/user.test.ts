import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

const joined = 'Sat Nov 21 09:30:00 +0000 2026'

async function createCast() {
  const harness = new EmulatorHarness()
  const alice = harness.x.addUser({ screenName: 'alice', name: 'Alice', location: 'Graz', description: 'Sows & reaps' })
  const bob = harness.x.addUser({ screenName: 'bob', name: 'Bob', verified: true })
  await harness.subscribe(await harness.register(), alice, bob)
  return { harness, alice, bob }
}

describe('the user of a like', () => {
  it('has a numeric id beside the string, null for empty members, and hexadecimal colours', async () => {
    const { harness, alice, bob } = await createCast()
    await bob.like(await alice.post('Hello'))
    const user = (await harness.flush()).at(-1)?.json.favorite_events[0].user
    expect(user).toEqual({
      id: expect.any(Number),
      id_str: bob.id,
      name: 'Bob',
      screen_name: 'bob',
      location: null,
      url: null,
      description: null,
      translator_type: 'none',
      protected: false,
      verified: true,
      followers_count: 0,
      friends_count: 0,
      listed_count: 0,
      favourites_count: 1,
      statuses_count: 0,
      created_at: joined,
      utc_offset: null,
      time_zone: null,
      geo_enabled: false,
      lang: null,
      contributors_enabled: false,
      is_translator: false,
      profile_background_color: expect.stringMatching(/^[0-9A-F]{6}$/),
      profile_background_image_url: '',
      profile_background_image_url_https: '',
      profile_background_tile: false,
      profile_link_color: expect.stringMatching(/^[0-9A-F]{6}$/),
      profile_sidebar_border_color: expect.stringMatching(/^[0-9A-F]{6}$/),
      profile_sidebar_fill_color: expect.stringMatching(/^[0-9A-F]{6}$/),
      profile_text_color: expect.stringMatching(/^[0-9A-F]{6}$/),
      profile_use_background_image: true,
      profile_image_url: expect.stringMatching(/^http:\/\//),
      profile_image_url_https: expect.stringMatching(/^https:\/\//),
      default_profile: true,
      default_profile_image: true,
      following: null,
      follow_request_sent: null,
      notifications: null,
    })
  })
})

describe('the user of a follow', () => {
  it('has a string id only, and placeholders for empty members', async () => {
    const { harness, alice, bob } = await createCast()
    await alice.follow(bob)
    const [delivery] = await harness.flush()
    const { source, target, ...event } = delivery?.json.follow_events[0] ?? {}
    expect(event).toEqual({ type: 'follow', created_timestamp: '1795253400250' })
    expect(source).toMatchObject({ id: alice.id, location: 'Graz', friends_count: 1, followers_count: 0 })
    expect(target).toEqual({
      id: bob.id,
      name: 'Bob',
      screen_name: 'bob',
      location: '',
      url: '',
      description: '',
      protected: false,
      verified: true,
      followers_count: 1,
      friends_count: 0,
      listed_count: 0,
      favourites_count: 0,
      statuses_count: 0,
      created_at: joined,
      utc_offset: 0,
      time_zone: '',
      geo_enabled: false,
      lang: '',
      contributors_enabled: false,
      is_translator: false,
      profile_background_color: -1,
      profile_background_image_url: '',
      profile_background_image_url_https: '',
      profile_background_tile: false,
      profile_link_color: -1,
      profile_sidebar_border_color: -1,
      profile_sidebar_fill_color: -1,
      profile_text_color: -1,
      profile_use_background_image: false,
      profile_image_url: expect.stringMatching(/^http:\/\//),
      profile_image_url_https: expect.stringMatching(/^https:\/\//),
      default_profile: true,
      default_profile_image: true,
      following: false,
      follow_request_sent: false,
      notifications: false,
    })
  })
})
