import type { PostRecord, QuotedPost } from '../../payloads/post-record.ts'
import type { SourceApp } from '../../payloads/source-app.ts'
import type { UserProfile } from '../../payloads/user-profile.ts'
import type { BroadcastRecord } from '../../payloads/x-activity/broadcast.ts'
import type { State } from './state.ts'
import type { AppState, BroadcastState, PostState, UserState } from './tables.ts'

// The rows of the tables in the form that payloads are made from.

/** A user as they are now. */
export function userProfile(user: UserState): UserProfile {
  const { followers, following, likes, posts, ...profile } = user
  return { ...profile, counts: { followers: followers.size, following: following.size, likes: likes.size, posts } }
}

/** The users with these ids, each once. Users that the emulator does not have are left out. */
export function userProfiles({ users }: State, ids: Iterable<string | undefined>): UserProfile[] {
  return [...new Set(ids)].flatMap((id) => {
    const user = users.get(id ?? '')
    return user ? [userProfile(user)] : []
  })
}

/** An app as payloads name it. */
export function sourceApp({ id, name, url }: AppState): SourceApp {
  return { id, name, url }
}

/** A post as it is now. X nests one quoted post in another: the posts that it quotes are only named. */
export function postRecord(state: State, post: PostState, quote: 'whole' | 'named' = 'whole'): PostRecord {
  const { id, createdAt, text, entities, lang, shownFrom, likes, reposted, quoted, replies } = post
  const original = state.posts.get(post.reposts ?? '')
  const app = state.apps.get(post.appId ?? '')
  return {
    id,
    author: userProfile(authorOf(state, post)),
    createdAt,
    ...(app && { sourceApp: sourceApp(app) }),
    text,
    entities,
    lang,
    shownFrom,
    ...(post.media && { media: post.media }),
    // Found when it is read: a conversation may be long, and only the v2 form contains it.
    get conversationId() {
      return conversationIdOf(state, post)
    },
    ...(post.inReplyTo && {
      inReplyTo: { ...post.inReplyTo, screenName: state.users.get(post.inReplyTo.userId)?.screenName ?? null },
    }),
    ...(post.quotes !== undefined && { quotes: quotedPost(state, post.quotes, quote) }),
    ...(original && { reposts: postRecord(state, original) }),
    counts: { likes, reposts: reposted, quotes: quoted, replies },
  }
}

function quotedPost(state: State, id: string, quote: 'whole' | 'named'): QuotedPost {
  const post = state.posts.get(id)
  if (post === undefined || post.deleted) return { id }
  const { screenName } = authorOf(state, post)
  return { id, screenName, ...(quote === 'whole' && { post: postRecord(state, post, 'named') }) }
}

/** The user who wrote a post. */
export function authorOf({ users }: State, { userId }: PostState): UserState {
  const user = users.get(userId)
  if (!user) throw new RangeError('The author of the post is not a user of this emulator.')
  return user
}

/** The id of the first post of the conversation. */
function conversationIdOf({ posts }: State, post: PostState): string {
  let first = post
  for (let parent = parentOf(first); parent; parent = parentOf(first)) first = parent
  return first.id

  function parentOf({ inReplyTo }: PostState): PostState | undefined {
    return posts.get(inReplyTo?.postId ?? '')
  }
}

/** A Space or a live video as it is now. */
export function broadcastRecord({ id, title, createdAt, endedAt }: BroadcastState, host: UserState): BroadcastRecord {
  return { id, title, createdAt, host: userProfile(host), ...(endedAt !== undefined && { endedAt }) }
}
