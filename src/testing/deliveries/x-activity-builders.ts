import type { XActivityEventType } from '../../events/x-activity/events.ts'
import type { WireActivityFilter } from '../../events/x-activity/wire/envelope.ts'
import type { LikeRecord, RelationRecord } from '../../payloads/account-activity/bodies.ts'
import type { PostRecord } from '../../payloads/post-record.ts'
import { profileImageOf } from '../../payloads/user-profile.ts'
import { activityBody } from '../../payloads/x-activity/body.ts'
import {
  type BroadcastRecord,
  broadcastChatPayload,
  broadcastPayload,
  spacePayload,
} from '../../payloads/x-activity/broadcast.ts'
import { chatPayload, conversationIdOf } from '../../payloads/x-activity/chat.ts'
import {
  likeIncludes,
  newsPayload,
  oauthRevokePayload,
  v2LikePayload,
  v2MessagePayload,
  v2PostDeletePayload,
  v2ReadPayload,
  v2RelationPayload,
  v2TypingPayload,
} from '../../payloads/x-activity/payloads.ts'
import { postIncludes, v2PostPayload } from '../../payloads/x-activity/post.ts'
import { wrappedUser } from '../../payloads/x-activity/user.ts'
import { conversationOf, incoming, lastRead, newLike, outgoing } from './account-activity-builders.ts'
import { type Cast, minutesBefore } from './cast.ts'
import type { WireIncludes, XActivityPayload } from './delivery-bodies.ts'
import { incomingMessages, outgoingMessages } from './messages.ts'
import { accountPost, incomingPosts, newPost, otherPost, outgoingPosts } from './posts.ts'
import type { BuildersOf, DeliveryVariant } from './variants.ts'

/** The parts of the bodies of the X Activity API that differ from type to type. */
const parts: PartsOf<XActivityEventType> = {
  'post.create': {
    post: (cast) => postOfUuid(cast, outgoingPosts.post(cast)),
    mention: (cast) => postOfUuid(cast, outgoingPosts.mention(cast)),
    reply: (cast) => postOfUuid(cast, outgoingPosts.reply(cast)),
    thread: (cast) => postOfUuid(cast, outgoingPosts.thread(cast)),
    quote: (cast) => postOfUuid(cast, outgoingPosts.quote(cast)),
    repost: (cast) => postOfUuid(cast, outgoingPosts.repost(cast)),
    media: (cast) => postOfUuid(cast, outgoingPosts.media(cast)),
    video: (cast) => postOfUuid(cast, outgoingPosts.video(cast)),
    long_text: (cast) => postOfUuid(cast, outgoingPosts.long_text(cast)),
  },
  'post.mention.create': {
    mention: (cast) => postOfUuid(cast, incomingPosts.mention(cast)),
    media: (cast) => postOfUuid(cast, incomingPosts.media(cast)),
    video: (cast) => postOfUuid(cast, incomingPosts.video(cast)),
    long_text: (cast) => postOfUuid(cast, incomingPosts.long_text(cast)),
  },
  'post.reply.create': {
    reply: (cast) => post(cast, incomingPosts.reply(cast)),
    media: (cast) =>
      post(cast, newPost(cast, { author: cast.other, text: 'Look', media: 'photo', inReplyTo: accountPost(cast) })),
  },
  'post.quote.create': {
    quote: (cast) => post(cast, incomingPosts.quote(cast)),
    media: (cast) =>
      post(cast, newPost(cast, { author: cast.other, text: 'Mine', media: 'photo', quotes: accountPost(cast) })),
  },
  'post.repost.create': (cast) => post(cast, incomingPosts.repost(cast)),
  'post.delete': (cast) => ({
    payload: v2PostDeletePayload({ id: accountPost(cast).id, authorId: cast.account.id }),
    includes: { users: [wrappedUser(cast.account)] },
  }),
  'like.create': {
    incoming: (cast) => like(cast, 'inbound', newLike(cast, { user: cast.other, post: accountPost(cast) })),
    outgoing: (cast) => like(cast, 'outbound', newLike(cast, { user: cast.account, post: otherPost(cast) })),
  },
  'follow.follow': {
    incoming: (cast) => relation(incoming(cast)),
    outgoing: (cast) => relation(outgoing(cast)),
  },
  'follow.unfollow': {
    outgoing: (cast) => relation(outgoing(cast)),
    incoming: (cast) => relation(incoming(cast)),
  },
  'block.block': (cast) => relation(outgoing(cast)),
  'block.unblock': (cast) => relation(outgoing(cast)),
  'mute.mute': (cast) => relation(outgoing(cast)),
  'mute.unmute': (cast) => relation(outgoing(cast)),
  'subscriptions.subscribe': {
    incoming: (cast) => relation(incoming(cast)),
    outgoing: (cast) => relation(outgoing(cast)),
  },
  'subscriptions.unsubscribe': {
    incoming: (cast) => relation(incoming(cast)),
    outgoing: (cast) => relation(outgoing(cast)),
  },
  'dm.received': {
    text: (cast) => ({ payload: v2MessagePayload(incomingMessages.text(cast)) }),
    media: (cast) => ({ payload: v2MessagePayload(incomingMessages.media(cast)) }),
    gif: (cast) => ({ payload: v2MessagePayload(incomingMessages.gif(cast)) }),
    location: (cast) => ({ payload: v2MessagePayload(incomingMessages.location(cast)) }),
    quick_reply_response: (cast) => ({ payload: v2MessagePayload(incomingMessages.quick_reply_response(cast)) }),
  },
  'dm.sent': {
    text: (cast) => ({ payload: v2MessagePayload(outgoingMessages.text(cast)) }),
    media: (cast) => ({ payload: v2MessagePayload(outgoingMessages.media(cast)) }),
    quick_reply: (cast) => ({ payload: v2MessagePayload(outgoingMessages.quick_reply(cast)) }),
    buttons: (cast) => ({ payload: v2MessagePayload(outgoingMessages.buttons(cast)) }),
  },
  'dm.read': (cast) => ({ payload: v2ReadPayload(conversationOf(cast), lastRead(cast)) }),
  'dm.indicate_typing': (cast) => ({ payload: v2TypingPayload(conversationOf(cast), cast.now) }),
  'chat.received': {
    direct: (cast) => chat(cast, { sender: 'other' }),
    group: (cast) => chat(cast, { sender: 'other', isGroup: true }),
  },
  'chat.sent': {
    direct: (cast) => chat(cast, { sender: 'account' }),
    group: (cast) => chat(cast, { sender: 'account', isGroup: true }),
  },
  'chat.conversation.join': (cast) => groupChange(cast),
  'chat.conversation.member_added': (cast) => groupChange(cast),
  'chat.conversation.member_removed': (cast) => groupChange(cast),
  'chat.conversation.admin_added': (cast) => groupChange(cast),
  'chat.conversation.admin_removed': (cast) => groupChange(cast),
  'chat.update.group_name': (cast) => groupChange(cast),
  'chat.update.restrictions': (cast) => groupChange(cast),
  'profile.update.bio': (cast) => profile('Sourdough & rye.', cast.account.description),
  'profile.update.profile_picture': (cast) =>
    profile(`https://${profileImageOf({ profileImage: '' })}`, cast.account.profileImage),
  'profile.update.banner_picture': (cast) => profile('', cast.account.banner),
  'profile.update.screenname': (cast) => profile('Linden Bakery', cast.account.name),
  'profile.update.geo': (cast) => profile('Graz', cast.account.location),
  'profile.update.url': (cast) => profile('', cast.account.url),
  'profile.update.handle': (cast) => profile('lindenbread', cast.account.screenName),
  'profile.update.verified_badge': () => profile('none', 'blue'),
  'profile.update.affiliate_badge': (cast) =>
    profile('', `https://pbs.twimg.com/profile_images/${cast.account.id}/guild_bigger.jpg`),
  'spaces.start': (cast) => ({ payload: spacePayload(broadcast(cast, 'running')) }),
  'spaces.end': (cast) => ({ payload: spacePayload(broadcast(cast, 'ended')) }),
  'broadcast.start': (cast) => ({ payload: broadcastPayload(broadcast(cast, 'running')) }),
  'broadcast.end': (cast) => ({ payload: broadcastPayload(broadcast(cast, 'ended')) }),
  'broadcast.chat': (cast) => ({
    payload: broadcastChatPayload({
      broadcastId: broadcastId(cast),
      messageId: cast.nextId(),
      text: 'What flour do you use?',
      author: cast.other,
    }),
  }),
  'broadcast.chat.remove': (cast) => ({
    payload: { broadcast_id: broadcastId(cast), message_id: cast.nextId(minutesBefore(cast, 2)) },
  }),
  'news.new': (cast) => {
    const id = cast.nextId()
    const payload = newsPayload({
      id,
      at: cast.now,
      headline: 'Old Rye Varieties Return to Alpine Fields',
      hook: 'Farmers and bakers bring back grain that was nearly lost.',
      summary: 'Growers report a good harvest of old rye varieties, and bakers compare how their bread tastes.',
      topics: ['Food'],
      organizations: ['Alpine Rye Growers'],
      postIds: [cast.nextId(minutesBefore(cast, 90)), cast.nextId(minutesBefore(cast, 60))],
    })
    return { uuid: id, filter: { keyword: 'rye' }, payload }
  },
  'oauth.revoke': (cast) => ({
    filter: {},
    payload: oauthRevokePayload({ at: cast.now, userId: cast.account.id, appId: cast.nextId() }),
  }),
}

/** The bodies of the X Activity API. */
export const xActivityBuilders = createBuilders()

/** The parts of the body of one event. */
interface ActivityParts {
  readonly payload: object
  readonly includes?: WireIncludes
  /** @defaultValue a signed number of 64 bits */
  readonly uuid?: string
  /** @defaultValue the id of the account */
  readonly filter?: WireActivityFilter
}

type CreateParts<Type extends XActivityEventType> = (
  cast: Cast,
) => ActivityParts & { readonly payload: XActivityPayload<Type> }

type PartsOf<Types extends XActivityEventType> = {
  readonly [Type in Types]: [DeliveryVariant<Type>] extends [never]
    ? CreateParts<Type>
    : { readonly [Variant in DeliveryVariant<Type>]: CreateParts<Type> }
}

function createBuilders(): BuildersOf<XActivityEventType> {
  const builders = Object.entries(parts).map(([type, found]) => [type, builderOf(type, found)])
  // Each builder returns the body of its type, because the parts are those of the type.
  return Object.fromEntries(builders) as unknown as BuildersOf<XActivityEventType>
}

type AnyParts = (cast: Cast) => ActivityParts

function builderOf(type: string, found: AnyParts | Readonly<Record<string, AnyParts>>) {
  if (typeof found === 'function') return (cast: Cast) => activity(cast, type, found(cast))
  const variants = Object.entries(found).map(([name, create]) => [
    name,
    (cast: Cast) => activity(cast, type, create(cast)),
  ])
  return Object.fromEntries(variants)
}

/** The tag of the subscription that all events come from. An event without a filter belongs to no subscription. */
const tag = 'test'

function activity(cast: Cast, eventType: string, created: ActivityParts): object {
  const { uuid = newUuid(cast), filter = { user_id: cast.account.id }, payload, includes } = created
  const hasSubscription = Object.keys(filter).length > 0
  return activityBody({
    uuid,
    filter,
    eventType,
    ...(hasSubscription && { tag }),
    payload,
    ...(includes && { includes }),
  })
}

/** A signed number of 64 bits, as X sends it for most events. */
function newUuid({ hex }: Cast): string {
  return BigInt.asIntN(64, BigInt(`0x${hex(16)}`)).toString()
}

/** X includes the author of a post, and the users that it names. */
function post({ account, other }: Cast, record: PostRecord) {
  const { author, inReplyTo, entities } = record
  const named = [inReplyTo?.userId, ...entities.user_mentions.map(({ id_str }) => id_str)]
  const users = [account, other].filter(({ id }) => id !== author.id && named.includes(id))
  const latest = { ...author, v2Fields: { ...author.v2Fields, most_recent_tweet_id: record.id } }
  return { payload: v2PostPayload(record), includes: postIncludes(record, [latest, ...users]) }
}

/** Of an own post and of a mention, the id of the event is that of the post. */
function postOfUuid(cast: Cast, record: PostRecord) {
  return { uuid: record.id, ...post(cast, record) }
}

function like(cast: Cast, direction: 'inbound' | 'outbound', record: LikeRecord) {
  return {
    filter: { user_id: cast.account.id, direction },
    payload: v2LikePayload(record),
    includes: likeIncludes(record, direction),
  }
}

function relation(record: RelationRecord) {
  return { payload: v2RelationPayload(record) }
}

function profile(before: string, after: string) {
  return { payload: { before, after } }
}

function chat(
  cast: Cast,
  { sender, isGroup = false }: { readonly sender: 'account' | 'other'; readonly isGroup?: boolean },
) {
  const { account, other, base64 } = cast
  const payload = chatPayload({
    id: uuidOf(cast),
    at: cast.now,
    senderId: cast[sender].id,
    conversationId: isGroup ? `g${cast.nextId(minutesBefore(cast, 600))}` : conversationIdOf(account.id, other.id),
    keyCreatedAt: minutesBefore(cast, 600),
    encoded: {
      conversationToken: `eyJhbGciOiJIUzI1NiJ9.${base64(48)}.${base64(32)}`,
      event: base64(96),
      keyChange: base64(96),
      signature: base64(64),
      signingKey: base64(91),
    },
    signingKeyCreatedAt: minutesBefore(cast, 6000),
  })
  return { payload }
}

/** X has published no sample: the form is inferred to be that of a message in the group. */
function groupChange(cast: Cast) {
  return chat(cast, { sender: 'other', isGroup: true })
}

/** A random UUID of version 4. */
function uuidOf({ hex }: Cast): string {
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
}

/** 13 letters and digits. */
function broadcastId({ base64 }: Cast): string {
  return `1${base64(32).replace(/\W/g, '').slice(0, 12)}`
}

function broadcast(cast: Cast, state: 'running' | 'ended'): BroadcastRecord {
  const host = cast.account
  const started = { id: broadcastId(cast), host, title: 'Shaping loaves' }
  return state === 'running'
    ? { ...started, createdAt: cast.now }
    : { ...started, createdAt: minutesBefore(cast, 48), endedAt: cast.now }
}
