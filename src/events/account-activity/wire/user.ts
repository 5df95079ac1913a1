/**
 * A user as posts and likes carry it. Nothing in it is certain to be there, and what has no value is null.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireUser {
  /** The same as `id_str`, but rounded by JSON when it is large: use `id_str`, or `idOf(user)`. */
  readonly id?: number | string
  readonly id_str?: string
  /** The name shown, any text. */
  readonly name?: string
  /** The handle, without the at sign. */
  readonly screen_name?: string
  readonly location?: string | null
  readonly url?: string | null
  readonly description?: string | null
  readonly translator_type?: string | null
  /** Whether only approved followers see the posts. */
  readonly protected?: boolean
  readonly verified?: boolean
  readonly followers_count?: number
  readonly friends_count?: number
  readonly listed_count?: number
  readonly favourites_count?: number
  readonly statuses_count?: number
  /** When the account was made: `Thu Apr 06 15:24:15 +0000 2017`. */
  readonly created_at?: string
  /** Null in what X sends now, as are `time_zone` and `lang`. */
  readonly utc_offset?: number | null
  readonly time_zone?: string | null
  readonly geo_enabled?: boolean
  readonly lang?: string | null
  readonly contributors_enabled?: boolean
  readonly is_translator?: boolean
  /** Six hexadecimal digits, as are the other colours. */
  readonly profile_background_color?: string
  readonly profile_background_image_url?: string | null
  readonly profile_background_image_url_https?: string | null
  readonly profile_background_tile?: boolean
  readonly profile_link_color?: string
  readonly profile_sidebar_border_color?: string
  readonly profile_sidebar_fill_color?: string
  readonly profile_text_color?: string
  readonly profile_use_background_image?: boolean
  readonly profile_image_url?: string | null
  readonly profile_image_url_https?: string | null
  /** Missing when there is no banner. */
  readonly profile_banner_url?: string | null
  readonly default_profile?: boolean
  readonly default_profile_image?: boolean
  readonly following?: boolean | null
  readonly follow_request_sent?: boolean | null
  readonly notifications?: boolean | null
}

/**
 * A user as follow, block and mute events carry it: the id is a string, there is no `id_str`, and what has no value
 * is a placeholder instead of null: `-1` for a colour, `0` for an offset, an empty string for a text.
 */
export interface WireEventUser {
  /** A string in all that X sends; `idOf(user)` reads it from fixtures with a number as well. */
  readonly id?: string | number
  /** Not sent by X; some fixtures have it. */
  readonly id_str?: string
  readonly name?: string
  /** The handle, without the at sign. */
  readonly screen_name?: string
  readonly location?: string | null
  readonly url?: string | null
  readonly description?: string | null
  readonly protected?: boolean
  readonly verified?: boolean
  readonly followers_count?: number
  readonly friends_count?: number
  readonly listed_count?: number
  readonly favourites_count?: number
  readonly statuses_count?: number
  /** When the account was made: `Thu Apr 06 15:24:15 +0000 2017`. */
  readonly created_at?: string
  readonly utc_offset?: number | null
  readonly time_zone?: string | null
  readonly geo_enabled?: boolean
  readonly lang?: string | null
  readonly contributors_enabled?: boolean
  readonly is_translator?: boolean
  /** A number, `-1`, where a post's user has hexadecimal digits; so with the other colours. */
  readonly profile_background_color?: number | string
  readonly profile_background_image_url?: string | null
  readonly profile_background_image_url_https?: string | null
  readonly profile_background_tile?: boolean
  readonly profile_link_color?: number | string
  readonly profile_sidebar_border_color?: number | string
  readonly profile_sidebar_fill_color?: number | string
  readonly profile_text_color?: number | string
  readonly profile_use_background_image?: boolean
  readonly profile_image_url?: string | null
  readonly profile_image_url_https?: string | null
  readonly profile_banner_url?: string | null
  readonly default_profile?: boolean
  readonly default_profile_image?: boolean
  readonly following?: boolean | null
  readonly follow_request_sent?: boolean | null
  readonly notifications?: boolean | null
}

/** A user as the `users` map of a direct message delivery holds it, under its id. Empty texts are left out. */
export interface WireDirectMessageUser {
  readonly id?: string
  /** When the account was made: milliseconds since 1970, in a string. */
  readonly created_timestamp?: string
  readonly name?: string
  /** The handle, without the at sign. */
  readonly screen_name?: string
  readonly location?: string | null
  readonly description?: string | null
  readonly url?: string | null
  readonly protected?: boolean
  readonly verified?: boolean
  readonly followers_count?: number
  readonly friends_count?: number
  readonly statuses_count?: number
  /** Older deliveries hold the text `null` where there is none. */
  readonly profile_image_url?: string | null
  readonly profile_image_url_https?: string | null
}
