import type { EventType } from '../../events/events.ts'
import type { XActivityEventType } from '../../events/x-activity/events.ts'
import {
  blockBody,
  favoriteBody,
  followBody,
  type LikeRecord,
  muteBody,
  postCreateBody,
  postDeleteBody,
  type RelationRecord,
  replayJobStatusBody,
  userRevokeBody,
} from '../../payloads/account-activity/bodies.ts'
import {
  type Conversation,
  type MessageRecord,
  readBody,
  receivedMessageBody,
  sentMessageBody,
  typingBody,
} from '../../payloads/account-activity/message.ts'
import type { PostRecord } from '../../payloads/post-record.ts'
import { type Cast, minutesBefore } from './cast.ts'
import type { DeliveryBody } from './delivery-bodies.ts'
import { incomingMessages, outgoingMessages } from './messages.ts'
import { accountPost, incomingPosts, otherPost, outgoingPosts } from './posts.ts'
import type { BuildersOf } from './variants.ts'

/** The bodies of the Account Activity API, and one of an event that X does not document. */
export const accountActivityBuilders: BuildersOf<Exclude<EventType, XActivityEventType | 'filtered_post'>> = {
  tweet_create: {
    mention: (cast) => createdPost(cast, incomingPosts.mention(cast)),
    reply: (cast) => createdPost(cast, incomingPosts.reply(cast)),
    quote: (cast) => createdPost(cast, incomingPosts.quote(cast)),
    repost: (cast) => createdPost(cast, incomingPosts.repost(cast)),
    media: (cast) => createdPost(cast, incomingPosts.media(cast)),
    video: (cast) => createdPost(cast, incomingPosts.video(cast)),
    long_text: (cast) => createdPost(cast, incomingPosts.long_text(cast)),
    post: (cast) => createdPost(cast, outgoingPosts.post(cast)),
    thread: (cast) => createdPost(cast, outgoingPosts.thread(cast)),
    own_reply: (cast) => createdPost(cast, outgoingPosts.reply(cast)),
    own_quote: (cast) => createdPost(cast, outgoingPosts.quote(cast)),
    own_repost: (cast) => createdPost(cast, outgoingPosts.repost(cast)),
  },
  tweet_delete: (cast) => ({
    for_user_id: cast.account.id,
    ...postDeleteBody({ id: accountPost(cast).id, authorId: cast.account.id }, cast.now),
  }),
  favorite: {
    incoming: (cast) => ({
      for_user_id: cast.account.id,
      ...favoriteBody(newLike(cast, { user: cast.other, post: accountPost(cast) })),
    }),
    outgoing: (cast) => ({
      for_user_id: cast.account.id,
      ...favoriteBody(newLike(cast, { user: cast.account, post: otherPost(cast) })),
    }),
  },
  follow: {
    incoming: (cast) => ({ for_user_id: cast.account.id, ...followBody('follow', incoming(cast)) }),
    outgoing: (cast) => ({ for_user_id: cast.account.id, ...followBody('follow', outgoing(cast)) }),
  },
  unfollow: {
    outgoing: (cast) => ({ for_user_id: cast.account.id, ...followBody('unfollow', outgoing(cast)) }),
    incoming: (cast) => ({ for_user_id: cast.account.id, ...followBody('unfollow', incoming(cast)) }),
  },
  block: {
    outgoing: (cast) => ({ for_user_id: cast.account.id, ...blockBody('block', outgoing(cast)) }),
    incoming: (cast) => ({ for_user_id: cast.account.id, ...blockBody('block', incoming(cast)) }),
  },
  unblock: {
    outgoing: (cast) => ({ for_user_id: cast.account.id, ...blockBody('unblock', outgoing(cast)) }),
    incoming: (cast) => ({ for_user_id: cast.account.id, ...blockBody('unblock', incoming(cast)) }),
  },
  mute: {
    outgoing: (cast) => ({ for_user_id: cast.account.id, ...muteBody('mute', outgoing(cast)) }),
    incoming: (cast) => ({ for_user_id: cast.account.id, ...muteBody('mute', incoming(cast)) }),
  },
  unmute: {
    outgoing: (cast) => ({ for_user_id: cast.account.id, ...muteBody('unmute', outgoing(cast)) }),
    incoming: (cast) => ({ for_user_id: cast.account.id, ...muteBody('unmute', incoming(cast)) }),
  },
  user_revoke: (cast) => userRevokeBody({ at: cast.now, userId: cast.account.id, appId: cast.nextId() }),
  direct_message: {
    incoming: (cast) => received(cast, incomingMessages.text(cast)),
    media: (cast) => received(cast, incomingMessages.media(cast)),
    gif: (cast) => received(cast, incomingMessages.gif(cast)),
    location: (cast) => received(cast, incomingMessages.location(cast)),
    quick_reply_response: (cast) => received(cast, incomingMessages.quick_reply_response(cast)),
    outgoing: (cast) => sent(cast, outgoingMessages.text(cast)),
    quick_reply: (cast) => sent(cast, outgoingMessages.quick_reply(cast)),
    buttons: (cast) => sent(cast, outgoingMessages.buttons(cast)),
  },
  direct_message_indicate_typing: (cast) => ({
    for_user_id: cast.account.id,
    ...typingBody(conversationOf(cast), cast.now),
  }),
  direct_message_mark_read: (cast) => ({
    for_user_id: cast.account.id,
    ...readBody(conversationOf(cast), lastRead(cast)),
  }),
  replay_job_status: {
    complete: (cast) => replayJobStatusBody({ webhookId: cast.nextId(), jobId: cast.nextId(), isComplete: true }),
    incomplete: (cast) => replayJobStatusBody({ webhookId: cast.nextId(), jobId: cast.nextId(), isComplete: false }),
  },
  unknown: (cast) => ({
    for_user_id: cast.account.id,
    undocumented_events: [{ id: cast.nextId(), created_timestamp: String(cast.now) }],
  }),
}

/** X says whether the author is blocked when another user mentions the account. */
function createdPost({ account }: Cast, post: PostRecord): DeliveryBody<'tweet_create'> {
  const mentions = post.reposts ? [] : post.entities.user_mentions
  const isMentioned = post.author.id !== account.id && mentions.some(({ id_str }) => id_str === account.id)
  return {
    for_user_id: account.id,
    ...(isMentioned && { user_has_blocked: false }),
    ...postCreateBody(post),
  }
}

/** A like that happens now. */
export function newLike({ hex, now }: Cast, like: Pick<LikeRecord, 'user' | 'post'>): LikeRecord {
  return { id: hex(32), at: now, ...like }
}

/** Another user does something to the account. */
export function incoming({ now, account, other }: Cast): RelationRecord {
  return { at: now, source: other, target: account }
}

/** The account does something to another user. */
export function outgoing({ now, account, other }: Cast): RelationRecord {
  return { at: now, source: account, target: other }
}

function received({ account }: Cast, message: MessageRecord): DeliveryBody<'direct_message'> {
  return { for_user_id: account.id, ...receivedMessageBody(message) }
}

function sent({ account }: Cast, message: MessageRecord): DeliveryBody<'direct_message'> {
  return { for_user_id: account.id, ...sentMessageBody(message) }
}

/** A conversation in which the other user acts. */
export function conversationOf({ account, other }: Cast): Conversation {
  return { sender: other, recipient: account }
}

/** The last message that the other user has read: the account sent it some minutes ago. */
export function lastRead(cast: Cast): { at: number; lastId: string } {
  return { at: cast.now, lastId: cast.nextId(minutesBefore(cast, 5)) }
}
