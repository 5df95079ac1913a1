import type { WireEntities, WireMedia } from './entities.ts'
import type { WireUser } from './user.ts'

/**
 * A post (a "tweet" on the wire), in the form of X's v1.1 API. Only an id is certain to be there. Members without a
 * value are null or absent.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WirePost {
  /** When it was posted, in seconds: `Thu Apr 06 15:24:15 +0000 2017`. */
  readonly created_at?: string
  /** The id as a number, which JSON rounds. Use `id_str` or `idOf(post)`. */
  readonly id?: number | string
  /** The id: digits in a string. */
  readonly id_str?: string
  /**
   * The text, cut after 140 characters when `truncated` is true, with `&`, `<` and `>` as HTML entities.
   * `fullText(post)` returns the whole text.
   */
  readonly text?: string
  /** The whole text. This API does not send it; other APIs of X send it instead of `text`. */
  readonly full_text?: string
  /**
   * The part of the text that X shows: the index of its first character and the index after its last one, in code
   * points. Null or absent when X shows all of it.
   */
  readonly display_text_range?: readonly [number, number] | null
  /** The app that sent the post, as an HTML link. */
  readonly source?: string | null
  /** Whether `text` is cut. If so, the whole text is in `extended_tweet`. */
  readonly truncated?: boolean
  /** The id of the post that this one answers, as a number, which JSON rounds. */
  readonly in_reply_to_status_id?: number | string | null
  /**
   * The id of the post that this one answers: digits in a string. Null when it is not a reply, also in a post that
   * begins with a handle.
   */
  readonly in_reply_to_status_id_str?: string | null
  /** The id of the user that this post answers, as a number, which JSON rounds. */
  readonly in_reply_to_user_id?: number | string | null
  /**
   * The id of the user that this post answers: digits in a string. In a post that begins with a handle but is not a
   * reply, the user with that handle.
   */
  readonly in_reply_to_user_id_str?: string | null
  /** The handle of the user that this post answers, without `@`. */
  readonly in_reply_to_screen_name?: string | null
  /** The author. One sample of X's documentation has an empty object here. */
  readonly user?: WireUser
  /** The place of the author as latitude and longitude. X keeps it for old clients; use `coordinates`. */
  readonly geo?: WirePoint | null
  /** The place of the author as longitude and latitude. Null when the author did not share it. */
  readonly coordinates?: WirePoint | null
  /** The place that the author added. Null when there is none. */
  readonly place?: WirePlace | null
  /** No longer used by X: null. */
  readonly contributors?: unknown
  /** Whether the post quotes another one. Also true in a repost of a quote. */
  readonly is_quote_status?: boolean
  /** The id of the quoted post as a number, which JSON rounds. */
  readonly quoted_status_id?: number | string | null
  /** The id of the quoted post: digits in a string. Absent when the post quotes none. */
  readonly quoted_status_id_str?: string | null
  /** The quoted post. Absent when the post quotes none, or when the quoted post was deleted. */
  readonly quoted_status?: WirePost | null
  /** The link to the quoted post. Absent when the post quotes none. */
  readonly quoted_status_permalink?: {
    /** The t.co link. */
    readonly url?: string
    /** The whole address. */
    readonly expanded?: string
    /** The address as X shows it. */
    readonly display?: string
  } | null
  /** The original post of a repost. Absent when the post is not a repost. */
  readonly retweeted_status?: WirePost | null
  /** The whole text and all entities of a long post. Absent when `truncated` is not true. */
  readonly extended_tweet?: WireExtendedTweet | null
  /** How often the post was quoted. */
  readonly quote_count?: number | null
  /** How many replies the post has. */
  readonly reply_count?: number | null
  /** How often the post was reposted. */
  readonly retweet_count?: number | null
  /** How many users like the post. */
  readonly favorite_count?: number | null
  /** The tags, links, mentions and media of `text`. Those after the cut are in `extended_tweet`. */
  readonly entities?: WireEntities | null
  /** The media with their real types. Absent when the post has none. */
  readonly extended_entities?: WireExtendedEntities | null
  /** Whether the user of the access token likes the post. Always false in deliveries. */
  readonly favorited?: boolean | null
  /** Whether the user of the access token has reposted the post. Always false in deliveries. */
  readonly retweeted?: boolean | null
  /** Whether a link may lead to sensitive content. Absent when the post has no link. */
  readonly possibly_sensitive?: boolean | null
  /** The level of X's content filter: `low`. */
  readonly filter_level?: string | null
  /** The language that X detected, as a BCP 47 tag. `und` when X detected none. */
  readonly lang?: string | null
  /** When it was posted: milliseconds since 1970, in a string. Absent in nested posts. */
  readonly timestamp_ms?: string
  /** The versions of a post that can be edited. Absent in posts from before September 2022. */
  readonly edit_history?: {
    /** The id of the first version: digits in a string. */
    readonly initial_tweet_id?: string
    /** The ids of all versions, oldest first. Each edit has its own id. */
    readonly edit_tweet_ids?: readonly string[]
  }
  /** Whether and how long a post can be edited. Absent in posts from before September 2022. */
  readonly edit_controls?: {
    /** The end of the time in which the post can be edited: milliseconds since 1970. */
    readonly editable_until_ms?: number
    /** How many more edits are possible, at most 5. */
    readonly edits_remaining?: number
  }
  /** Whether the post could be edited when it was created. Absent in posts from before September 2022. */
  readonly editable?: boolean
}

/** The whole text and all entities of a post that is longer than 140 characters. */
export interface WireExtendedTweet {
  /** The whole text, with `&`, `<` and `>` as HTML entities. */
  readonly full_text?: string
  /** The part of the text that X shows: the first index and the index after the last one, in code points. */
  readonly display_text_range?: readonly [number, number]
  /** The tags, links, mentions and media of the whole text. */
  readonly entities?: WireEntities
  /** The media with their real types. Absent when the post has none. */
  readonly extended_entities?: WireExtendedEntities
}

/** The media of a post with their real types. */
export interface WireExtendedEntities {
  /** Up to four photos, videos and GIFs. */
  readonly media?: readonly WireMedia[]
}

/** A point on the map. */
export interface WirePoint {
  /** `Point`. */
  readonly type: string
  /** Longitude and latitude in degrees. In the `geo` member of a post it is latitude and longitude. */
  readonly coordinates: readonly [number, number]
}

/** A place, from a café to a country. */
export interface WirePlace {
  /** The id of the place: hexadecimal digits. */
  readonly id?: string
  /** The address of the place in X's v1.1 API. */
  readonly url?: string
  /** The kind of place: `country`, `admin`, `city`, `neighborhood` or `poi`. */
  readonly place_type?: string
  /** The short name, such as `Manhattan`. */
  readonly name?: string
  /** The whole name, such as `Manhattan, NY`. */
  readonly full_name?: string
  /** The country as two capital letters (ISO 3166-1), such as `US`. */
  readonly country_code?: string
  /** The name of the country. */
  readonly country?: string
  /** A rectangle around the place. Null when X does not know it. */
  readonly bounding_box?: {
    /** `Polygon`. */
    readonly type: string
    /** One ring of corners, each a longitude and a latitude in degrees. */
    readonly coordinates: readonly (readonly (readonly [number, number])[])[]
  } | null
  /** More facts about the place. Empty in most posts. */
  readonly attributes?: { readonly [name: string]: unknown }
}
