import type { XActivityEventType } from '../../events/x-activity/events.ts'

/**
 * The token that X requires to subscribe to an event type.
 *
 * - `public`: the bearer token of the app, or the token of any user.
 * - `private`: the token of the user in `filter.userId`.
 * - `depends_on_plan`: X does not document it. With some plans it is the bearer token, with others the token of the user.
 */
export type EventTypeAccess = 'public' | 'private' | 'depends_on_plan'

/**
 * Every event type that an app can subscribe to, with the token that it requires.
 *
 * `oauth.revoke` is not in X's list of event types to subscribe to, but X sends it. That the other `public` types without
 * a user, spaces and news, accept the bearer token, and that `follow` depends on the plan, is inferred from a tutorial of
 * X.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export const subscribableEventTypes = {
  'post.create': 'public',
  'post.delete': 'public',
  'post.mention.create': 'private',
  'post.reply.create': 'private',
  'post.quote.create': 'private',
  'post.repost.create': 'private',
  'like.create': 'private',
  'follow.follow': 'depends_on_plan',
  'follow.unfollow': 'depends_on_plan',
  'mute.mute': 'private',
  'mute.unmute': 'private',
  'block.block': 'private',
  'block.unblock': 'private',
  'subscriptions.subscribe': 'private',
  'subscriptions.unsubscribe': 'private',
  'profile.update.bio': 'public',
  'profile.update.profile_picture': 'public',
  'profile.update.banner_picture': 'public',
  'profile.update.screenname': 'public',
  'profile.update.geo': 'public',
  'profile.update.url': 'public',
  'profile.update.handle': 'public',
  'profile.update.verified_badge': 'public',
  'profile.update.affiliate_badge': 'public',
  'dm.sent': 'private',
  'dm.received': 'private',
  'dm.read': 'private',
  'dm.indicate_typing': 'private',
  'chat.received': 'private',
  'chat.sent': 'private',
  'chat.conversation.join': 'private',
  'chat.conversation_join': 'private',
  'chat.conversation.member_added': 'private',
  'chat.conversation.member_removed': 'private',
  'chat.conversation.admin_added': 'private',
  'chat.conversation.admin_removed': 'private',
  'chat.update.group_name': 'private',
  'chat.update.restrictions': 'private',
  'spaces.start': 'public',
  'spaces.end': 'public',
  'broadcast.start': 'public',
  'broadcast.end': 'public',
  'broadcast.chat': 'private',
  'broadcast.chat.remove': 'private',
  'news.new': 'public',
  'oauth.revoke': 'public',
} as const satisfies Readonly<Record<KnownEventType, EventTypeAccess>>

/** `chat.conversation_join` is an older name of `chat.conversation.join`. */
type KnownEventType = XActivityEventType | 'chat.conversation_join'

/** An event type of the X Activity API. Any string is accepted, because X adds event types. */
export type SubscribableEventType = XActivityEventType | (string & {})

/** The token that an event type requires. `undefined` for an event type that this package does not know. */
export function accessOf(eventType: string): EventTypeAccess | undefined {
  return Object.hasOwn(subscribableEventTypes, eventType)
    ? subscribableEventTypes[eventType as KnownEventType]
    : undefined
}
