import type { Issue } from '../errors/response-error.ts'
import type { WireApp } from './account-activity/wire/delivery.ts'
import type {
  WireDirectMessage,
  WireDirectMessageRead,
  WireDirectMessageTyping,
} from './account-activity/wire/direct-message.ts'
import type {
  WireBlock,
  WireFavorite,
  WireFollow,
  WireMute,
  WirePostDelete,
  WireReplayJobStatus,
  WireRevoke,
} from './account-activity/wire/events.ts'
import type { WirePost } from './account-activity/wire/post.ts'
import type { WireDirectMessageUser } from './account-activity/wire/user.ts'
import type { EventBase } from './event-base.ts'
import type { FilteredPostEvent } from './filtered-stream/events.ts'
import { type XActivityEvent, xActivityEventTypes } from './x-activity/events.ts'

/**
 * A post was created that concerns the subscribed account.
 *
 * X sends it when the subscribed account posts, replies, quotes or reposts (`direction` is `outgoing`), and when
 * another account mentions it, replies to it, or quotes or reposts one of its posts (`incoming`). X does not send the
 * home timeline of the account, reposts of posts that only mention it, or mentions in protected posts that it cannot
 * see.
 *
 * `classifyPost(event.payload, event.forUserId)` returns which of these it is: a mention is `'mention'`.
 * `fullText(event.payload)` returns the whole text.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface PostCreateEvent extends EventBase<'tweet_create', WirePost> {
  /** The id of the post: digits in a string. */
  readonly postId: string
  /**
   * Whether the subscribed account has blocked the author. X sends it with most posts that mention the account. Absent
   * otherwise.
   */
  readonly userHasBlocked?: boolean
  /** Whether the author has blocked the subscribed account. X documents it for mentions. Absent otherwise. */
  readonly isBlockedBy?: boolean
}

/**
 * The subscribed account deleted one of its posts.
 *
 * X sends it for posts of the subscribed account only, so `direction` is `outgoing`. The content of the post is not
 * part of it.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface PostDeleteEvent extends EventBase<'tweet_delete', WirePostDelete> {
  /** The id of the deleted post: digits in a string. */
  readonly postId: string
}

/**
 * A post was liked.
 *
 * X sends it when the subscribed account likes a post (`direction` is `outgoing`), and when another account likes a
 * post of the subscribed account (`incoming`). X sends no event when a like is removed.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface FavoriteEvent extends EventBase<'favorite', WireFavorite> {
  /** The id of the liked post: digits in a string. The post itself is `payload.favorited_status`. */
  readonly postId: string
  /** The id of the account that likes it: digits in a string. */
  readonly userId: string
}

/** The members that follow, block and mute events share, and those of their opposites. */
export interface RelationEvent<Type extends string, Payload> extends EventBase<Type, Payload> {
  /** The id of the account that acted: digits in a string. Its profile is `payload.source`. */
  readonly sourceId: string
  /** The id of the account that it acted on: digits in a string. Its profile is `payload.target`. */
  readonly targetId: string
}

/**
 * An account followed another one.
 *
 * X sends it when the subscribed account follows an account (`direction` is `outgoing`), and when another account
 * follows the subscribed account (`incoming`).
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface FollowEvent extends RelationEvent<'follow', WireFollow> {}

/**
 * An account unfollowed another one. On the wire it is an element of `follow_events` with the type `unfollow`.
 *
 * X sends it when the subscribed account unfollows an account (`direction` is `outgoing`). X's v2 documentation also
 * names the opposite direction (`incoming`), of which no delivery is known.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface UnfollowEvent extends RelationEvent<'unfollow', WireFollow> {}

/**
 * An account blocked another one.
 *
 * X sends it when the subscribed account blocks an account (`direction` is `outgoing`). X's v2 documentation also names
 * the opposite direction (`incoming`), of which no delivery is known.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface BlockEvent extends RelationEvent<'block', WireBlock> {}

/**
 * An account unblocked another one. On the wire it is an element of `block_events` with the type `unblock`.
 *
 * X sends it when the subscribed account unblocks an account (`direction` is `outgoing`). X's v2 documentation also
 * names the opposite direction (`incoming`), of which no delivery is known.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface UnblockEvent extends RelationEvent<'unblock', WireBlock> {}

/**
 * An account muted another one.
 *
 * X sends it when the subscribed account mutes an account (`direction` is `outgoing`). X's v2 documentation also names
 * the opposite direction (`incoming`), of which no delivery is known.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface MuteEvent extends RelationEvent<'mute', WireMute> {}

/**
 * An account unmuted another one. On the wire it is an element of `mute_events` with the type `unmute`.
 *
 * X sends it when the subscribed account unmutes an account (`direction` is `outgoing`). X's v2 documentation also
 * names the opposite direction (`incoming`), of which no delivery is known.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface UnmuteEvent extends RelationEvent<'unmute', WireMute> {}

/**
 * A user revoked the access of your app.
 *
 * X sends it when the user removes the app from the account. X has already deleted the subscription. Delete the access
 * token of the user, which X no longer accepts. `direction` is `outgoing`. `forUserId` is absent; the account
 * is `userId`.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface UserRevokeEvent extends EventBase<'user_revoke', WireRevoke> {
  /** The id of the user who revoked the access: digits in a string. */
  readonly userId: string
  /** The id of your app: digits in a string. */
  readonly appId: string
}

/** The members that the three events of a direct message conversation share. */
export interface ConversationEvent<Type extends string, Payload> extends EventBase<Type, Payload> {
  /** The id of the account that wrote, types or has read: digits in a string. */
  readonly senderId: string
  /** The id of the other account: digits in a string. */
  readonly recipientId: string
  /** The profile of the sender. Absent when the delivery does not contain it. */
  readonly sender?: WireDirectMessageUser
  /** The profile of the recipient. Absent when the delivery does not contain it. */
  readonly recipient?: WireDirectMessageUser
}

/**
 * A direct message was sent or received.
 *
 * X sends it for the messages that the subscribed account receives (`direction` is `incoming`) and for those that it
 * sends (`outgoing`), including those that your own app sends for it. A bot that answers must check for `incoming`:
 * otherwise it answers its own messages. X does not send messages of group conversations or encrypted messages.
 *
 * The text is `payload.message_create.message_data.text`; `unescapeText` returns it as people read it.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface DirectMessageEvent extends ConversationEvent<'direct_message', WireDirectMessage> {
  /** The id of the message: digits in a string. */
  readonly messageId: string
  /**
   * The app that sent the message. X usually names it only for messages that the subscribed account sent. Absent
   * otherwise.
   */
  readonly app?: WireApp
}

/**
 * Another account is typing a direct message to the subscribed account.
 *
 * X sends it to the recipient only, so `direction` is `incoming`.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface DirectMessageTypingEvent
  extends ConversationEvent<'direct_message_indicate_typing', WireDirectMessageTyping> {}

/**
 * Another account has read the direct messages of the subscribed account.
 *
 * X sends it to the account that wrote the messages only, so `direction` is `incoming`. `payload.last_read_event_id` is
 * the last message that was read.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface DirectMessageReadEvent extends ConversationEvent<'direct_message_mark_read', WireDirectMessageRead> {}

/**
 * A replay job of your app has ended.
 *
 * X sends it to the webhook after the last event of the job. It is not about an account: `forUserId` and `direction`
 * are absent. `payload.job_state` is `Complete`, or `Incomplete` when X could not deliver all events of the job.
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export interface ReplayJobStatusEvent extends EventBase<'replay_job_status', WireReplayJobStatus> {
  /** The id of the job, which `client.replay.create` returned as `jobId`. */
  readonly jobId: string
}

/**
 * Something that this package cannot read as one of the other events.
 *
 * It is an event of a type that this version does not know, an event without the members that its type requires
 * (`issues` says which), or an object that no API of X is known to send. Nothing that X sends is dropped: the content is
 * `payload`.
 */
export interface UnknownEvent extends EventBase<'unknown', unknown> {
  /**
   * The key of the delivery under which it was found, such as `spaces_events`, or the `event_type` of an event of the X
   * Activity API. Absent for other deliveries.
   */
  readonly key?: string
  /** What is wrong with an event whose key is known. Absent when the key is not known. */
  readonly issues?: readonly Issue[]
}

/** Any event of a delivery, whichever API sent it. Its `type` says which, and narrows the type of the event. */
export type ActivityEvent =
  | PostCreateEvent
  | PostDeleteEvent
  | FavoriteEvent
  | FollowEvent
  | UnfollowEvent
  | BlockEvent
  | UnblockEvent
  | MuteEvent
  | UnmuteEvent
  | UserRevokeEvent
  | DirectMessageEvent
  | DirectMessageTypingEvent
  | DirectMessageReadEvent
  | ReplayJobStatusEvent
  | XActivityEvent
  | FilteredPostEvent
  | UnknownEvent

/** All types of events, including `unknown`, in the order of X's documentation. */
export const eventTypes = [
  'tweet_create',
  'tweet_delete',
  'favorite',
  'follow',
  'unfollow',
  'block',
  'unblock',
  'mute',
  'unmute',
  'user_revoke',
  'direct_message',
  'direct_message_indicate_typing',
  'direct_message_mark_read',
  'replay_job_status',
  ...xActivityEventTypes,
  'filtered_post',
  'unknown',
] as const satisfies readonly ActivityEvent['type'][]

/** The type of an event: one of `eventTypes`. */
export type EventType = (typeof eventTypes)[number]

/** The event with a given type: `EventOf<'favorite'>` is `FavoriteEvent`. */
export type EventOf<Type extends EventType> = Extract<ActivityEvent, { type: Type }>

/**
 * Which API of X a delivery comes from, because one URL may receive deliveries of several: `account_activity` is the
 * Account Activity API, `activity` the X Activity API, `filtered_stream` a filtered-stream webhook. `unknown` is any
 * other JSON object.
 */
export type DeliveryFamily = 'account_activity' | 'activity' | 'filtered_stream' | 'unknown'

/** The body of one POST request of X to a webhook, parsed. */
export interface Delivery {
  /** The API of X that the delivery comes from. */
  readonly family: DeliveryFamily
  /**
   * The id of the subscribed account that the delivery is for: digits in a string. Absent when the body does not name
   * one, as in a revocation and in the status of a replay job.
   */
  readonly forUserId?: string
  /** The events in the order of the body. X sends one per delivery; an empty array is possible. */
  readonly events: readonly ActivityEvent[]
  /** The whole body as X sent it. */
  readonly payload: Readonly<Record<string, unknown>>
}
