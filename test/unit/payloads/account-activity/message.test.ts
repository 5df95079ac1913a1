import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

async function createCast() {
  const harness = new EmulatorHarness()
  const alice = harness.x.addUser({ screenName: 'alice', name: 'Alice', location: 'Graz', description: 'Sows & reaps' })
  const bob = harness.x.addUser({ screenName: 'bob', name: 'Bob', verified: true })
  await harness.subscribe(await harness.register(), alice, bob)
  return { harness, alice, bob }
}

describe('a message', () => {
  it('has both users for both, and the app for the sender only', async () => {
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
})
