import type { Direction } from '../event-base.ts'
import type { XActivityEventType } from './events.ts'
import { directionBy, type PayloadReading, type XActivityFacts } from './facts.ts'
import { findUser } from './includes.ts'

type PayloadReader = (reading: PayloadReading) => XActivityFacts

/** How the payload of each type is read. */
export const payloadReaders: Readonly<Record<XActivityEventType, PayloadReader>> = {
  'post.create': ownPost,
  'post.mention.create': othersPost,
  'post.reply.create': othersPost,
  'post.quote.create': othersPost,
  'post.repost.create': othersPost,
  'post.delete': (reading) => {
    const postId = reading.require('id')
    return { members: { postId }, direction: 'outgoing', identity: [postId] }
  },
  'like.create': like,
  'follow.follow': relation,
  'follow.unfollow': relation,
  'block.block': relation,
  'block.unblock': relation,
  'mute.mute': relation,
  'mute.unmute': relation,
  'subscriptions.subscribe': relation,
  'subscriptions.unsubscribe': relation,
  'dm.received': (reading) => message(reading, 'incoming'),
  'dm.sent': (reading) => message(reading, 'outgoing'),
  'dm.read': (reading) => {
    const lastReadMessageId = reading.find('last_read_event_id')
    const read = conversation(reading, [lastReadMessageId ?? ''])
    return lastReadMessageId === undefined ? read : { ...read, members: { ...read.members, lastReadMessageId } }
  },
  'dm.indicate_typing': (reading) => conversation(reading, []),
  'chat.received': (reading) => chat(reading, 'incoming'),
  'chat.sent': (reading) => chat(reading, 'outgoing'),
  'chat.conversation.join': chat,
  'chat.conversation.member_added': chat,
  'chat.conversation.member_removed': chat,
  'chat.conversation.admin_added': chat,
  'chat.conversation.admin_removed': chat,
  'chat.update.group_name': chat,
  'chat.update.restrictions': chat,
  'profile.update.bio': profile,
  'profile.update.profile_picture': profile,
  'profile.update.banner_picture': profile,
  'profile.update.screenname': profile,
  'profile.update.geo': profile,
  'profile.update.url': profile,
  'profile.update.handle': profile,
  'profile.update.verified_badge': profile,
  'profile.update.affiliate_badge': profile,
  'spaces.start': broadcast,
  'spaces.end': broadcast,
  'broadcast.start': broadcast,
  'broadcast.end': broadcast,
  'broadcast.chat': (reading) => {
    const broadcastId = reading.require('broadcast_id')
    const messageId = reading.require('message_id')
    const author = reading.find('author', 'data', 'id') ?? reading.find('author', 'id')
    const direction = directionBy(author, reading.accountId)
    return { members: { broadcastId, messageId }, direction, identity: [messageId] }
  },
  'broadcast.chat.remove': () => ({ members: {}, identity: [undefined] }),
  'news.new': (reading) => ({ members: {}, time: reading.member('updated_at'), identity: [reading.find('id')] }),
  'oauth.revoke': (reading) => {
    const userId = reading.require('user_id')
    const appId = reading.require('app_id')
    const time = reading.member('date_time')
    return { members: { userId, appId }, direction: 'outgoing', time, identity: [userId, appId, textOf(time)] }
  },
}

function ownPost(reading: PayloadReading): XActivityFacts {
  return post(reading, 'outgoing')
}

function othersPost(reading: PayloadReading): XActivityFacts {
  return post(reading, directionBy(reading.find('author_id'), reading.accountId) ?? 'incoming')
}

function post(reading: PayloadReading, direction: Direction): XActivityFacts {
  const postId = reading.require('id')
  return { members: { postId }, direction, time: reading.member('created_at'), identity: [postId] }
}

function like(reading: PayloadReading): XActivityFacts {
  const { accountId } = reading
  const postId = reading.find('liked_post_id') ?? reading.require('liked_tweet_id')
  const authorId = likedAuthorMembers.map((key) => reading.find(key)).find((id) => id !== undefined)
  const direction = likeDirection(reading, authorId)
  const userId = direction === 'outgoing' ? accountId : findLiker(reading, authorId)
  return {
    members: { postId, ...(authorId !== undefined && { authorId }), ...(userId !== undefined && { userId }) },
    direction,
    time: reading.member('timestamp_ms') ?? reading.member('created_at'),
    identity: [reading.find('id')],
  }
}

/** Where X names the author of the liked post: in deliveries, in its schema, and both after the rename of `tweet` to `post`. */
const likedAuthorMembers = ['liked_post_author_id', 'post_author_id', 'liked_tweet_author_id', 'tweet_author_id']

/** Without a direction in the filter, the author of the liked post decides: a like of one's own post is `incoming`. */
function likeDirection(reading: PayloadReading, authorId: string | undefined): Direction | undefined {
  if (reading.filterDirection === 'outbound') return 'outgoing'
  if (reading.filterDirection === 'inbound') return 'incoming'
  const byOthers = directionBy(authorId, reading.accountId)
  return byOthers === undefined ? undefined : byOthers === 'outgoing' ? 'incoming' : 'outgoing'
}

/** X does not name the one who likes a post: it is inferred to be the only other user that the event contains. */
function findLiker({ includes }: PayloadReading, authorId: string | undefined): string | undefined {
  const [other, ...more] = includes?.users?.filter(({ id }) => id !== authorId) ?? []
  return more.length === 0 ? other?.id : undefined
}

function relation(reading: PayloadReading): XActivityFacts {
  const { id: sourceId, user: source } = reading.requireUser('source')
  const { id: targetId, user: target } = reading.requireUser('target')
  const direction = directionBy(sourceId, reading.accountId)
  return { members: { sourceId, targetId, source, target }, direction, identity: [sourceId, targetId] }
}

function message(reading: PayloadReading, direction: Direction): XActivityFacts {
  const messageId = reading.require('id')
  const senderId = reading.require('message_create', 'sender_id')
  const recipientId = reading.require('message_create', 'target', 'recipient_id')
  return {
    members: { senderId, recipientId, ...profiles(reading, senderId, recipientId), messageId, message: reading.item },
    direction: directionBy(senderId, reading.accountId) ?? direction,
    time: reading.member('created_timestamp'),
    identity: [messageId],
  }
}

function conversation(reading: PayloadReading, identity: readonly string[]): XActivityFacts {
  const senderId = reading.require('sender_id')
  const recipientId = reading.require('target', 'recipient_id')
  const time = reading.member('created_timestamp')
  return {
    members: { senderId, recipientId, ...profiles(reading, senderId, recipientId) },
    direction: directionBy(senderId, reading.accountId),
    time,
    identity: [senderId, recipientId, ...identity, textOf(time)],
  }
}

function profiles({ payload }: PayloadReading, senderId: string, recipientId: string) {
  const sender = findUser(payload.users, senderId)
  const recipient = findUser(payload.users, recipientId)
  return { ...(sender && { sender }), ...(recipient && { recipient }) }
}

function chat(reading: PayloadReading, direction?: Direction): XActivityFacts {
  const conversationId = reading.find('conversation_id')
  const senderId = reading.find('sender_id')
  const messageId = reading.find('id')
  return {
    members: {
      ...(conversationId !== undefined && { conversationId }),
      ...(senderId !== undefined && { senderId }),
      ...(messageId !== undefined && { messageId }),
    },
    direction: directionBy(senderId, reading.accountId) ?? direction,
    time: reading.member('created_at_msec'),
    identity: [messageId],
  }
}

function profile(reading: PayloadReading): XActivityFacts {
  const change = ['before', 'after'].map((key) => textOf(reading.member(key)) ?? '')
  return { members: {}, direction: 'outgoing', identity: change }
}

function broadcast(reading: PayloadReading): XActivityFacts {
  const broadcastId = reading.require('broadcast_id')
  const time = reading.member('event_timestamp_ms_str') ?? reading.member('event_timestamp_ms')
  return { members: { broadcastId }, direction: 'outgoing', time, identity: [broadcastId] }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The lists that some payloads hold: each element is an event of its own. */
const lists: Readonly<Partial<Record<XActivityEventType, string>>> = {
  'dm.received': 'direct_message_events',
  'dm.sent': 'direct_message_events',
  'dm.read': 'direct_message_mark_read_events',
  'dm.indicate_typing': 'direct_message_indicate_typing_events',
}

/** The key of the list that the payload of a type holds, if it holds one. */
export function listKeyOf(type: XActivityEventType): string | undefined {
  return lists[type]
}
