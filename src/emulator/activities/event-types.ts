import type { Tier } from '../options/tiers.ts'
import type { Permissions, Scope } from '../state/permissions.ts'

/** Event types that any token of the app may subscribe to. */
const publicTypes = [
  'profile.update.bio',
  'profile.update.profile_picture',
  'profile.update.banner_picture',
  'profile.update.screenname',
  'profile.update.geo',
  'profile.update.url',
  'profile.update.verified_badge',
  'profile.update.affiliate_badge',
  'profile.update.handle',
  'news.new',
  'spaces.start',
  'spaces.end',
  'broadcast.start',
  'broadcast.end',
  'post.create',
  'post.delete',
] as const

/** Event types that only the token of the user in the filter may subscribe to. */
const privateTypes = [
  'subscriptions.subscribe',
  'subscriptions.unsubscribe',
  'broadcast.chat',
  'broadcast.chat.remove',
  'chat.received',
  'chat.sent',
  'chat.conversation.join',
  'chat.conversation.member_added',
  'chat.conversation.member_removed',
  'chat.conversation.admin_added',
  'chat.conversation.admin_removed',
  'chat.update.group_name',
  'chat.update.restrictions',
  'dm.sent',
  'dm.received',
  'dm.indicate_typing',
  'dm.read',
  'post.mention.create',
  'post.reply.create',
  'post.quote.create',
  'post.repost.create',
  'like.create',
  'mute.mute',
  'mute.unmute',
  'block.block',
  'block.unblock',
] as const

/** X's list of private event types does not have these. On higher tiers, the bearer token of the app is enough. */
const tierTypes = ['follow.follow', 'follow.unfollow'] as const

/** An event type that an app can subscribe to. */
export type SubscribableType = (typeof publicTypes | typeof privateTypes | typeof tierTypes)[number]

/** Every event type that an app can subscribe to. */
export const subscribableTypes: readonly SubscribableType[] = [...publicTypes, ...privateTypes, ...tierTypes]

/** The event type with this name. X still accepts an older name of one type. */
export function findEventType(name: string): SubscribableType | undefined {
  const current = name === 'chat.conversation_join' ? 'chat.conversation.join' : name
  return subscribableTypes.find((type) => type === current)
}

/**
 * Whether the token must be that of the user in the filter. X documents it for the private types. That `follow.*` depends
 * on the tier is inferred from a tutorial of X.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export function needsUserToken(type: SubscribableType, tier: Tier): boolean {
  if (includes(tierTypes, type)) return tier !== 'enterprise'
  return includes(privateTypes, type)
}

/** Whether only the subscriber's own events may be subscribed to with the token of a user. */
export function isOwnOnly(type: SubscribableType): boolean {
  return !includes(publicTypes, type)
}

/** Whether the tier has the event type. News are for enterprise contracts only. */
export function isOffered(type: SubscribableType, tier: Tier): boolean {
  return type !== 'news.new' || tier === 'enterprise'
}

/** What the token of a user needs for an event type. */
export function tokenNeeds(type: SubscribableType): { readonly level: Permissions; readonly scopes: readonly Scope[] } {
  const [group = ''] = type.split('.')
  const level = group === 'dm' || group === 'chat' ? 'read-write-directmessages' : 'read'
  return { level, scopes: [scopes[group] ?? 'tweet.read'] }
}

/** The scope of each group of event types that needs another one than `tweet.read`. */
const scopes: Readonly<Record<string, Scope>> = {
  chat: 'dm.read',
  dm: 'dm.read',
  like: 'like.read',
  mute: 'mute.read',
  block: 'block.read',
  subscriptions: 'follows.read',
}

/** Whether the filter of an event type may have a direction. */
export function takesDirection(type: SubscribableType): boolean {
  return type === 'like.create' || includes(tierTypes, type)
}

/** The qualifiers that a filter may have. X has not published their names: this one is known from its users. */
export function qualifiersOf(type: SubscribableType): readonly string[] {
  return type === 'like.create' ? ['post_id'] : []
}

function includes(types: readonly SubscribableType[], type: SubscribableType): boolean {
  return types.includes(type)
}
