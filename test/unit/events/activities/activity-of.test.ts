import { describe, expect, it } from 'vitest'
import { type Activity, activityKinds, activityOf, parseDelivery } from 'x-account-activity/events'
import { alice, bob, deliveries, posts } from '../../../support/deliveries.ts'
import { oddValues, pathsOf, withMember } from '../../../support/odd-values.ts'
import { account, envelopeOf, messageOf, other, payloads } from '../../../support/x-activities.ts'

const activitiesOf = (body: object) => parseDelivery(JSON.stringify(body)).events.map((event) => activityOf(event))
const activity = (body: object) => activitiesOf(body)[0] as Activity

/** The activity of a post in the Account Activity API. */
const ofPost = (post: object, forUserId = alice.id) => activity({ for_user_id: forUserId, tweet_create_events: [post] })
/** The activity of a post in the X Activity API. */
const ofXPost = (post: object, type = 'post.mention.create', more: object = {}) =>
  activity({
    data: { event_type: type, event_uuid: '1', filter: { user_id: account.id }, payload: post, ...more },
  })

const xPost = { id: '301', text: 'tea &amp; toast', author_id: other.id }
const includes = { users: [{ ...other, profile_image_url: 'https://pbs.example/bob.png' }, account] }
const bobAsPerson = { id: other.id, handle: 'bob', name: 'Bob' }

describe('activityOf', () => {
  it.each([
    ['tweet_create', 'mention'],
    ['tweet_delete', 'post_delete'],
    ['favorite', 'like'],
    ['follow', 'follow'],
    ['unfollow', 'unfollow'],
    ['block', 'block'],
    ['unblock', 'unblock'],
    ['mute', 'mute'],
    ['unmute', 'unmute'],
    ['user_revoke', 'revoke'],
    ['direct_message', 'message'],
    ['direct_message_indicate_typing', 'typing'],
    ['direct_message_mark_read', 'read'],
    ['replay_job_status', undefined],
  ] as const)('turns %s of the Account Activity API into %s', (type, kind) => {
    const body =
      type === 'tweet_create' ? { ...deliveries.tweet_create, tweet_create_events: [posts.mention] } : deliveries[type]
    const [one] = activitiesOf(body)
    expect(one?.kind).toBe(kind)
    if (one !== undefined) expect(one).toMatchObject({ api: 'account_activity', event: { type } })
  })

  it.each([
    ['post.create', 'post'],
    ['post.mention.create', 'mention'],
    ['post.delete', 'post_delete'],
    ['like.create', 'like'],
    ['follow.follow', 'follow'],
    ['follow.unfollow', 'unfollow'],
    ['block.block', 'block'],
    ['block.unblock', 'unblock'],
    ['mute.mute', 'mute'],
    ['mute.unmute', 'unmute'],
    ['dm.received', 'message'],
    ['dm.sent', 'message'],
    ['dm.indicate_typing', 'typing'],
    ['dm.read', 'read'],
    ['oauth.revoke', 'revoke'],
    ['profile.update.bio', undefined],
    ['spaces.start', undefined],
    ['broadcast.chat', undefined],
    ['chat.received', undefined],
    ['news.new', undefined],
    ['subscriptions.subscribe', undefined],
  ] as const)('turns %s of the X Activity API into %s', (type, kind) => {
    const [one] = activitiesOf({ data: envelopeOf(type) })
    expect(one?.kind).toBe(kind)
    if (one !== undefined) expect(one).toMatchObject({ api: 'activity', accountId: account.id, event: { type } })
  })

  it('returns undefined for filtered posts and unknown events', () => {
    expect(activitiesOf({ data: { id: '1' }, matching_rules: [] })).toEqual([undefined])
    expect(activitiesOf({ hello: 1 })).toEqual([undefined])
  })

  it('returns undefined without an account or an author', () => {
    expect(activitiesOf({ tweet_create_events: [posts.mention] })).toEqual([undefined])
    expect(activitiesOf({ for_user_id: '1', tweet_create_events: [{ id_str: '2' }] })).toEqual([undefined])
    expect(ofXPost({ id: '301' })).toBeUndefined()
    expect(ofXPost(xPost, 'post.create', { filter: {} })).toBeUndefined()
  })

  it('throws a TypeError for what is not an event', () => {
    expect(() => activityOf(undefined as never)).toThrow(TypeError)
  })
})

describe('a post', () => {
  it('has the same members from both APIs', () => {
    const from = {
      id: 2222,
      id_str: other.id,
      name: 'Bob',
      screen_name: 'bob',
      profile_image_url_https: 'https://pbs.example/bob.png',
    }
    const mention = { id_str: account.id, screen_name: 'alice', name: 'Alice' }
    const photo = { type: 'photo', media_url_https: 'https://pbs.example/tea.jpg', ext_alt_text: 'A cup' }
    const old = ofPost(
      {
        id_str: '301',
        text: 'tea &amp; toast @alice',
        user: from,
        lang: 'en',
        created_at: 'Fri Jul 24 21:05:48 +0000 2026',
        entities: { user_mentions: [mention] },
        extended_entities: { media: [photo] },
      },
      account.id,
    )
    const newer = ofXPost(
      {
        ...xPost,
        text: 'tea &amp; toast @alice',
        lang: 'en',
        created_at: '2026-07-24T21:05:48.000Z',
        entities: { mentions: [{ start: 0, end: 6, username: 'alice', id: account.id }] },
        attachments: { media_keys: ['3_1', '3_2'] },
      },
      'post.mention.create',
      {
        includes: {
          ...includes,
          media: [{ media_key: '3_1', type: 'photo', url: 'https://pbs.example/tea.jpg', alt_text: 'A cup' }],
        },
      },
    )
    const expected = {
      kind: 'mention',
      accountId: account.id,
      direction: 'incoming',
      postId: '301',
      text: 'tea & toast @alice',
      url: 'https://x.com/bob/status/301',
      author: { ...bobAsPerson, imageUrl: 'https://pbs.example/bob.png' },
      mentions: [{ id: account.id, handle: 'alice', name: 'Alice' }],
      media: [{ type: 'photo', url: 'https://pbs.example/tea.jpg', altText: 'A cup' }],
      lang: 'en',
      occurredAt: new Date('2026-07-24T21:05:48Z'),
      key: old.key,
    }
    expect(old).toEqual({ ...expected, api: 'account_activity', event: expect.anything() })
    expect(newer).toEqual({ ...expected, api: 'activity', event: expect.anything() })
  })

  const reference = (type: string, id = '7') => ({ ...xPost, referenced_tweets: [{ type, id }] })
  it.each<[string, object, string, object]>([
    [
      'a reply that names the account',
      { ...reference('replied_to'), entities: { mentions: [{ id: account.id, username: 'alice' }] } },
      'reply',
      { inReplyToPostId: '7' },
    ],
    ['a quote', reference('quoted'), 'quote', { quotedPostId: '7' }],
    ['a repost', reference('retweeted'), 'repost', { repostedPostId: '7' }],
    [
      'a repost with the newer word',
      { ...xPost, referenced_posts: [{ type: 'reposted', id: '7' }] },
      'repost',
      { repostedPostId: '7' },
    ],
    [
      'a quote in a reply',
      {
        ...xPost,
        referenced_tweets: [
          { type: 'replied_to', id: '6' },
          { type: 'quoted', id: '7' },
        ],
      },
      'quote',
      { quotedPostId: '7', inReplyToPostId: '6' },
    ],
    [
      'a quote whose newer member is empty',
      { ...xPost, referenced_posts: [], referenced_tweets: [{ type: 'quoted', id: '7' }] },
      'quote',
      { quotedPostId: '7' },
    ],
    ['a reply without the list', { ...xPost, in_reply_to_tweet_id: '7' }, 'reply', { inReplyToPostId: '7' }],
    ['a post that begins with a mention', { ...xPost, in_reply_to_user_id: account.id }, 'mention', {}],
    [
      'an own post that names oneself',
      { ...xPost, author_id: account.id, entities: { mentions: [{ id: account.id }] } },
      'post',
      {},
    ],
  ])('is, by what happened and not by the name of the event, %s', (_, post, kind, members) => {
    for (const type of ['post.create', 'post.mention.create', 'post.reply.create', 'post.quote.create']) {
      expect(ofXPost(post, type)).toMatchObject({ kind, ...members })
    }
  })

  it('is one activity in the two events that X sends for a reply that names the account', () => {
    const [reply, mention] = ['post.reply.create', 'post.mention.create'].map((type) =>
      ofXPost(reference('replied_to'), type),
    )
    expect(reply?.key).toBe(mention?.key)
    expect(reply?.event.id).not.toBe(mention?.event.id)
  })

  it.each([
    [posts.own, 'post'],
    [posts.reply, 'reply'],
    [posts.quote, 'quote'],
    [posts.repost, 'repost'],
  ])('of the Account Activity API has the kind that classifyPost returns', (post, kind) => {
    expect(ofPost(post).kind).toBe(kind)
  })

  it('has its whole text: that of a long post, and that of the original of a repost', () => {
    expect(ofXPost({ ...xPost, note_tweet: { text: 'long &lt;3' } })).toHaveProperty('text', 'long <3')
    expect(ofXPost({ ...xPost, note_post: { text: 'newer' }, note_tweet: { text: 'older' } })).toHaveProperty(
      'text',
      'newer',
    )
    expect(ofXPost({ ...xPost, note_post: {}, note_tweet: { text: 'older' } })).toHaveProperty('text', 'older')
    const repost = { ...reference('retweeted'), text: 'RT @carol: It is…' }
    expect(
      ofXPost(repost, 'post.repost.create', { includes: { tweets: [{ id: '7', text: 'It is all here' }] } }),
    ).toHaveProperty('text', 'RT @carol: It is all here')
    expect(ofXPost(repost)).toHaveProperty('text', 'RT @carol: It is…')
  })

  it('has the address that X shows without a handle when there is none', () => {
    expect(ofXPost(xPost)).toMatchObject({ url: 'https://x.com/i/status/301', author: { id: other.id } })
  })

  it('finds the id and the name of a mentioned user in includes, and leaves out a user without an id', () => {
    const entities = { mentions: [{ username: 'alice' }, { username: 'stranger' }] }
    expect(ofXPost({ ...xPost, entities }, 'post.create', { includes })).toHaveProperty('mentions', [
      { id: account.id, handle: 'alice', name: 'Alice' },
    ])
  })

  it('has the file of a video in the best quality, or the preview', () => {
    const variants = [
      { content_type: 'application/x-mpegURL', url: 'https://video.example/list' },
      { content_type: 'video/mp4', bit_rate: 256, url: 'https://video.example/small' },
      { content_type: 'video/mp4', bit_rate: 832, url: 'https://video.example/large' },
    ]
    const media = [
      { media_key: '1', type: 'video', preview_image_url: 'https://pbs.example/1', variants },
      { media_key: '2', type: 'animated_gif', preview_image_url: 'https://pbs.example/2' },
      { media_key: '3', type: 'hologram', url: 'https://pbs.example/3' },
      { media_key: '4', type: 'photo' },
    ]
    const post = { ...xPost, attachments: { media_keys: ['2', '1', '3', '4', '5'] } }
    expect(ofXPost(post, 'post.create', { includes: { media } })).toHaveProperty('media', [
      { type: 'animated_gif', url: 'https://pbs.example/2' },
      { type: 'video', url: 'https://video.example/large' },
    ])
  })
})

describe('the other activities', () => {
  it('name a deleted post and its author', () => {
    const body = { for_user_id: account.id, tweet_delete_events: [{ status: { id: '301', user_id: account.id } }] }
    const expected = { kind: 'post_delete', postId: '301', authorId: account.id, key: activity(body).key }
    expect(activity(body)).toMatchObject(expected)
    expect(activity({ data: envelopeOf('post.delete') })).toMatchObject(expected)
  })

  it('contain a message with the same members from both APIs', () => {
    const message = messageOf(other, account)
    message.message_create.message_data.text = 'tea &gt; coffee'
    const profile = { id: other.id, name: 'Bob', screen_name: 'bob' }
    const old = { for_user_id: account.id, direct_message_events: [message], users: { [other.id]: profile } }
    const payload = { direct_message_events: [message], users: { [other.id]: { data: other } } }
    const expected = {
      kind: 'message',
      key: activity(old).key,
      direction: 'incoming',
      messageId: '401',
      text: 'tea > coffee',
      sender: bobAsPerson,
      recipient: { id: account.id },
      media: [],
    }
    expect(activity(old)).toMatchObject(expected)
    expect(activity({ data: envelopeOf('dm.received', { payload }) })).toMatchObject(expected)
  })

  it('contain the photo of a message', () => {
    const message = messageOf(other, account)
    const media = { type: 'photo', media_url_https: 'https://ton.example/1.jpg' }
    const message_data = { text: 'look', attachment: { type: 'media', media } }
    const photo = { ...message, message_create: { ...message.message_create, message_data } }
    expect(activity({ for_user_id: account.id, direct_message_events: [photo] })).toHaveProperty('media', [
      { type: 'photo', url: 'https://ton.example/1.jpg' },
    ])
  })

  it('name both users of a relation', () => {
    expect(activity({ data: envelopeOf('follow.follow') })).toMatchObject({
      source: { id: account.id, handle: 'alice', name: 'Alice' },
      target: bobAsPerson,
    })
    expect(activity(deliveries.follow)).toMatchObject({
      source: { handle: bob.handle },
      target: { handle: alice.handle },
    })
  })

  it('name who likes a post as far as X does', () => {
    expect(activity(deliveries.favorite)).toMatchObject({
      liker: { id: bob.id, handle: bob.handle },
      postAuthor: { id: alice.id },
    })
    expect(activity({ data: envelopeOf('like.create') })).toMatchObject({
      postId: '301',
      liker: { id: account.id },
      postAuthor: { id: other.id },
    })
    const filter = { user_id: account.id, direction: 'inbound' }
    expect(activity({ data: envelopeOf('like.create', { filter }) })).not.toHaveProperty('liker')
  })

  it('name the last message that was read', () => {
    expect(activity({ data: envelopeOf('dm.read') })).toMatchObject({ lastReadMessageId: '400', sender: bobAsPerson })
    expect(activity({ data: envelopeOf('dm.indicate_typing') })).toMatchObject({ sender: bobAsPerson })
  })

  it('have the same key for a revocation from both APIs', () => {
    const revoke = {
      date_time: '2026-07-23T21:44:05+00:00',
      target: { app_id: '29820954' },
      source: { user_id: account.id },
    }
    const newer = activity({ data: envelopeOf('oauth.revoke') })
    expect(newer).toMatchObject({ kind: 'revoke', accountId: account.id, userId: account.id, appId: '29820954' })
    expect(activity({ user_event: { revoke } }).key).toBe(newer.key)
    const later = { ...revoke, date_time: '2026-07-23T21:44:06+00:00' }
    expect(activity({ user_event: { revoke: later } }).key).not.toBe(newer.key)
  })
})

describe('the key of an activity', () => {
  it('is the same for two subscriptions whose filters overlap', () => {
    const keyWith = (direction?: string) =>
      activity({
        data: envelopeOf('follow.follow', { filter: { user_id: account.id, ...(direction && { direction }) } }),
      }).key
    expect(keyWith('outbound')).toBe(keyWith())
  })

  it('differs between accounts, kinds and acts', () => {
    const keys = [
      activity({ data: envelopeOf('follow.follow') }),
      activity({ data: envelopeOf('follow.unfollow') }),
      activity({ data: envelopeOf('follow.follow', { event_uuid: '5' }) }),
      activity({ data: envelopeOf('follow.follow', { filter: { user_id: '9' } }) }),
      activity({ data: envelopeOf('post.create') }),
      activity({ data: envelopeOf('post.delete') }),
      activity({ data: envelopeOf('dm.sent') }),
      activity({ data: envelopeOf('like.create') }),
      activity(deliveries.follow),
      activity(deliveries.unfollow),
    ].map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('is never the id of an event', () => {
    for (const type of ['follow.follow', 'post.create', 'oauth.revoke'] as const) {
      const one = activity({ data: envelopeOf(type) })
      expect(one.key).not.toBe(one.event.id)
    }
  })
})

describe('activityOf with members of the wrong type', () => {
  const xBodies = (Object.keys(payloads) as (keyof typeof payloads)[]).map((type) => ({
    data: envelopeOf(type, { includes: { ...includes, media: [{ media_key: '1', type: 'photo', url: 'x' }] } }),
  }))

  it('does not throw, and returns a known kind', () => {
    for (const body of [...Object.values(deliveries), ...xBodies]) {
      for (const path of pathsOf(body)) {
        if (path.length === 0) continue
        for (const odd of oddValues) {
          for (const one of activitiesOf(withMember(body, path, odd) as object)) {
            if (one !== undefined) expect(activityKinds).toContain(one.kind)
          }
        }
      }
    }
  })
})
