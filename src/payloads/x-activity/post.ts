import type { WireV2Media, WireV2Post, WireV2Reference } from '../../events/x-activity/wire/post.ts'
import type { WireV2Entities, WireV2User } from '../../events/x-activity/wire/user.ts'
import { hourMs } from '../../internal/clock.ts'
import { v2Date } from '../dates.ts'
import type { Entities } from '../entities.ts'
import type { MediaRecord, PostRecord } from '../post-record.ts'
import { repostText, shortText, shownRange } from '../short-text.ts'
import type { UserProfile } from '../user-profile.ts'
import { v2UserPayload, withTexts } from './user.ts'

/** A post in the form of the v2 API. */
export interface V2PostPayload extends WireV2Post {
  /** The text. That of a long post is cut. */
  readonly text: string
  /** The id of the author. */
  readonly author_id: string
  /** When it was posted: ISO 8601 with milliseconds. */
  readonly created_at: string
  /** Whether the author was paid for it. */
  readonly paid_partnership: boolean
}

/** A longer text is cut, and is whole in `note_tweet`. */
const maxTextLength = 280

/** A post in the form of the v2 API. */
export function v2PostPayload(post: PostRecord): V2PostPayload {
  const { inReplyTo, reposts: original, counts, media = [] } = post
  const shown = original ? repostText(original) : shortText(post, maxTextLength)
  const shownMedia = shown.cut || original ? [] : media
  const entities = v2Entities(shown.entities, shownMedia)
  const references = referencesOf(post)
  return {
    id: post.id,
    text: shown.text,
    author_id: post.author.id,
    conversation_id: post.conversationId,
    created_at: v2Date(post.createdAt),
    lang: post.lang,
    display_text_range: shownRange({ shownFrom: post.shownFrom, media: shownMedia }, shown.text),
    edit_history_tweet_ids: [post.id],
    edit_controls: {
      ...withTexts({ edits_remaining: 5 }),
      is_edit_eligible: original === undefined,
      editable_until: v2Date(post.createdAt + hourMs),
    },
    ...(entities && { entities }),
    ...(media.length > 0 && { attachments: { media_keys: media.map(mediaKeyOf) } }),
    ...(references.length > 0 && { referenced_tweets: references }),
    ...(typeof inReplyTo?.postId === 'string' && { in_reply_to_tweet_id: inReplyTo.postId }),
    ...(inReplyTo && { in_reply_to_user_id: inReplyTo.userId }),
    ...(shown.cut && { note_tweet: noteOf(post) }),
    public_metrics: withTexts({
      retweet_count: counts.reposts,
      reply_count: counts.replies,
      like_count: counts.likes,
      quote_count: counts.quotes,
      bookmark_count: 0,
      impression_count: 0,
    }),
    reply_settings: 'everyone',
    possibly_sensitive: false,
    paid_partnership: false,
  }
}

/** The objects that the events of a post contain. */
export interface PostIncludes {
  /** The author, and the users whom the post names. */
  readonly users: readonly WireV2User[]
  /** The post itself. */
  readonly tweets: readonly V2PostPayload[]
  /** Its media. Absent when there are none. */
  readonly media?: readonly WireV2Media[]
}

/** What the events of a post include: the users that it names, and the post itself. */
export function postIncludes(post: PostRecord, users: readonly UserProfile[]): PostIncludes {
  const { media = [] } = post
  return {
    users: users.map(v2UserPayload),
    tweets: [v2PostPayload(post)],
    ...(media.length > 0 && { media: media.map(v2MediaPayload) }),
  }
}

/** A photo, video or GIF in the form of the v2 API. */
export function v2MediaPayload(media: MediaRecord): WireV2Media {
  const { type, image, video, altText } = media
  const url = `https://${image}`
  return {
    media_key: mediaKeyOf(media),
    type,
    ...(video === undefined
      ? { url }
      : { preview_image_url: url, variants: [{ content_type: 'video/mp4', url: video }] }),
    ...(altText !== undefined && { alt_text: altText }),
  }
}

const keyPrefixes = { photo: '3', video: '7', animated_gif: '16' } as const

/** The key of a media file in version 2. */
export function mediaKeyOf({ type, id }: Pick<MediaRecord, 'type' | 'id'>): string {
  return `${keyPrefixes[type]}_${id}`
}

function noteOf({ text, entities, media = [] }: PostRecord): NonNullable<WireV2Post['note_tweet']> {
  const found = v2Entities(entities, media)
  return { text, ...(found && { entities: found }) }
}

function referencesOf({ inReplyTo, quotes, reposts }: PostRecord): WireV2Reference[] {
  return [
    ...(reposts === undefined ? [] : [{ type: 'retweeted' as const, id: reposts.id }]),
    ...(quotes === undefined ? [] : [{ type: 'quoted' as const, id: quotes.id }]),
    ...(typeof inReplyTo?.postId === 'string' ? [{ type: 'replied_to' as const, id: inReplyTo.postId }] : []),
  ]
}

/** The entities of a text. Lists that are empty are left out. `undefined` when all are. */
function v2Entities(
  { hashtags, urls, user_mentions, symbols }: Entities,
  media: readonly MediaRecord[],
): WireV2Entities | undefined {
  const links = urls.map(({ indices, url, expanded_url, display_url }) => ({
    ...position(indices),
    url,
    expanded_url,
    display_url,
  }))
  const mediaLinks = media.map((item) => ({
    ...position(item.indices),
    url: item.url,
    expanded_url: item.pageUrl,
    display_url: item.url.replace('https://t.co/', 'pic.x.com/'),
    media_key: mediaKeyOf(item),
  }))
  const entities = {
    mentions: user_mentions.map(({ indices, screen_name = '', id_str }) => ({
      ...position(indices),
      username: screen_name ?? '',
      id: id_str,
    })),
    hashtags: hashtags.map(({ indices, text: tag }) => ({ ...position(indices), tag })),
    cashtags: symbols.map(({ indices, text: tag }) => ({ ...position(indices), tag })),
    urls: [...links, ...mediaLinks],
  }
  const found = Object.entries(entities).filter(([, list]) => list.length > 0)
  return found.length === 0 ? undefined : (Object.fromEntries(found) as WireV2Entities)
}

function position(indices: readonly [number, number] | undefined = [0, 0]) {
  const [start, end] = indices
  return withTexts({ start, end })
}
