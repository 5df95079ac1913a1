/**
 * Typed events from the bodies that X sends, and the types of these bodies.
 *
 * @module
 */

export type { WireApp, WireDelivery } from '../events/account-activity/wire/delivery.ts'
export type {
  WireAttachment,
  WireCallToAction,
  WireDirectMessage,
  WireDirectMessageRead,
  WireDirectMessageTyping,
  WireInitiatedVia,
  WireMessageCreate,
  WireMessageData,
  WireQuickReplyOption,
} from '../events/account-activity/wire/direct-message.ts'
export type {
  WireEntities,
  WireHashtag,
  WireIndices,
  WireMedia,
  WireMediaSize,
  WireMention,
  WireUrl,
  WireVideoInfo,
} from '../events/account-activity/wire/entities.ts'
export type {
  WireBlock,
  WireFavorite,
  WireFollow,
  WireMute,
  WirePostDelete,
  WireRelation,
  WireReplayJobStatus,
  WireRevoke,
} from '../events/account-activity/wire/events.ts'
export type {
  WireExtendedEntities,
  WireExtendedTweet,
  WirePlace,
  WirePoint,
  WirePost,
} from '../events/account-activity/wire/post.ts'
export type { WireDirectMessageUser, WireEventUser, WireUser } from '../events/account-activity/wire/user.ts'
export {
  type Activity,
  type ActivityBase,
  type ActivityKind,
  type ActivityOf,
  activityKinds,
  type LikeActivity,
  type Media,
  type MessageActivity,
  type Person,
  type PostActivity,
  type PostDeleteActivity,
  type ReadActivity,
  type RelationActivity,
  type RevokeActivity,
  type TypingActivity,
} from '../events/activities/activity.ts'
export { activityOf } from '../events/activities/activity-of.ts'
export { classifyPost, type PostKind } from '../events/classify-post.ts'
export type { Direction, EventBase } from '../events/event-base.ts'
export {
  type ActivityEvent,
  type BlockEvent,
  type ConversationEvent,
  type Delivery,
  type DeliveryFamily,
  type DirectMessageEvent,
  type DirectMessageReadEvent,
  type DirectMessageTypingEvent,
  type EventOf,
  type EventType,
  eventTypes,
  type FavoriteEvent,
  type FollowEvent,
  type MuteEvent,
  type PostCreateEvent,
  type PostDeleteEvent,
  type RelationEvent,
  type ReplayJobStatusEvent,
  type UnblockEvent,
  type UnfollowEvent,
  type UnknownEvent,
  type UnmuteEvent,
  type UserRevokeEvent,
} from '../events/events.ts'
export type { FilteredPostEvent, WireMatchingRule } from '../events/filtered-stream/events.ts'
export { fullText } from '../events/full-text.ts'
export { idOf } from '../events/id-of.ts'
export { parseDelivery } from '../events/parse-delivery.ts'
export { unescapeText } from '../events/unescape-text.ts'
export {
  type XActivityEvent,
  type XActivityEventBase,
  type XActivityEventType,
  type XBroadcastChatEvent,
  type XBroadcastChatRemoveEvent,
  type XBroadcastEvent,
  type XChatEvent,
  type XChatEventType,
  type XConversationEvent,
  type XDirectMessageEvent,
  type XDirectMessageReadEvent,
  type XDirectMessageTypingEvent,
  type XLikeEvent,
  type XNewsEvent,
  type XOAuthRevokeEvent,
  type XPostDeleteEvent,
  type XPostEvent,
  type XPostEventType,
  type XProfileEvent,
  type XProfileEventType,
  type XRelationEvent,
  type XRelationEventType,
  type XSpaceEvent,
  xActivityEventTypes,
} from '../events/x-activity/events.ts'
export type { WireActivityFilter, XActivityIncludes } from '../events/x-activity/wire/envelope.ts'
export type {
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
  WireV2UserMap,
} from '../events/x-activity/wire/payloads.ts'
export type { WireV2Media, WireV2Note, WireV2Post, WireV2Reference } from '../events/x-activity/wire/post.ts'
export type {
  WireV2Entities,
  WireV2Mention,
  WireV2Tag,
  WireV2Url,
  WireV2User,
  WireWrappedUser,
} from '../events/x-activity/wire/user.ts'
