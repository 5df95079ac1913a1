/** Where an entity stands in its text: from this character to before that one, in code points. */
export type WireIndices = readonly [number, number]

/** What X found in a text: tags, links, names, media. Each list may be missing. */
export interface WireEntities {
  readonly hashtags?: readonly WireHashtag[]
  readonly symbols?: readonly WireHashtag[]
  readonly user_mentions?: readonly WireMention[]
  readonly urls?: readonly WireUrl[]
  /** Here `type` says `photo` for a GIF or a video too; `extended_entities` tells which. */
  readonly media?: readonly WireMedia[]
}

/** A `#hashtag` or a `$SYMBOL`. */
export interface WireHashtag {
  /** The tag without its sign. */
  readonly text: string
  readonly indices: WireIndices
}

/** An account named in a text. */
export interface WireMention {
  readonly screen_name?: string
  readonly name?: string | null
  /** The same as `id_str`, but rounded by JSON when it is large: use `id_str`. */
  readonly id?: number | string | null
  readonly id_str?: string | null
  readonly indices?: WireIndices
}

/** A link, which X shortens to t.co. */
export interface WireUrl {
  /** The t.co link, as it stands in the text. */
  readonly url: string
  /** Where it leads. */
  readonly expanded_url?: string | null
  /** How X shows it. */
  readonly display_url?: string
  readonly indices?: WireIndices
}

/** A photo, video or GIF of a post or a direct message. */
export interface WireMedia {
  /** The same as `id_str`, but rounded by JSON when it is large: use `id_str`. */
  readonly id?: number | string
  readonly id_str?: string
  readonly indices?: WireIndices
  /** `photo`, `video` or `animated_gif`; trust it only in `extended_entities` and in direct messages. */
  readonly type?: string
  /** The t.co link, as it stands in the text. */
  readonly url?: string
  readonly display_url?: string
  readonly expanded_url?: string
  /** The image, or the preview of a video, over http. */
  readonly media_url?: string
  /** The image, or the preview of a video, over https. */
  readonly media_url_https?: string
  /** By name: `thumb`, `small`, `medium`, `large`. */
  readonly sizes?: { readonly [name: string]: WireMediaSize }
  readonly video_info?: WireVideoInfo
  /** The post this medium was first part of, when it is another one. */
  readonly source_status_id_str?: string
}

/** One of the sizes in which X serves an image, in pixels. */
export interface WireMediaSize {
  readonly w: number
  readonly h: number
  /** `fit` or `crop`. */
  readonly resize: string
}

/** The files of a video or GIF. */
export interface WireVideoInfo {
  readonly aspect_ratio?: readonly [number, number]
  /** Missing for a GIF. */
  readonly duration_millis?: number
  readonly variants?: readonly {
    /** Bits per second; 0 for a GIF, missing for a playlist. */
    readonly bitrate?: number
    readonly content_type?: string
    readonly url: string
  }[]
}
