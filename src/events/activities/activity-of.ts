import { assertObject } from '../../internal/assert.ts'
import type { ActivityEvent, ConversationEvent, EventOf, RelationEvent } from '../events.ts'
import { joinIdParts } from '../read/event-id.ts'
import { isJsonObject } from '../read/json-object.ts'
import { unescapeText } from '../unescape-text.ts'
import type { XConversationEvent, XRelationEvent, XRelationEventType } from '../x-activity/events.ts'
import type { Activity, ActivityKind, ActivityOf, Person, RelationActivity } from './activity.ts'
import { readMedia } from './media.ts'
import { findPerson, personOf, textOf } from './person.ts'
import { type PostContent, readPost, readXPost } from './read-post.ts'

/**
 * Turns an event of the Account Activity API or of the X Activity API into an activity: one form for both, so that one
 * handler serves both.
 *
 * `kind` comes from what happened, not from the name of the event: a reply that names the account, for which the X
 * Activity API sends two events, is a `reply` with the same `key` twice. `event` is the event itself, with everything that
 * the activity leaves out.
 *
 * @returns `undefined` for events that have no counterpart in the other API: profiles, Spaces, broadcasts, encrypted
 *   chats, news, filtered posts, replay jobs and unknown events. Also for an event without an account or an author.
 *
 * @example
 * import { activityOf, parseDelivery } from 'x-account-activity/events'
 *
 * const body = '{"data":{"event_type":"post.create","filter":{"user_id":"1"},"payload":{"id":"2","author_id":"1","text":"a &lt; b"}}}'
 * for (const event of parseDelivery(body).events) {
 *   const activity = activityOf(event)
 *   if (activity?.kind === 'post') console.log(activity.text, activity.url)
 * }
 * // a < b https://x.com/i/status/2
 */
export function activityOf(event: ActivityEvent): Activity | undefined {
  assertObject(event, 'event')
  switch (event.type) {
    case 'tweet_create':
      return toPost(event, readPost(event))
    case 'post.create':
    case 'post.mention.create':
    case 'post.reply.create':
    case 'post.quote.create':
    case 'post.repost.create':
      return toPost(event, readXPost(event))
    case 'tweet_delete':
      return toPostDelete(event, event.payload.status.user_id)
    case 'post.delete':
      return toPostDelete(event, event.payload.author_id)
    case 'favorite':
      return toLike(event, personOf(event.payload.favorited_status.user), personOf(event.payload.user, event.userId))
    case 'like.create':
      return toXLike(event)
    case 'follow':
    case 'unfollow':
    case 'block':
    case 'unblock':
    case 'mute':
    case 'unmute':
      return toRelation(event.type, event, event.payload)
    case 'follow.follow':
      return toRelation('follow', event, event)
    case 'follow.unfollow':
      return toRelation('unfollow', event, event)
    case 'block.block':
      return toRelation('block', event, event)
    case 'block.unblock':
      return toRelation('unblock', event, event)
    case 'mute.mute':
      return toRelation('mute', event, event)
    case 'mute.unmute':
      return toRelation('unmute', event, event)
    case 'direct_message':
      return toMessage(event, event.payload.message_create.message_data)
    case 'dm.received':
    case 'dm.sent':
      return toMessage(event, event.message.message_create.message_data)
    case 'direct_message_indicate_typing':
    case 'dm.indicate_typing':
      return withAccount(event, (accountId) => ({ ...base('typing', event, accountId), ...personsOf(event) }))
    case 'direct_message_mark_read':
      return toRead(event, textOf(event.payload.last_read_event_id))
    case 'dm.read':
      return toRead(event, event.lastReadMessageId)
    case 'user_revoke':
    case 'oauth.revoke':
      return toRevoke(event)
    default:
      return undefined
  }
}

/** The members that every activity has. */
function base<Kind extends ActivityKind>(kind: Kind, event: ActivityEvent, accountId: string, key?: string) {
  const { occurredAt, direction } = event
  return {
    kind,
    key: key ?? eventKey(kind, event),
    accountId,
    ...(direction !== undefined && { direction }),
    ...(occurredAt !== undefined && { occurredAt }),
    api: 'filter' in event ? ('activity' as const) : ('account_activity' as const),
    event,
  }
}

/** The key of what has the same id in both APIs. */
function sharedKey(kind: ActivityKind, ...ids: readonly string[]): string {
  return joinIdParts('activity', kind, ...ids)
}

/**
 * The key of what has nothing that both APIs send. Two subscriptions of the X Activity API whose filters differ in the
 * direction send one act twice, with the same `event_uuid`: that is one activity.
 */
function eventKey(kind: ActivityKind, event: ActivityEvent): string {
  if (!('eventUuid' in event) || event.eventUuid === undefined) return sharedKey(kind, event.id)
  return sharedKey(kind, event.forUserId ?? '', event.eventUuid)
}

function withAccount<A>({ forUserId }: ActivityEvent, create: (accountId: string) => A): A | undefined {
  return forUserId === undefined ? undefined : create(forUserId)
}

function toPost(event: ActivityEvent, post: PostContent | undefined): Activity | undefined {
  if (post === undefined) return undefined
  return withAccount(event, (accountId) => {
    const { kind, ...content } = post
    // The kind is not part of the key: X describes one post differently in two events.
    return { ...base(kind, event, accountId, sharedKey('post', accountId, post.postId)), ...content } as Activity
  })
}

function toPostDelete(event: EventOf<'tweet_delete' | 'post.delete'>, author: string | undefined) {
  const { postId } = event
  return withAccount(event, (accountId): ActivityOf<'post_delete'> => {
    const key = sharedKey('post_delete', accountId, postId)
    return { ...base('post_delete', event, accountId, key), postId, authorId: textOf(author) ?? accountId }
  })
}

function toLike(
  event: EventOf<'favorite' | 'like.create'>,
  postAuthor: Person | undefined,
  liker: Person | undefined,
): Activity | undefined {
  const likeId = textOf(event.payload.id)
  return withAccount(event, (accountId): ActivityOf<'like'> => {
    // Both APIs send an id of 32 hexadecimal digits. That it is the same id is not proven.
    const key = likeId === undefined ? undefined : sharedKey('like', accountId, likeId)
    return {
      ...base('like', event, accountId, key),
      postId: event.postId,
      ...(postAuthor !== undefined && { postAuthor }),
      ...(liker !== undefined && { liker }),
    }
  })
}

function toXLike(event: EventOf<'like.create'>): Activity | undefined {
  const { authorId, userId, includes } = event
  const personWith = (id: string | undefined) => (id === undefined ? undefined : findPerson(includes?.users, id))
  return toLike(event, personWith(authorId), personWith(userId))
}

type AnyRelationEvent = RelationEvent<string, unknown> | XRelationEvent<XRelationEventType>

function toRelation<
  Kind extends RelationActivity<'follow' | 'unfollow' | 'block' | 'unblock' | 'mute' | 'unmute'>['kind'],
>(
  kind: Kind,
  event: ActivityEvent & AnyRelationEvent,
  users: { readonly source: unknown; readonly target: unknown },
): Activity | undefined {
  const source = personOf(users.source, event.sourceId)
  const target = personOf(users.target, event.targetId)
  if (source === undefined || target === undefined) return undefined
  return withAccount(event, (accountId) => ({ ...base(kind, event, accountId), source, target }) as Activity)
}

type AnyConversationEvent = ConversationEvent<string, unknown> | XConversationEvent<string, unknown>

function personsOf({ senderId, recipientId, sender, recipient }: AnyConversationEvent) {
  return {
    sender: personOf(sender, senderId) ?? { id: senderId },
    recipient: personOf(recipient, recipientId) ?? { id: recipientId },
  }
}

function toMessage(event: EventOf<'direct_message' | 'dm.received' | 'dm.sent'>, data: unknown): Activity | undefined {
  const { messageId } = event
  const { text, attachment } = isJsonObject(data) ? data : {}
  return withAccount(
    event,
    (accountId): ActivityOf<'message'> => ({
      ...base('message', event, accountId, sharedKey('message', accountId, messageId)),
      messageId,
      text: unescapeText(textOf(text) ?? ''),
      ...personsOf(event),
      media: isJsonObject(attachment) ? readMedia([attachment.media]) : [],
    }),
  )
}

function toRead(event: EventOf<'direct_message_mark_read' | 'dm.read'>, lastReadMessageId: string | undefined) {
  return withAccount(
    event,
    (accountId): ActivityOf<'read'> => ({
      ...base('read', event, accountId),
      ...personsOf(event),
      ...(lastReadMessageId !== undefined && { lastReadMessageId }),
    }),
  )
}

/** Only the time distinguishes a revocation from the next one of the same user. */
function toRevoke(event: EventOf<'user_revoke' | 'oauth.revoke'>): ActivityOf<'revoke'> {
  const { userId, appId, occurredAt } = event
  const key = occurredAt && sharedKey('revoke', userId, appId, String(occurredAt.getTime()))
  return { ...base('revoke', event, userId, key), userId, appId }
}
