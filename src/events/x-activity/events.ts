import type { WireDirectMessage } from '../account-activity/wire/direct-message.ts'
import type { EventBase } from '../event-base.ts'
import type { WireActivityFilter, XActivityIncludes } from './wire/envelope.ts'
import type {
  WireBroadcast,
  WireBroadcastChat,
  WireChat,
  WireNews,
  WireOAuthRevoke,
  WireProfileUpdate,
  WireSpace,
  WireV2DirectMessageRead,
  WireV2DirectMessages,
  WireV2DirectMessageTyping,
  WireV2Like,
  WireV2PostDelete,
  WireV2Relation,
} from './wire/payloads.ts'
import type { WireV2Post } from './wire/post.ts'
import type { WireV2User } from './wire/user.ts'

/** All types of events of the X Activity API, as X names them. */
export const xActivityEventTypes = [
  'post.create',
  'post.mention.create',
  'post.reply.create',
  'post.quote.create',
  'post.repost.create',
  'post.delete',
  'like.create',
  'follow.follow',
  'follow.unfollow',
  'block.block',
  'block.unblock',
  'mute.mute',
  'mute.unmute',
  'subscriptions.subscribe',
  'subscriptions.unsubscribe',
  'dm.received',
  'dm.sent',
  'dm.read',
  'dm.indicate_typing',
  'chat.received',
  'chat.sent',
  'chat.conversation.join',
  'chat.conversation.member_added',
  'chat.conversation.member_removed',
  'chat.conversation.admin_added',
  'chat.conversation.admin_removed',
  'chat.update.group_name',
  'chat.update.restrictions',
  'profile.update.bio',
  'profile.update.profile_picture',
  'profile.update.banner_picture',
  'profile.update.screenname',
  'profile.update.geo',
  'profile.update.url',
  'profile.update.handle',
  'profile.update.verified_badge',
  'profile.update.affiliate_badge',
  'spaces.start',
  'spaces.end',
  'broadcast.start',
  'broadcast.end',
  'broadcast.chat',
  'broadcast.chat.remove',
  'news.new',
  'oauth.revoke',
] as const

/** A type of event of the X Activity API, as X names it. */
export type XActivityEventType = (typeof xActivityEventTypes)[number]

/** The types of the events about a post that was created. */
export type XPostEventType = Extract<XActivityEventType, 'post.create' | `post.${string}.create`>

/** The types of the events about two users. */
export type XRelationEventType = Extract<
  XActivityEventType,
  `${'follow' | 'block' | 'mute' | 'subscriptions'}.${string}`
>

/** The types of the events about a profile. */
export type XProfileEventType = Extract<XActivityEventType, `profile.${string}`>

/** The types of the events about encrypted conversations. */
export type XChatEventType = Extract<XActivityEventType, `chat.${string}`>

/** The members that every event of the X Activity API has. */
export interface XActivityEventBase<Type extends string, Payload> extends EventBase<Type, Payload> {
  /**
   * X's `event_uuid`. It is not a UUID, and not unique: two subscriptions that one act concerns share it. To detect
   * duplicates, use `id`. Absent when X sent none: then the next follow of the same two accounts, or the same change of a
   * profile, has the same `id`, so do not take it for a duplicate.
   */
  readonly eventUuid?: string
  /**
   * The filter of the subscription that the event comes from. Its `user_id` is `forUserId`. Empty when X sent none, as in
   * `oauth.revoke`.
   */
  readonly filter: WireActivityFilter
  /** The tag of the subscription that the event comes from. Absent when it has none. */
  readonly tag?: string
  /** The users and posts that the payload refers to. Absent when X sent none. */
  readonly includes?: XActivityIncludes
  /** `true` when the event comes from a replay job. Absent otherwise. */
  readonly isReplay?: boolean
}

/** A post was created that concerns the account. */
export interface XPostEvent<Type extends XPostEventType> extends XActivityEventBase<Type, WireV2Post> {
  /** The id of the post: digits in a string. */
  readonly postId: string
}

/** The account deleted one of its posts. */
export interface XPostDeleteEvent extends XActivityEventBase<'post.delete', WireV2PostDelete> {
  /** The id of the deleted post: digits in a string. */
  readonly postId: string
}

/** The account liked a post (`direction` is `outgoing`), or one of its posts was liked (`incoming`). */
export interface XLikeEvent extends XActivityEventBase<'like.create', WireV2Like> {
  /** The id of the liked post: digits in a string. */
  readonly postId: string
  /** The id of the author of the liked post: digits in a string. Absent when X does not name it. */
  readonly authorId?: string
  /**
   * The id of the account that likes it: digits in a string. X's payload does not name it. It is the account itself when
   * `direction` is `outgoing`. Otherwise it is inferred: the only other user in `includes`. Absent when there is none.
   */
  readonly userId?: string
}

/** One user did something to another one. */
export interface XRelationEvent<Type extends XRelationEventType> extends XActivityEventBase<Type, WireV2Relation> {
  /** The id of the account that acted: digits in a string. */
  readonly sourceId: string
  /** The id of the account that it acted on: digits in a string. */
  readonly targetId: string
  /** The profile of the account that acted. */
  readonly source: WireV2User
  /** The profile of the account that it acted on. */
  readonly target: WireV2User
}

/** The account changed its profile. */
export interface XProfileEvent<Type extends XProfileEventType> extends XActivityEventBase<Type, WireProfileUpdate> {}

/** The members that the events of unencrypted direct messages share. */
export interface XConversationEvent<Type extends string, Payload> extends XActivityEventBase<Type, Payload> {
  /** The id of the account that wrote, types or has read: digits in a string. */
  readonly senderId: string
  /** The id of the other account: digits in a string. */
  readonly recipientId: string
  /** The profile of the sender. Absent when X did not send it. */
  readonly sender?: WireV2User
  /** The profile of the recipient. Absent when X did not send it. */
  readonly recipient?: WireV2User
}

/** The account received (`dm.received`) or sent (`dm.sent`) a direct message that is not encrypted. */
export interface XDirectMessageEvent<Type extends 'dm.received' | 'dm.sent'>
  extends XConversationEvent<Type, WireV2DirectMessages> {
  /** The id of the message: digits in a string. */
  readonly messageId: string
  /** The message, which `payload` contains in a list. */
  readonly message: WireDirectMessage
}

/** A user has read direct messages. The form is inferred: no delivery is known. */
export interface XDirectMessageReadEvent extends XConversationEvent<'dm.read', WireV2DirectMessageRead> {
  /** The id of the last message that was read: digits in a string. Absent when X did not send it. */
  readonly lastReadMessageId?: string
}

/** A user is typing a direct message. The form is inferred: no delivery is known. */
export interface XDirectMessageTypingEvent
  extends XConversationEvent<'dm.indicate_typing', WireV2DirectMessageTyping> {}

/** An encrypted message, or a change of an encrypted conversation. No delivery of the latter is known. */
export interface XChatEvent<Type extends XChatEventType> extends XActivityEventBase<Type, WireChat> {
  /** The id of the conversation. Absent when X did not send it. */
  readonly conversationId?: string
  /** The id of the account that acted: digits in a string. Absent when X did not send it. */
  readonly senderId?: string
  /** The id of the message: a UUID. Absent when X did not send it. */
  readonly messageId?: string
}

/** The account began or ended a Space. */
export interface XSpaceEvent<Type extends 'spaces.start' | 'spaces.end'> extends XActivityEventBase<Type, WireSpace> {
  /** The id of the Space: letters and digits. */
  readonly broadcastId: string
}

/** The account began or ended a live video. */
export interface XBroadcastEvent<Type extends 'broadcast.start' | 'broadcast.end'>
  extends XActivityEventBase<Type, WireBroadcast> {
  /** The id of the broadcast: letters and digits. */
  readonly broadcastId: string
}

/** A user wrote a chat message in a live video of the account. */
export interface XBroadcastChatEvent extends XActivityEventBase<'broadcast.chat', WireBroadcastChat> {
  /** The id of the broadcast: letters and digits. */
  readonly broadcastId: string
  /** The id of the message: digits in a string. */
  readonly messageId: string
}

/** A chat message in a live video of the account was removed. No delivery is known, so the payload is not typed. */
export interface XBroadcastChatRemoveEvent
  extends XActivityEventBase<'broadcast.chat.remove', Readonly<Record<string, unknown>>> {}

/** There is news about the keyword of the subscription, which is `filter.keyword`. */
export interface XNewsEvent extends XActivityEventBase<'news.new', WireNews> {}

/** A user revoked the access of your app. `forUserId` is absent; the account is `userId`. */
export interface XOAuthRevokeEvent extends XActivityEventBase<'oauth.revoke', WireOAuthRevoke> {
  /** The id of the user who revoked the access: digits in a string. */
  readonly userId: string
  /** The id of your app: digits in a string. */
  readonly appId: string
}

/** Any event of the X Activity API. Its `type` is X's own name of it, and narrows the type of the event. */
export type XActivityEvent =
  | { [Type in XPostEventType]: XPostEvent<Type> }[XPostEventType]
  | XPostDeleteEvent
  | XLikeEvent
  | { [Type in XRelationEventType]: XRelationEvent<Type> }[XRelationEventType]
  | XDirectMessageEvent<'dm.received'>
  | XDirectMessageEvent<'dm.sent'>
  | XDirectMessageReadEvent
  | XDirectMessageTypingEvent
  | { [Type in XChatEventType]: XChatEvent<Type> }[XChatEventType]
  | { [Type in XProfileEventType]: XProfileEvent<Type> }[XProfileEventType]
  | XSpaceEvent<'spaces.start'>
  | XSpaceEvent<'spaces.end'>
  | XBroadcastEvent<'broadcast.start'>
  | XBroadcastEvent<'broadcast.end'>
  | XBroadcastChatEvent
  | XBroadcastChatRemoveEvent
  | XNewsEvent
  | XOAuthRevokeEvent
