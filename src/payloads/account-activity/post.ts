import type { WireExtendedEntities, WireExtendedTweet, WirePost } from '../../events/account-activity/wire/post.ts'
import type { WireUser } from '../../events/account-activity/wire/user.ts'
import { v1Date } from '../dates.ts'
import { linkTo } from '../entities.ts'
import type { PostRecord } from '../post-record.ts'
import { repostText, shortText, shownRange } from '../short-text.ts'
import { webApp } from '../source-app.ts'
import { codePointLength } from '../text.ts'
import { mediaPayload, previewPayload } from './media.ts'
import { userPayload } from './user.ts'

/** A post in the form of X. */
export interface PostPayload extends WirePost {
  /** The id of the post. */
  readonly id_str: string
  /** The text, at most 140 characters. A longer text is whole in `extended_tweet`. */
  readonly text: string
  /** The author. */
  readonly user: WireUser
}

/** Some members of a post. */
type PostFields = Omit<WirePost, 'id_str' | 'text'>

/** A post with its author, its entities and the posts it refers to. */
export function postPayload(post: PostRecord): PostPayload {
  return { ...nestedPostPayload(post), timestamp_ms: String(post.createdAt) }
}

/**
 * A post as another payload contains it: without `timestamp_ms`.
 *
 * @param quote - Whether the quoted post is whole. X nests one quoted post: a post that it quotes is named by its id.
 */
export function nestedPostPayload(post: PostRecord, quote: 'whole' | 'named' = 'whole'): PostPayload {
  const { reposts: original, counts } = post
  const shown = original ? repostText(original) : shortText(post)
  const { media = [] } = original ?? post
  const isWhole = !shown.cut && original === undefined
  return {
    created_at: v1Date(post.createdAt),
    id: Number(post.id),
    id_str: post.id,
    text: shown.text,
    ...(isWhole && (post.shownFrom > 0 || media.length > 0) && { display_text_range: shownRange(post, post.text) }),
    source: sourceLink(post),
    truncated: shown.cut,
    ...replyPayload(post),
    user: userPayload(post.author),
    geo: null,
    coordinates: null,
    place: null,
    contributors: null,
    ...(original && { retweeted_status: nestedPostPayload(original) }),
    ...quotePayload(original ?? post, original ? 'named' : quote),
    ...(shown.cut && { extended_tweet: extendedTweet(post) }),
    quote_count: counts.quotes,
    reply_count: counts.replies,
    retweet_count: counts.reposts,
    favorite_count: counts.likes,
    entities: { ...shown.entities, ...(isWhole && mediaEntities(post)) },
    ...(isWhole && extendedEntities(post)),
    favorited: false,
    retweeted: false,
    ...((shown.entities.urls.length > 0 || media.length > 0) && { possibly_sensitive: false }),
    filter_level: 'low',
    lang: post.lang,
  }
}

/** The app that a post was written with, as a link. X's own app has another address here than in messages. */
function sourceLink({ sourceApp: { name, url } = { ...webApp, url: 'https://mobile.x.com' } }: PostRecord): string {
  return `<a href="${url}" rel="nofollow">${name}</a>`
}

function extendedTweet(post: PostRecord): WireExtendedTweet {
  return {
    full_text: post.text,
    display_text_range: shownRange(post, post.text),
    entities: { ...post.entities, ...mediaEntities(post) },
    ...extendedEntities(post),
  }
}

/** In `entities`, every kind of media is a photo. */
function mediaEntities({ media = [] }: PostRecord): Pick<WireExtendedEntities, 'media'> {
  return media.length === 0 ? {} : { media: media.map(previewPayload) }
}

function extendedEntities({ media = [] }: PostRecord): { extended_entities?: WireExtendedEntities } {
  return media.length === 0 ? {} : { extended_entities: { media: media.map(mediaPayload) } }
}

function replyPayload({ inReplyTo }: PostRecord): PostFields {
  const { postId = null, userId = null, screenName = null } = inReplyTo ?? {}
  return {
    in_reply_to_status_id: postId && Number(postId),
    in_reply_to_status_id_str: postId,
    in_reply_to_user_id: userId && Number(userId),
    in_reply_to_user_id_str: userId,
    in_reply_to_screen_name: screenName,
  }
}

/** The members that name the quoted post. When it was deleted, only the flag remains. */
function quotePayload({ quotes }: PostRecord, quote: 'whole' | 'named'): PostFields {
  if (quotes?.screenName === undefined) return { is_quote_status: quotes !== undefined }
  const { id, screenName, post } = quotes
  const address = `https://x.com/${screenName}/status/${id}`
  const { url, expanded_url, display_url } = linkTo(address, `https://t.co/${id.slice(-10)}`)
  return {
    is_quote_status: true,
    quoted_status_id: Number(id),
    quoted_status_id_str: id,
    ...(quote === 'whole' && post && { quoted_status: nestedPostPayload(post, 'named') }),
    quoted_status_permalink: { url, expanded: expanded_url, display: display_url },
  }
}

/** A post as the REST API of version 1.1 returns it with `tweet_mode=extended`: with its whole text, in `full_text`. */
export function extendedPostPayload(post: PostRecord): object {
  return toExtended(nestedPostPayload(post))
}

function toExtended(payload: PostPayload): object {
  const { text, filter_level: _, extended_tweet, retweeted_status, quoted_status, ...rest } = payload
  return {
    ...rest,
    truncated: false,
    full_text: text,
    display_text_range: [0, codePointLength(text)],
    ...(payload.display_text_range && { display_text_range: payload.display_text_range }),
    ...extended_tweet,
    ...(retweeted_status && { retweeted_status: toExtended(retweeted_status as PostPayload) }),
    ...(quoted_status && { quoted_status: toExtended(quoted_status as PostPayload) }),
  }
}
