import { describe, expect, it } from 'vitest'
import { activityOf } from 'x-account-activity/events'
import { activityWorld, lastData, parsed, typesOf } from '../../../support/emulator-activity.ts'

// Forms: the examples of https://docs.x.com/x-api/activity/introduction

const postTypes = [
  'post.create',
  'post.delete',
  'post.mention.create',
  'post.reply.create',
  'post.quote.create',
  'post.repost.create',
]

const counts = (number: number, ...names: string[]) =>
  Object.fromEntries(
    names.flatMap((name) => [
      [name, number],
      [`${name}_str`, String(number)],
    ]),
  )

describe('a post', () => {
  it('has the form of X', async () => {
    const { harness, alice } = await activityWorld(['post.create'])
    const { id_str: id } = await alice.post({ text: 'Tea & toast #early', lang: 'de' })
    const payload = {
      id,
      text: 'Tea &amp; toast #early',
      author_id: alice.id,
      conversation_id: id,
      created_at: '2026-11-21T09:30:00.250Z',
      lang: 'de',
      display_text_range: [0, 22],
      edit_history_tweet_ids: [id],
      edit_controls: {
        edits_remaining: 5,
        edits_remaining_str: '5',
        is_edit_eligible: true,
        editable_until: '2026-11-21T10:30:00.250Z',
      },
      entities: { hashtags: [{ start: 16, start_str: '16', end: 22, end_str: '22', tag: 'early' }] },
      public_metrics: counts(
        0,
        'retweet_count',
        'reply_count',
        'like_count',
        'quote_count',
        'bookmark_count',
        'impression_count',
      ),
      reply_settings: 'everyone',
      possibly_sensitive: false,
      paid_partnership: false,
    }
    const user = {
      id: alice.id,
      name: 'Alice',
      username: 'alice',
      description: '',
      url: '',
      protected: false,
      verified: false,
      verified_type: 'none',
      is_identity_verified: false,
      created_at: '2026-11-21T09:30:00.250Z',
      profile_image_url: 'https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png',
      profile_banner_url: '',
      public_metrics: {
        ...counts(0, 'followers_count', 'following_count', 'listed_count', 'like_count', 'media_count'),
        ...counts(1, 'tweet_count'),
      },
    }
    expect((await harness.flush()).map(({ json }) => json)).toEqual([
      {
        data: {
          event_uuid: id,
          filter: { user_id: alice.id },
          event_type: 'post.create',
          payload,
          includes: { users: [user], tweets: [payload] },
        },
      },
    ])
  })

  it('is escaped and read as the same event as that of the other API', async () => {
    const { harness, webhookId, alice } = await activityWorld(['post.create'])
    await harness.subscribe(webhookId, alice)
    await alice.post('a < b “ok” 🍵')
    const [aaa, xaa] = await harness.flush()
    expect(xaa?.body).toMatch(/^[\x20-\x7e]+$/)
    const [first, second] = [activityOf(parsed(aaa)), activityOf(parsed(xaa))]
    expect(second).toMatchObject({ kind: 'post', text: 'a < b “ok” 🍵', accountId: alice.id, api: 'activity' })
    expect(second?.key).toBe(first?.key)
  })

  it('of more than 280 characters is cut, and is whole in note_tweet', async () => {
    const { harness, alice } = await activityWorld(['post.create'])
    const text = 'a'.repeat(270).concat(' @bob end')
    const { id_str } = await alice.post(text.padEnd(280, '.'))
    expect((await lastData(harness)).payload).not.toHaveProperty('note_tweet')
    await alice.post(text.padEnd(281, '.'))
    const received = await harness.flush()
    const { payload } = received[0]?.json.data ?? {}
    expect(payload.text).toMatch(/^a+… https:\/\/t\.co\/\d+$/)
    expect([...payload.text].length).toBeLessThanOrEqual(280)
    expect(payload.note_tweet).toMatchObject({
      text: text.padEnd(281, '.'),
      entities: { mentions: [{ username: 'bob' }] },
    })
    expect(activityOf(parsed(received[0]))).toMatchObject({ text: text.padEnd(281, '.') })
    expect(id_str).toMatch(/^\d{19}$/)
  })

  it('shows links, cashtags and mentions', async () => {
    const { harness, bob, alice } = await activityWorld(['post.create'])
    await alice.post('@bob $TEA https://example.com')
    expect((await lastData(harness)).payload).toMatchObject({
      in_reply_to_user_id: bob.id,
      entities: {
        mentions: [{ start: 0, end: 4, username: 'bob', id: bob.id }],
        cashtags: [{ start: 5, end: 9, tag: 'TEA' }],
        urls: [{ start: 10, url: expect.stringMatching(/^https:\/\/t\.co\//), expanded_url: 'https://example.com' }],
      },
    })
  })
})

describe('who receives the events of a post', () => {
  it('the author', async () => {
    const { harness, alice, bob } = await activityWorld(postTypes)
    const original = await bob.post('Hello')
    await alice.post('one')
    await alice.reply(original, 'two')
    await alice.quote(original, 'three')
    await alice.repost(original)
    expect(typesOf(await harness.flush())).toEqual(Array(4).fill('post.create'))
  })

  it('a user who is mentioned', async () => {
    const { harness, alice, bob } = await activityWorld(postTypes)
    const { id_str } = await bob.post('hey @alice')
    const [received] = await harness.flush()
    expect(received?.json.data).toMatchObject({
      event_type: 'post.mention.create',
      event_uuid: id_str,
      filter: { user_id: alice.id },
      includes: { users: [{ id: bob.id }, { id: alice.id }] },
    })
    expect(activityOf(parsed(received))).toMatchObject({ kind: 'mention', author: { id: bob.id, handle: 'bob' } })
  })

  it('the author of the post that is replied to', async () => {
    const { harness, alice, bob } = await activityWorld(postTypes)
    const original = await alice.post('Hello')
    await harness.flush()
    const reply = await bob.reply(original, 'Hi')
    const [received, ...more] = await harness.flush()
    expect(more).toEqual([])
    expect(received?.json.data).toMatchObject({
      event_type: 'post.reply.create',
      payload: {
        text: '@alice Hi',
        display_text_range: [7, 9],
        conversation_id: original.id_str,
        in_reply_to_tweet_id: original.id_str,
        in_reply_to_user_id: alice.id,
        referenced_tweets: [{ type: 'replied_to', id: original.id_str }],
      },
    })
    expect(received?.json.data.event_uuid).toMatch(/^-?\d{1,19}$/)
    expect(received?.json.data.event_uuid).not.toBe(reply.id_str)
  })

  it('for a reply that names the author again, two events', async () => {
    const { harness, alice, bob } = await activityWorld(postTypes)
    const original = await alice.post('Hello')
    await harness.flush()
    await bob.reply(original, 'Hi, I mean you, @alice')
    const received = await harness.flush()
    expect(typesOf(received)).toEqual(['post.mention.create', 'post.reply.create'])
    const [one, two] = received.map((delivery) => activityOf(parsed(delivery)))
    expect([one?.kind, two?.kind, one?.key === two?.key]).toEqual(['reply', 'reply', true])
  })

  it('nothing for a reply further down', async () => {
    const { harness, alice, bob } = await activityWorld(postTypes)
    const carol = harness.x.addUser({ screenName: 'carol' })
    const original = await alice.post('Hello')
    const reply = await bob.reply(original, 'Hi')
    await harness.flush()
    await carol.reply(reply, 'Hey')
    expect(typesOf(await harness.flush())).toEqual([])
  })

  it('the author of the post that is quoted or reposted', async () => {
    const { harness, alice, bob } = await activityWorld(postTypes)
    const original = await alice.post('Hello @bob')
    await harness.flush()
    await bob.quote(original, 'Hear, hear')
    await bob.repost(original)
    const [quote, repost, ...more] = await harness.flush()
    expect(more).toEqual([])
    expect(quote?.json.data).toMatchObject({
      event_type: 'post.quote.create',
      payload: { referenced_tweets: [{ type: 'quoted', id: original.id_str }] },
    })
    expect(repost?.json.data).toMatchObject({
      event_type: 'post.repost.create',
      payload: {
        text: 'RT @alice: Hello @bob',
        referenced_tweets: [{ type: 'retweeted', id: original.id_str }],
      },
    })
    expect([quote, repost].map((one) => activityOf(parsed(one))?.kind)).toEqual(['quote', 'repost'])
  })

  it('nothing more for what one does to oneself', async () => {
    const { harness, alice } = await activityWorld(postTypes)
    const original = await alice.post('I am @alice')
    await alice.reply(original, 'Really')
    await alice.quote(original, 'Yes')
    expect(typesOf(await harness.flush())).toEqual(Array(3).fill('post.create'))
  })

  it('no user, when the account is protected', async () => {
    const { harness, alice, bob } = await activityWorld(postTypes)
    const carol = harness.x.addUser({ screenName: 'carol', protected: true })
    await harness.subscribeTo('post.create', carol, { webhook_id: harness.x.webhooks[0]?.id ?? '' })
    await harness.subscribeTo('post.delete', carol, { webhook_id: harness.x.webhooks[0]?.id ?? '' })
    await alice.follow(carol)
    await bob.follow(carol)
    const post = await carol.post('hello @alice')
    await carol.deletePost(post)
    expect(typesOf(await harness.flush())).toEqual([])
  })
})

describe('a deleted post', () => {
  it('has its id, and a wrapped user', async () => {
    const { harness, alice } = await activityWorld(postTypes)
    const { id_str } = await alice.post('Oops')
    await alice.deletePost(id_str)
    const data = await lastData(harness)
    expect(data).toMatchObject({
      event_type: 'post.delete',
      event_uuid: expect.stringMatching(/^-?\d{1,19}$/),
      payload: { id: id_str, author_id: alice.id },
      includes: { users: [{ data: { id: alice.id, username: 'alice' } }] },
    })
    expect(Object.keys(data.includes)).toEqual(['users'])
  })
})
