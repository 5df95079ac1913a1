import type { WireEntities, WireMedia } from './entities.ts'
import type { WireUser } from './user.ts'

/**
 * A post (a "tweet" on the wire), in the form of X's v1.1 API. Only an id is certain to be there; what has no value is
 * null or missing.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WirePost {
  /** When it was posted: `Thu Apr 06 15:24:15 +0000 2017`. */
  readonly created_at?: string
  /** The same as `id_str`, but rounded by JSON: use `id_str`, or `idOf(post)`. */
  readonly id?: number | string
  readonly id_str?: string
  /** The text, cut at 140 characters when `truncated` is true: `fullText(post)` is the whole of it. */
  readonly text?: string
  /** Not sent by this API; other forms of a post carry the whole text here. */
  readonly full_text?: string
  /** Which part of the text X shows, in code points. */
  readonly display_text_range?: readonly [number, number] | null
  /** The app it was posted with, as an HTML link. */
  readonly source?: string | null
  /** Whether `text` is cut, and the whole in `extended_tweet`. */
  readonly truncated?: boolean
  readonly in_reply_to_status_id?: number | string | null
  /** The post that this one answers; null in a post that merely begins with a name. */
  readonly in_reply_to_status_id_str?: string | null
  readonly in_reply_to_user_id?: number | string | null
  /** Whom it answers; in a post that begins with a name, whom that names. */
  readonly in_reply_to_user_id_str?: string | null
  readonly in_reply_to_screen_name?: string | null
  /** The author. X's own documentation has a sample where it is empty. */
  readonly user?: WireUser
  readonly geo?: WirePoint | null
  readonly coordinates?: WirePoint | null
  /** The place it was posted from. */
  readonly place?: WirePlace | null
  readonly contributors?: unknown
  /** Whether it quotes a post; true in a repost of a quote, too. */
  readonly is_quote_status?: boolean
  readonly quoted_status_id?: number | string | null
  readonly quoted_status_id_str?: string | null
  /** The post it quotes; missing when that was deleted. */
  readonly quoted_status?: WirePost | null
  /** The link to the post it quotes, in three forms. */
  readonly quoted_status_permalink?: {
    readonly url?: string
    readonly expanded?: string
    readonly display?: string
  } | null
  /** The post it reposts. */
  readonly retweeted_status?: WirePost | null
  /** What did not fit into `text`, `entities` and `extended_entities`. */
  readonly extended_tweet?: WireExtendedTweet | null
  readonly quote_count?: number | null
  readonly reply_count?: number | null
  readonly retweet_count?: number | null
  readonly favorite_count?: number | null
  readonly entities?: WireEntities | null
  readonly extended_entities?: WireExtendedEntities | null
  readonly favorited?: boolean | null
  readonly retweeted?: boolean | null
  /** There only when the post holds a link. */
  readonly possibly_sensitive?: boolean | null
  readonly filter_level?: string | null
  /** The language X took the text for, as a BCP 47 tag; `und` for none. */
  readonly lang?: string | null
  /** When it was posted: milliseconds since 1970, in a string. Missing in nested posts. */
  readonly timestamp_ms?: string
  /** The versions of a post that can be or was edited. */
  readonly edit_history?: {
    readonly initial_tweet_id?: string
    /** Oldest first; each edit has an id of its own. */
    readonly edit_tweet_ids?: readonly string[]
  }
  readonly edit_controls?: {
    /** Milliseconds since 1970. */
    readonly editable_until_ms?: number
    readonly edits_remaining?: number
  }
  readonly editable?: boolean
}

/** The whole of a post that is longer than 140 characters. */
export interface WireExtendedTweet {
  readonly full_text?: string
  /** Which part of the text X shows, in code points. */
  readonly display_text_range?: readonly [number, number]
  readonly entities?: WireEntities
  readonly extended_entities?: WireExtendedEntities
}

/** The media of a post with their true types. */
export interface WireExtendedEntities {
  readonly media?: readonly WireMedia[]
}

/** A point on the map. `coordinates` is longitude, latitude; in the older `geo` of a post the other way round. */
export interface WirePoint {
  readonly type: string
  readonly coordinates: readonly [number, number]
}

/** A place, from a café to a country. */
export interface WirePlace {
  readonly id?: string
  readonly url?: string
  /** `city`, `admin`, `country`, `neighborhood`, `poi`. */
  readonly place_type?: string
  readonly name?: string
  readonly full_name?: string
  readonly country_code?: string
  readonly country?: string
  readonly bounding_box?: {
    readonly type: string
    readonly coordinates: readonly (readonly (readonly [number, number])[])[]
  } | null
  readonly attributes?: { readonly [name: string]: unknown }
}
