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
export { classifyPost, type PostKind } from '../events/classify-post.ts'
export {
  type ActivityEvent,
  type BlockEvent,
  type ConversationEvent,
  type Delivery,
  type DeliveryFamily,
  type Direction,
  type DirectMessageEvent,
  type DirectMessageReadEvent,
  type DirectMessageTypingEvent,
  type EventBase,
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
export { fullText } from '../events/full-text.ts'
export { idOf } from '../events/id-of.ts'
export { parseDelivery } from '../events/parse-delivery.ts'
export { unescapeText } from '../events/unescape-text.ts'
