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

describe('a like', () => {
  it('has an id of 32 hexadecimal digits, and its time as a number', async () => {
    const { harness, alice, bob } = await createCast()
    const post = await alice.post('Hello')
    await harness.flush()
    await bob.like(post)
    const [own, incoming] = await harness.flush()
    const [event] = own?.json.favorite_events ?? []
    expect(event).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      created_at: joined,
      timestamp_ms: 1_795_253_400_250,
      favorited_status: expect.objectContaining({ id_str: post.id_str, favorite_count: 1 }),
      user: expect.objectContaining({ id_str: bob.id, favourites_count: 1 }),
    })
    expect(event.favorited_status).not.toHaveProperty('timestamp_ms')
    expect(incoming?.json).toEqual({ for_user_id: alice.id, favorite_events: [event] })
  })

  it('carries users with a number id and its twin, null where there is nothing, and hexadecimal colours', async () => {
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

describe('a follow', () => {
  it('carries users with a text id and no twin, and placeholders where there is nothing', async () => {
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

  it('can be told from the one before it, though the clock stands still', async () => {
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

describe('a message', () => {
  it('comes to both with both users, and to its sender with the app', async () => {
    const { harness, alice, bob } = await createCast()
    const message = await alice.message(bob, 'Tea & <cake>? #teatime https://example.com')
    const [sent, received] = await harness.flush()
    const link = message.message_create.message_data.entities?.urls?.[0]?.url
    expect(received?.json).toEqual({
      for_user_id: bob.id,
      direct_message_events: [
        {
          type: 'message_create',
          id: expect.stringMatching(/^\d{19}$/),
          created_timestamp: '1795253400250',
          message_create: {
            target: { recipient_id: bob.id },
            sender_id: alice.id,
            message_data: {
              text: `Tea &amp; &lt;cake&gt;? #teatime ${link}`,
              entities: {
                hashtags: [{ text: 'teatime', indices: [24, 32] }],
                symbols: [],
                user_mentions: [],
                urls: [
                  { url: link, expanded_url: 'https://example.com', display_url: 'example.com', indices: [33, 56] },
                ],
              },
            },
          },
        },
      ],
      users: {
        [alice.id]: {
          id: alice.id,
          created_timestamp: '1795253400250',
          name: 'Alice',
          screen_name: 'alice',
          location: 'Graz',
          description: 'Sows & reaps',
          protected: false,
          verified: false,
          followers_count: 0,
          friends_count: 0,
          statuses_count: 0,
          profile_image_url: expect.stringMatching(/^http:\/\//),
          profile_image_url_https: expect.stringMatching(/^https:\/\//),
        },
        [bob.id]: expect.objectContaining({ id: bob.id, verified: true }),
      },
    })
    expect(received?.json.users[bob.id]).not.toHaveProperty('location')
    expect(received?.json.direct_message_events[0]).toEqual(message)
    const { source_app_id, ...create } = sent?.json.direct_message_events[0].message_create ?? {}
    expect(create).toEqual(message.message_create)
    expect(sent?.json.apps).toEqual({
      [source_app_id]: { id: source_app_id, name: expect.any(String), url: expect.stringMatching(/^https:/) },
    })
  })

  it('is read by the one it was sent to, and typed to the one who will get it', async () => {
    const { harness, alice, bob } = await createCast()
    const first = await alice.message(bob, 'One')
    const second = await alice.message(bob, 'Two')
    await harness.flush()
    await bob.read(first)
    await bob.read(alice)
    await bob.typing(alice)
    const [one, two, typing] = await harness.flush()
    const parties = { sender_id: bob.id, target: { recipient_id: alice.id } }
    const users = { [alice.id]: expect.anything(), [bob.id]: expect.anything() }
    expect(one?.json).toEqual({
      for_user_id: alice.id,
      direct_message_mark_read_events: [
        { created_timestamp: '1795253400250', ...parties, last_read_event_id: first.id },
      ],
      users,
    })
    expect(two?.json.direct_message_mark_read_events[0].last_read_event_id).toBe(second.id)
    expect(typing?.json).toEqual({
      for_user_id: alice.id,
      direct_message_indicate_typing_events: [{ created_timestamp: '1795253400250', ...parties }],
      users,
    })
  })
})

describe('a deletion', () => {
  it('says what, whose and when, in texts', async () => {
    const { harness, alice } = await createCast()
    const post = await alice.post('Oops')
    await harness.flush()
    await harness.x.advance({ ms: 1 })
    await alice.deletePost(post)
    expect((await harness.flush())[0]?.json).toEqual({
      for_user_id: alice.id,
      tweet_delete_events: [{ status: { id: post.id_str, user_id: alice.id }, timestamp_ms: '1795253400251' }],
    })
  })
})
