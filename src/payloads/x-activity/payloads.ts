import type {
  WireNews,
  WireOAuthRevoke,
  WireV2DirectMessageRead,
  WireV2DirectMessages,
  WireV2DirectMessageTyping,
  WireV2Like,
  WireV2PostDelete,
} from '../../events/x-activity/wire/payloads.ts'
import type { WireV2User, WireWrappedUser } from '../../events/x-activity/wire/user.ts'
import type { LikeRecord, RevokeRecord } from '../account-activity/bodies.ts'
import {
  type Conversation,
  type MessageRecord,
  messagePayload,
  readPayload,
  typingPayload,
} from '../account-activity/message.ts'
import { revokeDate, v2Date } from '../dates.ts'
import type { UserProfile } from '../user-profile.ts'
import { type V2PostPayload, v2PostPayload } from './post.ts'
import { v2UserPayload, wrappedUser, wrappedUsersById } from './user.ts'

/** A deleted post. */
export function v2PostDeletePayload(post: {
  readonly id: string
  readonly authorId: string
}): Required<WireV2PostDelete> {
  return { id: post.id, author_id: post.authorId }
}

/** A like. The payload does not name the user who likes the post. */
export function v2LikePayload({ id, at, post }: Pick<LikeRecord, 'id' | 'at' | 'post'>): WireV2Like {
  return {
    id,
    created_at: v2Date(at),
    timestamp_ms: String(at),
    liked_tweet_id: post.id,
    liked_tweet_author_id: post.author.id,
  }
}

/**
 * What the event of a like includes: the liked post and its author. For the author, X is inferred to include the user who
 * likes the post. The post of a protected account is never included.
 */
export function likeIncludes(
  { user, post }: Pick<LikeRecord, 'user' | 'post'>,
  direction: string | undefined,
): { readonly users: readonly WireV2User[]; readonly tweets?: readonly V2PostPayload[] } {
  const { author } = post
  const isOwn = user.id === author.id
  return {
    users: (direction === 'inbound' && !isOwn ? [author, user] : [author]).map(v2UserPayload),
    ...(!author.protected && { tweets: [v2PostPayload(post)] }),
  }
}

/** What a user did to another one. */
export function v2RelationPayload({ source, target }: { readonly source: UserProfile; readonly target: UserProfile }): {
  readonly source: WireWrappedUser
  readonly target: WireWrappedUser
} {
  return { source: wrappedUser(source), target: wrappedUser(target) }
}

/** A direct message. It has the form of the Account Activity API, with other users. */
export function v2MessagePayload(message: MessageRecord) {
  return {
    direct_message_events: [messagePayload(message)],
    users: usersOf(message),
  } as const satisfies WireV2DirectMessages
}

/** Another user is typing. */
export function v2TypingPayload(conversation: Conversation, at: number) {
  return {
    direct_message_indicate_typing_events: [typingPayload(conversation, at)],
    users: usersOf(conversation),
  } as const satisfies WireV2DirectMessageTyping
}

/** A user has read messages. */
export function v2ReadPayload(conversation: Conversation, read: { at: number; lastId: string }) {
  return {
    direct_message_mark_read_events: [readPayload(conversation, read)],
    users: usersOf(conversation),
  } as const satisfies WireV2DirectMessageRead
}

function usersOf({ sender, recipient }: Conversation): Record<string, WireWrappedUser> {
  return wrappedUsersById(sender, recipient)
}

/** A story about a keyword. */
export function newsPayload(story: {
  readonly id: string
  readonly at: number
  readonly headline: string
  readonly hook: string
  readonly summary: string
  readonly topics: readonly string[]
  readonly organizations: readonly string[]
  /** The ids of the posts that the story is about. */
  readonly postIds: readonly string[]
}): WireNews {
  return {
    id: story.id,
    name: story.headline,
    category: 'News',
    hook: story.hook,
    summary: story.summary,
    disclaimer:
      'This story is a summary of posts on X and may evolve over time. Grok can make mistakes, verify its outputs.',
    updated_at: v2Date(story.at),
    contexts: {
      topics: story.topics,
      entities: { events: [], organizations: story.organizations, people: [], places: [], products: [] },
      finance: { tickers: [] },
      sports: { teams: [] },
    },
    cluster_posts_results: story.postIds.map((post_id) => ({ post_id })),
  }
}

/** A user revoked the access of an app. */
export function oauthRevokePayload({ at, userId, appId }: RevokeRecord): Required<WireOAuthRevoke> {
  return { date_time: revokeDate(at), user_id: userId, app_id: appId }
}
