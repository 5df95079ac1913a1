import type { WireExtendedTweet, WirePost } from '../../events/account-activity/wire/post.ts'
import { linkTo } from '../state/entities.ts'
import type { State } from '../state/state.ts'
import type { PostState } from '../state/tables.ts'
import { v1Date } from './dates.ts'
import { repostText, shortText } from './short-text.ts'
import { codePointLength } from './text.ts'
import { userPayload } from './user.ts'

/** A post in the form of X. */
export interface PostPayload extends WirePost {
  /** The id of the post. */
  readonly id_str: string
  /** The text, at most 140 characters. A longer text is whole in `extended_tweet`. */
  readonly text: string
}

/** Some members of a post. */
type PostFields = Omit<WirePost, 'id_str' | 'text'>

/** A post with its author, its entities and the posts it refers to, as they are now. */
export function postPayload(state: State, post: PostState): PostPayload {
  return { ...nestedPayload(state, post, 'whole'), timestamp_ms: String(post.createdAt) }
}

function nestedPayload(state: State, post: PostState, quote: 'whole' | 'named'): PostPayload {
  const user = state.users.get(post.userId)
  const original = state.posts.get(post.reposts ?? '')
  const by = original && state.users.get(original.userId)
  const shown = original && by ? repostText(original, by) : shortText(post)
  return {
    created_at: v1Date(post.createdAt),
    id: Number(post.id),
    id_str: post.id,
    text: shown.text,
    ...(post.shownFrom > 0 && !shown.cut && { display_text_range: shownRange(post) }),
    source: '<a href="https://mobile.x.com" rel="nofollow">X Web App</a>',
    truncated: shown.cut,
    ...replyPayload(state, post),
    ...(user && { user: userPayload(user) }),
    geo: null,
    coordinates: null,
    place: null,
    contributors: null,
    ...(original && { retweeted_status: nestedPayload(state, original, 'whole') }),
    ...quotePayload(state, original ?? post, original ? 'named' : quote),
    ...(shown.cut && { extended_tweet: extendedTweet(post) }),
    quote_count: post.quoted,
    reply_count: post.replies,
    retweet_count: post.reposted,
    favorite_count: post.likes,
    entities: shown.entities,
    favorited: false,
    retweeted: false,
    ...(shown.entities.urls.length > 0 && { possibly_sensitive: false }),
    filter_level: 'low',
    lang: post.lang,
  }
}

function extendedTweet(post: PostState): WireExtendedTweet {
  return { full_text: post.text, display_text_range: shownRange(post), entities: post.entities }
}

function shownRange({ shownFrom, text }: PostState): [number, number] {
  return [shownFrom, codePointLength(text)]
}

function replyPayload(state: State, { inReplyTo }: PostState): PostFields {
  const { postId = null, userId = null } = inReplyTo ?? {}
  return {
    in_reply_to_status_id: postId && Number(postId),
    in_reply_to_status_id_str: postId,
    in_reply_to_user_id: userId && Number(userId),
    in_reply_to_user_id_str: userId,
    in_reply_to_screen_name: state.users.get(userId ?? '')?.screenName ?? null,
  }
}

/**
 * The members that name the quoted post. When it was deleted, only the flag remains. X nests one quoted post: a post that
 * the quoted post quotes is named by its id.
 */
function quotePayload(state: State, { quotes }: PostState, quote: 'whole' | 'named'): PostFields {
  const quoted = state.posts.get(quotes ?? '')
  if (!quoted || quoted.deleted) return { is_quote_status: quotes !== undefined }
  const address = `https://x.com/${state.users.get(quoted.userId)?.screenName}/status/${quoted.id}`
  const { url, expanded_url, display_url } = linkTo(address, `https://t.co/${quoted.id.slice(-10)}`)
  return {
    is_quote_status: true,
    quoted_status_id: Number(quoted.id),
    quoted_status_id_str: quoted.id,
    ...(quote === 'whole' && { quoted_status: nestedPayload(state, quoted, 'named') }),
    quoted_status_permalink: { url, expanded: expanded_url, display: display_url },
  }
}
