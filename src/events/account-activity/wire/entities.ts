/**
 * The position of an entity in its text: the index of its first character and the index after its last one. Both count
 * Unicode code points of the text as X sent it, before `unescapeText`.
 */
export type WireIndices = readonly [number, number]

/**
 * The tags, links, mentions and media that X found in a text. Each list may be absent.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireEntities {
  /** The hashtags, such as `#tea`. */
  readonly hashtags?: readonly WireHashtag[]
  /** The cashtags, such as `$TEA`. */
  readonly symbols?: readonly WireHashtag[]
  /** The accounts that the text mentions. */
  readonly user_mentions?: readonly WireMention[]
  /** The links. */
  readonly urls?: readonly WireUrl[]
  /**
   * The photos, videos and GIFs. In posts, `type` is `photo` here for videos and GIFs too; `extended_entities` has the
   * real type.
   */
  readonly media?: readonly WireMedia[]
}

/** A hashtag or a cashtag in a text. */
export interface WireHashtag {
  /** The tag without `#` or `$`. */
  readonly text: string
  /** The position of the tag, with its sign. */
  readonly indices: WireIndices
}

/** An account that a text mentions. */
export interface WireMention {
  /** The handle, without `@`. */
  readonly screen_name?: string
  /** The display name. Null or absent when X does not know it. */
  readonly name?: string | null
  /** The id of the account as a number, which JSON rounds when it is above 2^53. Use `id_str` or `idOf(mention)`. */
  readonly id?: number | string | null
  /** The id of the account: digits in a string. */
  readonly id_str?: string | null
  /** The position of the handle, with `@`. */
  readonly indices?: WireIndices
}

/** A link in a text. X shortens links to t.co. */
export interface WireUrl {
  /** The t.co link, as it is in the text. */
  readonly url: string
  /** The address that the author linked to. Null or absent when X does not know it. */
  readonly expanded_url?: string | null
  /** The address as X shows it, without scheme and cut when it is long. */
  readonly display_url?: string
  /** The position of the t.co link. */
  readonly indices?: WireIndices
}

/** A photo, video or GIF of a post or a direct message. */
export interface WireMedia {
  /** The id as a number, which JSON rounds when it is above 2^53. Use `id_str` or `idOf(media)`. */
  readonly id?: number | string
  /** The id: digits in a string. */
  readonly id_str?: string
  /** The position of the t.co link. */
  readonly indices?: WireIndices
  /** `photo`, `video` or `animated_gif`. It is reliable in `extended_entities` and in direct messages only. */
  readonly type?: string
  /** The t.co link, as it is in the text. */
  readonly url?: string
  /** The address as X shows it. */
  readonly display_url?: string
  /** The address of the page that shows the media. */
  readonly expanded_url?: string
  /** The address of the image, or of the preview of a video, with `http`. */
  readonly media_url?: string
  /** The address of the image, or of the preview of a video, with `https`. */
  readonly media_url_https?: string
  /** The sizes that X serves, by name: `thumb`, `small`, `medium` and `large`. */
  readonly sizes?: { readonly [name: string]: WireMediaSize }
  /** The files of a video or a GIF. Absent for a photo. */
  readonly video_info?: WireVideoInfo
  /** The id of the post in which the media was first published: digits in a string. Absent when it is this post. */
  readonly source_status_id_str?: string
}

/** One of the sizes in which X serves an image. */
export interface WireMediaSize {
  /** The width in pixels. */
  readonly w: number
  /** The height in pixels. */
  readonly h: number
  /** How the image is made smaller: `fit` keeps all of it, `crop` cuts it. */
  readonly resize: string
}

/** The files of a video or a GIF. */
export interface WireVideoInfo {
  /** Width and height as a ratio, such as `[16, 9]`. */
  readonly aspect_ratio?: readonly [number, number]
  /** The length in milliseconds. Absent for a GIF. */
  readonly duration_millis?: number
  /** The files, in several qualities. */
  readonly variants?: readonly {
    /** Bits per second. 0 for a GIF, absent for a playlist. */
    readonly bitrate?: number
    /** The media type, such as `video/mp4`. */
    readonly content_type?: string
    /** The address of the file. */
    readonly url: string
  }[]
}
