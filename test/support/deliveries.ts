import type {
  WireDelivery,
  WireDirectMessageUser,
  WireEntities,
  WireEventUser,
  WireMention,
  WirePost,
  WireUser,
} from '../../src/entries/events.ts'

// Deliveries in the shapes that X sends, with invented people. Alice is the subscribed account in all of them.

interface Person {
  readonly id: string
  readonly name: string
  readonly handle: string
}

export const alice: Person = { id: '1100000000000000001', name: 'Alice 🌱', handle: 'alice' }
export const bob: Person = { id: '2200000000000000002', name: 'Bob', handle: 'bob_builds' }
export const carol: Person = { id: '33', name: 'Carol', handle: 'carol' }

/** As in posts and likes: the id twice, once rounded by JSON. */
export function postUser({ id, name, handle }: Person): WireUser {
  return {
    id: Number(id),
    id_str: id,
    name,
    screen_name: handle,
    location: null,
    url: null,
    description: null,
    translator_type: 'none',
    protected: false,
    verified: false,
    followers_count: 12,
    friends_count: 34,
    listed_count: 0,
    favourites_count: 5,
    statuses_count: 67,
    created_at: 'Sat Feb 29 12:00:00 +0000 2020',
    utc_offset: null,
    time_zone: null,
    geo_enabled: false,
    lang: null,
    profile_background_color: 'F5F8FA',
    profile_image_url_https: 'https://pbs.example/profile_images/1/normal.png',
    default_profile: true,
    default_profile_image: false,
    following: null,
    follow_request_sent: null,
    notifications: null,
  }
}

/** As in follow, block and mute events: one id, a text, and placeholders where there is nothing. */
export function eventUser({ id, name, handle }: Person): WireEventUser {
  return {
    id,
    name,
    screen_name: handle,
    location: '',
    protected: false,
    verified: false,
    followers_count: 12,
    friends_count: 34,
    statuses_count: 67,
    created_at: 'Sat Feb 29 12:00:00 +0000 2020',
    utc_offset: 0,
    time_zone: '',
    lang: '',
    profile_background_color: -1,
    profile_image_url_https: 'https://pbs.example/profile_images/1/normal.png',
  }
}

/** As in the `users` map of direct messages. */
export function messageUser({ id, name, handle }: Person): WireDirectMessageUser {
  return {
    id,
    created_timestamp: '1582977600000',
    name,
    screen_name: handle,
    protected: false,
    verified: false,
    followers_count: 12,
    friends_count: 34,
    statuses_count: 67,
    profile_image_url_https: 'https://pbs.example/profile_images/1/normal.png',
  }
}

function mentionOf({ id, name, handle }: Person): WireMention {
  return { screen_name: handle, name, id: Number(id), id_str: id, indices: [0, handle.length + 1] }
}

function entities(...people: Person[]): WireEntities {
  return { hashtags: [], urls: [], user_mentions: people.map(mentionOf), symbols: [] }
}

/** A post of 2026-03-01, 10:00:00.123 UTC. */
export function post(id: string, author: Person, text: string, more: Partial<WirePost> = {}): WirePost {
  return {
    created_at: 'Sun Mar 01 10:00:00 +0000 2026',
    id: Number(id),
    id_str: id,
    text,
    source: '<a href="https://post.example" rel="nofollow">Post Example</a>',
    truncated: false,
    in_reply_to_status_id: null,
    in_reply_to_status_id_str: null,
    in_reply_to_user_id: null,
    in_reply_to_user_id_str: null,
    in_reply_to_screen_name: null,
    user: postUser(author),
    geo: null,
    coordinates: null,
    place: null,
    contributors: null,
    is_quote_status: false,
    quote_count: 0,
    reply_count: 0,
    retweet_count: 0,
    favorite_count: 0,
    entities: entities(),
    favorited: false,
    retweeted: false,
    filter_level: 'low',
    lang: 'en',
    timestamp_ms: '1772359200123',
    ...more,
  }
}

function replyTo(statusId: string, { id, handle }: Person): Partial<WirePost> {
  return {
    in_reply_to_status_id: Number(statusId),
    in_reply_to_status_id_str: statusId,
    in_reply_to_user_id: Number(id),
    in_reply_to_user_id_str: id,
    in_reply_to_screen_name: handle,
  }
}

const longText = `${'All the seeds that we sowed last spring have come up. '.repeat(4)}Thanks @alice &amp; co!`
const alicesPost = post('5000000000000000001', alice, 'The first tomatoes are ripe')
const bobsPost = post('5000000000000000002', bob, 'Who grows tomatoes?')
const bobsQuote = post('5000000000000000003', bob, 'Look at this', {
  is_quote_status: true,
  quoted_status_id: Number(alicesPost.id_str),
  quoted_status_id_str: '5000000000000000001',
  quoted_status: alicesPost,
})
const alicesQuote = post('5000000000000000004', alice, 'I do!', { is_quote_status: true, quoted_status: bobsPost })

/** One post for each thing that a post can be to Alice; `incoming` ones are by others. */
export const posts = {
  own: alicesPost,
  ownMentioningHerself: post('501', alice, '@alice note to self', { entities: entities(alice) }),
  ownReply: post('502', alice, '@bob_builds me', replyTo('5000000000000000002', bob)),
  ownThread: post('503', alice, 'And the second ones', replyTo('5000000000000000001', alice)),
  ownQuote: alicesQuote,
  ownRepost: post('504', alice, 'RT @bob_builds: Who grows tomatoes?', { retweeted_status: bobsPost }),
  mention: post('505', bob, '@alice how are they?', {
    in_reply_to_user_id: Number(alice.id),
    in_reply_to_user_id_str: alice.id,
    in_reply_to_screen_name: 'alice',
    entities: entities(alice),
  }),
  mentionBeyondTheCut: post('506', bob, `${longText.slice(0, 116)}… https://t.co/abc`, {
    truncated: true,
    extended_tweet: { full_text: longText, display_text_range: [0, longText.length], entities: entities(alice) },
  }),
  reply: post('507', bob, '@alice congratulations', {
    ...replyTo('5000000000000000001', alice),
    entities: entities(alice),
  }),
  replyToAnother: post('508', bob, '@carol @alice me too', {
    ...replyTo('5000000000000000009', carol),
    entities: entities(carol, alice),
  }),
  quote: bobsQuote,
  quoteOfAnother: post('509', bob, 'As @alice says', {
    is_quote_status: true,
    quoted_status: post('510', carol, 'Water less'),
    entities: entities(alice),
  }),
  quoteOfSomethingDeleted: post('511', bob, 'Gone', { is_quote_status: true }),
  quoteInReply: post('512', bob, '@alice look', {
    ...replyTo('5000000000000000001', alice),
    is_quote_status: true,
    quoted_status: alicesPost,
  }),
  repost: post('513', bob, 'RT @alice: The first tomatoes are ripe', { retweeted_status: alicesPost }),
  quoteRepost: post('514', bob, 'RT @alice: I do!', {
    is_quote_status: true,
    quoted_status: bobsPost,
    retweeted_status: alicesQuote,
  }),
  unrelated: post('515', carol, 'Rain at last'),
} as const satisfies Record<string, WirePost>

function relation(source: Person, target: Person) {
  return { created_timestamp: '1772359200123', target: eventUser(target), source: eventUser(source) }
}

const messageUsers = { [alice.id]: messageUser(alice), [bob.id]: messageUser(bob) }

/** One delivery for each kind of event, the first named after its type. */
export const deliveries = {
  tweet_create: { for_user_id: alice.id, user_has_blocked: false, tweet_create_events: [posts.mention] },
  tweet_delete: {
    for_user_id: alice.id,
    tweet_delete_events: [{ status: { id: '5000000000000000001', user_id: alice.id }, timestamp_ms: '1772359200123' }],
  },
  favorite: {
    for_user_id: alice.id,
    favorite_events: [
      {
        id: '0123456789abcdef0123456789abcdef',
        created_at: 'Sun Mar 01 10:00:00 +0000 2026',
        timestamp_ms: 1772359200123,
        favorited_status: alicesPost,
        user: postUser(bob),
      },
    ],
  },
  follow: { for_user_id: alice.id, follow_events: [{ type: 'follow', ...relation(bob, alice) }] },
  unfollow: { for_user_id: alice.id, follow_events: [{ type: 'unfollow', ...relation(alice, bob) }] },
  block: { for_user_id: alice.id, block_events: [{ type: 'block', ...relation(alice, bob) }] },
  unblock: { for_user_id: alice.id, block_events: [{ type: 'unblock', ...relation(alice, bob) }] },
  mute: { for_user_id: alice.id, mute_events: [{ type: 'mute', ...relation(alice, bob) }] },
  unmute: { for_user_id: alice.id, mute_events: [{ type: 'unmute', ...relation(alice, bob) }] },
  user_revoke: {
    user_event: {
      revoke: {
        date_time: '2026-03-01T10:00:00+00:00',
        target: { app_id: '777' },
        source: { user_id: alice.id },
      },
    },
  },
  direct_message: {
    for_user_id: alice.id,
    direct_message_events: [
      {
        type: 'message_create',
        id: '6000000000000000001',
        created_timestamp: '1772359200123',
        message_create: {
          target: { recipient_id: bob.id },
          sender_id: alice.id,
          source_app_id: '777',
          message_data: { text: 'Come and taste them 🍅', entities: entities() },
        },
      },
    ],
    apps: { '777': { id: '777', name: 'Garden Post', url: 'https://garden.example' } },
    users: messageUsers,
  },
  direct_message_indicate_typing: {
    for_user_id: alice.id,
    direct_message_indicate_typing_events: [
      { created_timestamp: '1772359200123', sender_id: bob.id, target: { recipient_id: alice.id } },
    ],
    users: messageUsers,
  },
  direct_message_mark_read: {
    for_user_id: alice.id,
    direct_message_mark_read_events: [
      {
        created_timestamp: '1772359200123',
        sender_id: bob.id,
        target: { recipient_id: alice.id },
        last_read_event_id: '6000000000000000001',
      },
    ],
    users: messageUsers,
  },
  replay_job_status: {
    replay_job_status: {
      webhook_id: '888',
      job_state: 'Complete',
      job_state_description: 'Job completed successfully',
      job_id: '999',
    },
  },
} as const satisfies Record<string, WireDelivery>
