import type { WireV2Entities } from './user.ts'

/**
 * A post as the X Activity API, filtered streams and the v2 API send it. X is renaming members from `tweet` to `post`:
 * the schema has the new names, and every delivery known so far the older ones, so both are here.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export interface WireV2Post {
  /** The id of the post: digits in a string. */
  readonly id: string
  /** The text, in which `&`, `<` and `>` are HTML entities. That of a long post is cut: see `note_post`. */
  readonly text?: string
  /** The id of the author: digits in a string. */
  readonly author_id?: string
  /** The id of the first post of the conversation: digits in a string. */
  readonly conversation_id?: string
  /** When it was posted: ISO 8601 with milliseconds. */
  readonly created_at?: string
  /** The language of the text, such as `en`; `und` when X does not know it. */
  readonly lang?: string
  /** The tags, links and mentions in the text. */
  readonly entities?: WireV2Entities
  /** The media and polls of the post. */
  readonly attachments?: {
    /** The keys of the media in `includes.media`. */
    readonly media_keys?: readonly string[]
    /** The ids of the polls in `includes.polls`. */
    readonly poll_ids?: readonly string[]
  }
  /** The posts that this one replies to, quotes or reposts. */
  readonly referenced_posts?: readonly WireV2Reference[]
  /** The older name of `referenced_posts`. */
  readonly referenced_tweets?: readonly WireV2Reference[]
  /** The id of the post that this one replies to: digits in a string. */
  readonly in_reply_to_post_id?: string
  /** The older name of `in_reply_to_post_id`. */
  readonly in_reply_to_tweet_id?: string
  /**
   * The id of the user whom the post replies to: digits in a string. A post that begins with a mention has it too, without
   * being a reply.
   */
  readonly in_reply_to_user_id?: string
  /** The whole text of a long post. */
  readonly note_post?: WireV2Note
  /** The older name of `note_post`. */
  readonly note_tweet?: WireV2Note
  /** The ids of all versions of an edited post, oldest first. */
  readonly edit_history_post_ids?: readonly string[]
  /** The older name of `edit_history_post_ids`. */
  readonly edit_history_tweet_ids?: readonly string[]
  /** How the post may be edited. */
  readonly edit_controls?: Readonly<Record<string, unknown>>
  /** The counts of the post: each as a number, and with `_str` at the end as a string. */
  readonly public_metrics?: Readonly<Record<string, number | string>>
  /** Who can reply, such as `everyone`. */
  readonly reply_settings?: string
  /** Whether X shows a warning before the media. */
  readonly possibly_sensitive?: boolean
  /** Whether the author marked the post as a paid partnership. */
  readonly paid_partnership?: boolean
  /** Where the text begins and ends that is shown: two numbers, in Unicode code points. */
  readonly display_text_range?: readonly number[]
  /** The place of the post. */
  readonly geo?: Readonly<Record<string, unknown>>
  /** Where the post cannot be seen. */
  readonly withheld?: Readonly<Record<string, unknown>>
}

/** A post that another one refers to. */
export interface WireV2Reference {
  /** What the other post does with it. */
  readonly type: 'replied_to' | 'quoted' | 'retweeted' | 'reposted'
  /** Its id: digits in a string. */
  readonly id: string
}

/** The text of a long post. */
export interface WireV2Note {
  /** The whole text, in which `&`, `<` and `>` are HTML entities. */
  readonly text?: string
  /** The tags, links and mentions in the whole text. */
  readonly entities?: WireV2Entities
}

/** A photo, video or GIF of a post. */
export interface WireV2Media {
  /** Its key, which the `attachments` of the post contain. */
  readonly media_key: string
  /** What it is. */
  readonly type?: 'photo' | 'video' | 'animated_gif'
  /** The address of a photo. */
  readonly url?: string
  /** The address of the first frame of a video or a GIF. */
  readonly preview_image_url?: string
  /** The description for people who cannot see it. */
  readonly alt_text?: string
  /** The forms in which a video or a GIF can be had. */
  readonly variants?: readonly {
    /** The address. */
    readonly url?: string
    /** The media type, such as `video/mp4`. */
    readonly content_type?: string
    /** The bits of each second. */
    readonly bit_rate?: number
  }[]
}
