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

/** Which way an event went: `outgoing` when the subscribed account did it, `incoming` when it was done to them. */
export type Direction = 'outgoing' | 'incoming'

/** What every event has. */
export interface EventBase<Type extends string, Payload> {
  /** What happened: the name that the event's key has on the wire, without `_events`. */
  readonly type: Type
  /**
   * The key to tell duplicates by: the same for every delivery of the same event to the same subscribed account, and
   * for nothing else. Opaque: compare and store it, don't take it apart.
   */
  readonly id: string
  /** The subscribed account that this event is for. */
  readonly forUserId?: string
  /** When it happened, where X says so. */
  readonly occurredAt?: Date
  /** Which way it went, where that can be told. */
  readonly direction?: Direction
  /** The event as it came off the wire, every field in it. */
  readonly payload: Payload
}

/** A post: the subscribed account wrote it, or it mentions, answers, reposts or quotes them; see `classifyPost`. */
export interface PostCreateEvent extends EventBase<'tweet_create', WirePost> {
  readonly postId: string
  /** Whether the subscribed account has blocked the author; there with most posts that mention it. */
  readonly userHasBlocked?: boolean
  /** Whether the author has blocked the subscribed account. */
  readonly isBlockedBy?: boolean
}

/** The subscribed account deleted a post. */
export interface PostDeleteEvent extends EventBase<'tweet_delete', WirePostDelete> {
  readonly postId: string
}

/** The subscribed account liked a post, or one of theirs was liked. */
export interface FavoriteEvent extends EventBase<'favorite', WireFavorite> {
  /** The post that is liked. */
  readonly postId: string
  /** Who likes it. */
  readonly userId: string
}

/** What follow, block and mute events have in common. */
export interface RelationEvent<Type extends string, Payload> extends EventBase<Type, Payload> {
  /** Who did it. */
  readonly sourceId: string
  /** Whom it was done to. */
  readonly targetId: string
}

/** The subscribed account followed someone, or was followed. */
export interface FollowEvent extends RelationEvent<'follow', WireFollow> {}

/** The subscribed account unfollowed someone, or was unfollowed. */
export interface UnfollowEvent extends RelationEvent<'unfollow', WireFollow> {}

/** The subscribed account blocked someone, or was blocked. */
export interface BlockEvent extends RelationEvent<'block', WireBlock> {}

/** The subscribed account unblocked someone, or was unblocked. */
export interface UnblockEvent extends RelationEvent<'unblock', WireBlock> {}

/** The subscribed account muted someone, or was muted. */
export interface MuteEvent extends RelationEvent<'mute', WireMute> {}

/** The subscribed account unmuted someone, or was unmuted. */
export interface UnmuteEvent extends RelationEvent<'unmute', WireMute> {}

/** A user took back the app's permission: their subscription is gone already. It carries no `forUserId`. */
export interface UserRevokeEvent extends EventBase<'user_revoke', WireRevoke> {
  /** Whose subscription is gone. */
  readonly userId: string
  readonly appId: string
}

/** What the three direct message events have in common. */
export interface ConversationEvent<Type extends string, Payload> extends EventBase<Type, Payload> {
  readonly senderId: string
  readonly recipientId: string
  /** The sender's profile, where the delivery holds it. */
  readonly sender?: WireDirectMessageUser
  /** The recipient's profile, where the delivery holds it. */
  readonly recipient?: WireDirectMessageUser
}

/** The subscribed account sent or received a direct message. */
export interface DirectMessageEvent extends ConversationEvent<'direct_message', WireDirectMessage> {
  readonly messageId: string
  /** The app it was sent with, where the delivery holds it. */
  readonly app?: WireApp
}

/** Someone is typing a direct message to the subscribed account. */
export interface DirectMessageTypingEvent
  extends ConversationEvent<'direct_message_indicate_typing', WireDirectMessageTyping> {}

/** Someone read the direct messages of the subscribed account. */
export interface DirectMessageReadEvent extends ConversationEvent<'direct_message_mark_read', WireDirectMessageRead> {}

/** A replay job has ended. It carries no `forUserId`. */
export interface ReplayJobStatusEvent extends EventBase<'replay_job_status', WireReplayJobStatus> {
  readonly jobId: string
}

/** Whatever this version of the package does not know, or knows but found in a form it cannot rely on. */
export interface UnknownEvent extends EventBase<'unknown', unknown> {
  /** What it came under: a key of the delivery such as `spaces_events`, or the `event_type` of another product. */
  readonly key?: string
  /** Why it is here, where its type is known: what is wrong with it. */
  readonly issues?: readonly Issue[]
}

/** Anything that a delivery can hold; `type` tells which, and narrows it. */
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
  | UnknownEvent

/** Every type of event, `unknown` included, in the order of X's documentation. */
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
  'unknown',
] as const satisfies readonly ActivityEvent['type'][]

/** What an event can be. */
export type EventType = (typeof eventTypes)[number]

/** The event of a type: `EventOf<'favorite'>` is `FavoriteEvent`. */
export type EventOf<Type extends EventType> = Extract<ActivityEvent, { type: Type }>

/** Which of X's products a delivery is from; one URL may receive all of them. */
export type DeliveryFamily = 'account_activity' | 'activity' | 'filtered_stream' | 'unknown'

/** One POST to the webhook, taken apart. */
export interface Delivery {
  readonly family: DeliveryFamily
  /** The subscribed account it is for, where the body says so. */
  readonly forUserId?: string
  /** Everything that happened, in the order of the body. */
  readonly events: readonly ActivityEvent[]
  /** The body itself. */
  readonly payload: Readonly<Record<string, unknown>>
}
