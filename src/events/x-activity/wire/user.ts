/**
 * A user as the X Activity API and the v2 API send it. X leaves out members that are not known, and sends an empty text
 * for those without a value.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export interface WireV2User {
  /** The id of the user: digits in a string. */
  readonly id: string
  /** The name as the profile shows it. */
  readonly name?: string
  /** The handle, without `@`. */
  readonly username?: string
  /** When the account was created: ISO 8601, with or without milliseconds. */
  readonly created_at?: string
  /** The text of the profile. */
  readonly description?: string
  /** The tags, links and mentions in the text and in the link of the profile. */
  readonly entities?: {
    /** Those in the text. */
    readonly description?: WireV2Entities
    /** Those in the link. */
    readonly url?: WireV2Entities
  }
  /** The place that the user gives. */
  readonly location?: string
  /** The id of the pinned post: digits in a string. X renames `pinned_tweet_id` to `pinned_post_id`. */
  readonly pinned_post_id?: string
  /** The older name of `pinned_post_id`. */
  readonly pinned_tweet_id?: string
  /** The id of the newest post: digits in a string. X renames `most_recent_tweet_id` to `most_recent_post_id`. */
  readonly most_recent_post_id?: string
  /** The older name of `most_recent_post_id`. */
  readonly most_recent_tweet_id?: string
  /** The address of the picture. */
  readonly profile_image_url?: string
  /** The address of the wide picture. */
  readonly profile_banner_url?: string
  /** Whether only followers see the posts. */
  readonly protected?: boolean
  /** The counts of the profile: each as a number, and with `_str` at the end as a string. */
  readonly public_metrics?: Readonly<Record<string, number | string>>
  /** The link of the profile. */
  readonly url?: string
  /** Whether the account has a badge. */
  readonly verified?: boolean
  /** The kind of the badge, such as `blue`, `business`, `government` or `none`. */
  readonly verified_type?: string
  /** Whether X has checked the identity of the user. */
  readonly is_identity_verified?: boolean
  /** The organization that the account belongs to. */
  readonly affiliation?: Readonly<Record<string, unknown>>
}

/** A user that is an object of its own, as most events have it. */
export interface WireWrappedUser {
  /** The user. */
  readonly data: WireV2User
}

/** The tags, links and mentions in a text. Each says where it begins and ends, in Unicode code points. */
export interface WireV2Entities {
  /** The mentioned users. */
  readonly mentions?: readonly WireV2Mention[]
  /** The hashtags. */
  readonly hashtags?: readonly WireV2Tag[]
  /** The cashtags. */
  readonly cashtags?: readonly WireV2Tag[]
  /** The links. */
  readonly urls?: readonly WireV2Url[]
}

/** A mention in a text. */
export interface WireV2Mention {
  /** Where it begins. */
  readonly start?: number
  /** Where it ends. */
  readonly end?: number
  /** The handle, without `@`. */
  readonly username?: string
  /** The id of the user: digits in a string. X leaves it out in profiles. */
  readonly id?: string
}

/** A hashtag or a cashtag in a text. */
export interface WireV2Tag {
  /** Where it begins. */
  readonly start?: number
  /** Where it ends. */
  readonly end?: number
  /** The tag without its sign. */
  readonly tag?: string
}

/** A link in a text. */
export interface WireV2Url {
  /** Where it begins. */
  readonly start?: number
  /** Where it ends. */
  readonly end?: number
  /** The t.co link that is in the text. */
  readonly url?: string
  /** Where it leads. */
  readonly expanded_url?: string
  /** The link as X shows it. */
  readonly display_url?: string
  /** The media of the post that it stands for. */
  readonly media_key?: string
}
