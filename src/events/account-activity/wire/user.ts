/**
 * A user, as posts and likes contain it. Every member may be absent. Members without a value are null.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireUser {
  /** The id as a number, which JSON rounds when it is above 2^53. Use `id_str` or `idOf(user)`. */
  readonly id?: number | string
  /** The id: digits in a string. */
  readonly id_str?: string
  /** The display name, which may be any text. */
  readonly name?: string
  /** The handle, without `@`. */
  readonly screen_name?: string
  /** Where the user says to be, which may be any text. Null when there is none. */
  readonly location?: string | null
  /** The t.co link to the web site of the user. Null when there is none. */
  readonly url?: string | null
  /** The text of the profile. Null when there is none. */
  readonly description?: string | null
  /** Whether the user translates for X: `none` for most users. */
  readonly translator_type?: string | null
  /** Whether only approved followers can see the posts of the user. */
  readonly protected?: boolean
  /** Whether X has verified the account. */
  readonly verified?: boolean
  /** How many accounts follow the user. */
  readonly followers_count?: number
  /** How many accounts the user follows. */
  readonly friends_count?: number
  /** How many public lists contain the user. */
  readonly listed_count?: number
  /** How many posts the user likes. */
  readonly favourites_count?: number
  /** How many posts the user has written, including reposts. */
  readonly statuses_count?: number
  /** When the account was created, in seconds: `Thu Apr 06 15:24:15 +0000 2017`. */
  readonly created_at?: string
  /** The time zone in seconds. No longer used by X: null. */
  readonly utc_offset?: number | null
  /** The name of the time zone. No longer used by X: null. */
  readonly time_zone?: string | null
  /** Whether the user can add a place to posts. */
  readonly geo_enabled?: boolean
  /** The language of the user. No longer used by X: null. */
  readonly lang?: string | null
  /** Whether other users can post for the account. No longer used by X: false. */
  readonly contributors_enabled?: boolean
  /** Whether the user translates for X. */
  readonly is_translator?: boolean
  /** The colour of the background: six hexadecimal digits. */
  readonly profile_background_color?: string
  /** The address of the background image, with `http`. */
  readonly profile_background_image_url?: string | null
  /** The address of the background image, with `https`. */
  readonly profile_background_image_url_https?: string | null
  /** Whether the background image is repeated. */
  readonly profile_background_tile?: boolean
  /** The colour of links: six hexadecimal digits. */
  readonly profile_link_color?: string
  /** The colour of the borders of the sidebar: six hexadecimal digits. */
  readonly profile_sidebar_border_color?: string
  /** The colour of the background of the sidebar: six hexadecimal digits. */
  readonly profile_sidebar_fill_color?: string
  /** The colour of texts: six hexadecimal digits. */
  readonly profile_text_color?: string
  /** Whether the profile shows a background image. */
  readonly profile_use_background_image?: boolean
  /** The address of the profile image, with `http`. */
  readonly profile_image_url?: string | null
  /** The address of the profile image, with `https`. */
  readonly profile_image_url_https?: string | null
  /** The address of the banner, without its size. Absent when there is none. */
  readonly profile_banner_url?: string | null
  /** Whether the user has not changed the theme of the profile. */
  readonly default_profile?: boolean
  /** Whether the user has no profile image of their own. */
  readonly default_profile_image?: boolean
  /** Whether the user of the access token follows the user. Null in deliveries. */
  readonly following?: boolean | null
  /** Whether the user of the access token has asked to follow this protected user. Null in deliveries. */
  readonly follow_request_sent?: boolean | null
  /**
   * Whether the user of the access token gets notifications about posts of the user. No longer used by X. Null in
   * deliveries.
   */
  readonly notifications?: boolean | null
}

/**
 * A user, as follow, block and mute events contain it. The id is a string, and `id_str` is absent. Members without a
 * value are not null but have a placeholder: `-1` for a colour, `0` for an offset, an empty string for a text.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireEventUser {
  /** The id: digits in a string. `idOf(user)` also reads it from test data with a number. */
  readonly id?: string | number
  /** X does not send it; some test data has it. */
  readonly id_str?: string
  /** The display name, which may be any text. */
  readonly name?: string
  /** The handle, without `@`. */
  readonly screen_name?: string
  /** Where the user says to be, which may be any text. An empty string when there is none. */
  readonly location?: string | null
  /** The t.co link to the web site of the user. An empty string when there is none. */
  readonly url?: string | null
  /** The text of the profile. An empty string when there is none. */
  readonly description?: string | null
  /** Whether only approved followers can see the posts of the user. */
  readonly protected?: boolean
  /** Whether X has verified the account. */
  readonly verified?: boolean
  /** How many accounts follow the user. */
  readonly followers_count?: number
  /** How many accounts the user follows. */
  readonly friends_count?: number
  /** How many public lists contain the user. */
  readonly listed_count?: number
  /** How many posts the user likes. */
  readonly favourites_count?: number
  /** How many posts the user has written, including reposts. */
  readonly statuses_count?: number
  /** When the account was created, in seconds: `Thu Apr 06 15:24:15 +0000 2017`. */
  readonly created_at?: string
  /** The time zone in seconds. No longer used by X: `0`. */
  readonly utc_offset?: number | null
  /** The name of the time zone. No longer used by X: an empty string. */
  readonly time_zone?: string | null
  /** Whether the user can add a place to posts. */
  readonly geo_enabled?: boolean
  /** The language of the user. No longer used by X: an empty string. */
  readonly lang?: string | null
  /** Whether other users can post for the account. No longer used by X: false. */
  readonly contributors_enabled?: boolean
  /** Whether the user translates for X. */
  readonly is_translator?: boolean
  /** The colour of the background: the number `-1`. */
  readonly profile_background_color?: number | string
  /** The address of the background image, with `http`. */
  readonly profile_background_image_url?: string | null
  /** The address of the background image, with `https`. */
  readonly profile_background_image_url_https?: string | null
  /** Whether the background image is repeated. */
  readonly profile_background_tile?: boolean
  /** The colour of links: the number `-1`. */
  readonly profile_link_color?: number | string
  /** The colour of the borders of the sidebar: the number `-1`. */
  readonly profile_sidebar_border_color?: number | string
  /** The colour of the background of the sidebar: the number `-1`. */
  readonly profile_sidebar_fill_color?: number | string
  /** The colour of texts: the number `-1`. */
  readonly profile_text_color?: number | string
  /** Whether the profile shows a background image. */
  readonly profile_use_background_image?: boolean
  /** The address of the profile image, with `http`. */
  readonly profile_image_url?: string | null
  /** The address of the profile image, with `https`. */
  readonly profile_image_url_https?: string | null
  /** The address of the banner, without its size. Absent when there is none. */
  readonly profile_banner_url?: string | null
  /** Whether the user has not changed the theme of the profile. */
  readonly default_profile?: boolean
  /** Whether the user has no profile image of their own. */
  readonly default_profile_image?: boolean
  /** Whether the user of the access token follows the user. False in deliveries. */
  readonly following?: boolean | null
  /** Whether the user of the access token has asked to follow this protected user. False in deliveries. */
  readonly follow_request_sent?: boolean | null
  /**
   * Whether the user of the access token gets notifications about posts of the user. No longer used by X. False in
   * deliveries.
   */
  readonly notifications?: boolean | null
}

/**
 * A user, as it is in the `users` map of a direct message delivery. Members without a value are absent.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireDirectMessageUser {
  /** The id: digits in a string. It is also the key in the map. */
  readonly id?: string
  /** When the account was created: milliseconds since 1970, in a string. */
  readonly created_timestamp?: string
  /** The display name, which may be any text. */
  readonly name?: string
  /** The handle, without `@`. */
  readonly screen_name?: string
  /** Where the user says to be, which may be any text. Absent when there is none. */
  readonly location?: string | null
  /** The text of the profile. Absent when there is none. */
  readonly description?: string | null
  /** The t.co link to the web site of the user. Absent when there is none. */
  readonly url?: string | null
  /** Whether only approved followers can see the posts of the user. */
  readonly protected?: boolean
  /** Whether X has verified the account. */
  readonly verified?: boolean
  /** How many accounts follow the user. */
  readonly followers_count?: number
  /** How many accounts the user follows. */
  readonly friends_count?: number
  /** How many posts the user has written, including reposts. */
  readonly statuses_count?: number
  /** The address of the profile image, with `http`. Older deliveries have the text `null` when there is none. */
  readonly profile_image_url?: string | null
  /** The address of the profile image, with `https`. Older deliveries have the text `null` when there is none. */
  readonly profile_image_url_https?: string | null
}
