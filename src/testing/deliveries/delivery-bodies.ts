import type { WireApp } from '../../events/account-activity/wire/delivery.ts'
import type {
  WireDirectMessage,
  WireDirectMessageRead,
  WireDirectMessageTyping,
} from '../../events/account-activity/wire/direct-message.ts'
import type {
  WireBlock,
  WireFavorite,
  WireFollow,
  WireMute,
  WirePostDelete,
  WireReplayJobStatus,
  WireRevoke,
} from '../../events/account-activity/wire/events.ts'
import type { WireDirectMessageUser } from '../../events/account-activity/wire/user.ts'
import type { EventOf, EventType } from '../../events/events.ts'
import type { WireMatchingRule } from '../../events/filtered-stream/events.ts'
import type { XActivityEventType } from '../../events/x-activity/events.ts'
import type { WireActivityFilter, XActivityIncludes } from '../../events/x-activity/wire/envelope.ts'
import type {
  WireV2DirectMessageRead,
  WireV2DirectMessages,
  WireV2DirectMessageTyping,
} from '../../events/x-activity/wire/payloads.ts'
import type { WireV2Post } from '../../events/x-activity/wire/post.ts'
import type { WireV2User, WireWrappedUser } from '../../events/x-activity/wire/user.ts'
import type { PostPayload } from '../../payloads/account-activity/post.ts'

/** An array that has at least one element. */
export type NonEmptyArray<T> = readonly [T, ...T[]]

/** The member that all bodies for one account have. */
export interface AccountBody {
  /** The id of the subscribed account: digits in a string. */
  readonly for_user_id: string
}

/** The body of a post that was created. */
export interface PostCreateBody extends AccountBody {
  /** Whether the subscribed account has blocked the author. Present in posts that mention the account. */
  readonly user_has_blocked?: boolean
  /** The post. */
  readonly tweet_create_events: NonEmptyArray<PostPayload>
}

/** The body of a post that was deleted. */
export interface PostDeleteBody extends AccountBody {
  /** The deleted post. */
  readonly tweet_delete_events: NonEmptyArray<WirePostDelete>
}

/** The body of a like. */
export interface FavoriteBody extends AccountBody {
  /** The like. */
  readonly favorite_events: NonEmptyArray<WireFavorite>
}

/** The body of a follow, or of the end of one. */
export interface FollowBody extends AccountBody {
  /** The follow. Its `type` says whether it begins or ends. */
  readonly follow_events: NonEmptyArray<WireFollow>
}

/** The body of a block, or of the end of one. */
export interface BlockBody extends AccountBody {
  /** The block. Its `type` says whether it begins or ends. */
  readonly block_events: NonEmptyArray<WireBlock>
}

/** The body of a mute, or of the end of one. */
export interface MuteBody extends AccountBody {
  /** The mute. Its `type` says whether it begins or ends. */
  readonly mute_events: NonEmptyArray<WireMute>
}

/** The body of a user who revoked the access of the app. */
export interface UserRevokeBody {
  /** The revocation. */
  readonly user_event: {
    /** Who revoked the access of which app. */
    readonly revoke: WireRevoke
  }
}

/** The body of a direct message. */
export interface DirectMessageBody extends AccountBody {
  /** The message. */
  readonly direct_message_events: NonEmptyArray<WireDirectMessage>
  /** The app that sent the message, by its id. Present in messages that the subscribed account sent. */
  readonly apps?: { readonly [appId: string]: WireApp }
  /** The sender and the recipient, by their ids. */
  readonly users: { readonly [userId: string]: WireDirectMessageUser }
}

/** The body of another account that is typing. */
export interface DirectMessageTypingBody extends AccountBody {
  /** Who is typing. */
  readonly direct_message_indicate_typing_events: NonEmptyArray<WireDirectMessageTyping>
  /** The two users, by their ids. */
  readonly users: { readonly [userId: string]: WireDirectMessageUser }
}

/** The body of another account that has read messages. */
export interface DirectMessageReadBody extends AccountBody {
  /** Which messages were read. */
  readonly direct_message_mark_read_events: NonEmptyArray<WireDirectMessageRead>
  /** The two users, by their ids. */
  readonly users: { readonly [userId: string]: WireDirectMessageUser }
}

/** The body of the end of a replay job. */
export interface ReplayJobStatusBody {
  /** The job. */
  readonly replay_job_status: WireReplayJobStatus
}

/** The body of an event of the X Activity API. */
export interface XActivityBody<Type extends XActivityEventType> {
  /** The event. */
  readonly data: {
    /** X's id of the event: a post id, or a signed number of 64 bits. It is not a UUID. */
    readonly event_uuid: string
    /** The filter of the subscription: `user_id` of the account, or `keyword` for news. Empty for `oauth.revoke`. */
    readonly filter: WireActivityFilter
    /** The type of the event. */
    readonly event_type: Type
    /** The tag of the subscription. Absent for `oauth.revoke`. */
    readonly tag?: string
    /** What happened. */
    readonly payload: XActivityPayload<Type>
    /** The users and posts that the payload refers to. Absent for types without any. */
    readonly includes?: WireIncludes
  }
}

/** The payload of an event of the X Activity API. A list of messages has at least one element. */
export type XActivityPayload<Type extends XActivityEventType> = Type extends 'dm.received' | 'dm.sent'
  ? WireV2DirectMessages & { readonly direct_message_events: NonEmptyArray<WireDirectMessage> }
  : Type extends 'dm.read'
    ? WireV2DirectMessageRead & {
        readonly direct_message_mark_read_events: NonEmptyArray<WireDirectMessageRead>
      }
    : Type extends 'dm.indicate_typing'
      ? WireV2DirectMessageTyping & {
          readonly direct_message_indicate_typing_events: NonEmptyArray<WireDirectMessageTyping>
        }
      : EventOf<Type>['payload']

/** The objects that an event of the X Activity API includes, as X sends them. */
export interface WireIncludes extends Omit<XActivityIncludes, 'users'> {
  /** The users. Those of `post.delete` are objects of their own, in a member `data`. */
  readonly users?: readonly (WireV2User | WireWrappedUser)[]
}

/** The body of a post that matches rules of a filtered stream. */
export interface FilteredPostBody {
  /** The post, with the fields that the link of the webhook asks for. */
  readonly data: WireV2Post
  /** The author, the referenced posts and the media. */
  readonly includes?: XActivityIncludes
  /** The rules that the post matches. */
  readonly matching_rules: NonEmptyArray<WireMatchingRule>
}

/** The body of an event of a type that X does not document. */
export interface UnknownBody extends AccountBody {
  /** The event. */
  readonly undocumented_events: NonEmptyArray<{
    /** The id of the event: digits in a string. */
    readonly id: string
    /** When it happened: milliseconds since 1970, in a string. */
    readonly created_timestamp: string
  }>
}

/** The bodies of the events that do not belong to the X Activity API, by their types. */
export interface OtherBodies {
  /** A post was created. */
  readonly tweet_create: PostCreateBody
  /** A post was deleted. */
  readonly tweet_delete: PostDeleteBody
  /** A post was liked. */
  readonly favorite: FavoriteBody
  /** A user followed another one. */
  readonly follow: FollowBody
  /** A user unfollowed another one. */
  readonly unfollow: FollowBody
  /** A user blocked another one. */
  readonly block: BlockBody
  /** A user unblocked another one. */
  readonly unblock: BlockBody
  /** A user muted another one. */
  readonly mute: MuteBody
  /** A user unmuted another one. */
  readonly unmute: MuteBody
  /** A user revoked the access of the app. */
  readonly user_revoke: UserRevokeBody
  /** A direct message was sent or received. */
  readonly direct_message: DirectMessageBody
  /** Another account is typing a direct message. */
  readonly direct_message_indicate_typing: DirectMessageTypingBody
  /** Another account has read direct messages. */
  readonly direct_message_mark_read: DirectMessageReadBody
  /** A replay job has ended. */
  readonly replay_job_status: ReplayJobStatusBody
  /** A post matches rules of a filtered stream. */
  readonly filtered_post: FilteredPostBody
  /** An event of a type that X does not document. */
  readonly unknown: UnknownBody
}

/** The body of a delivery with one event of a type, as X sends it: what `buildDelivery(type)` returns. */
export type DeliveryBody<Type extends EventType> = Type extends XActivityEventType
  ? XActivityBody<Type>
  : Type extends keyof OtherBodies
    ? OtherBodies[Type]
    : never
