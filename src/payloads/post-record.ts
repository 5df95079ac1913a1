import type { WireIndices } from '../events/account-activity/wire/entities.ts'
import type { Entities } from './entities.ts'
import type { SourceApp } from './source-app.ts'
import type { UserProfile } from './user-profile.ts'

/** What the payloads say about a post, with the posts that it refers to. Each API has a form of its own for it. */
export interface PostRecord {
  /** The id: digits in a string. */
  readonly id: string
  /** The author. */
  readonly author: UserProfile
  /** When it was posted: milliseconds since 1970. */
  readonly createdAt: number
  /** The app that it was written with. Absent for X's own. */
  readonly sourceApp?: SourceApp
  /** The whole text, escaped as HTML. The indices of `entities` refer to it. */
  readonly text: string
  /** The tags, links and mentions in the text. */
  readonly entities: Entities
  /** The language, as a BCP 47 tag. */
  readonly lang: string
  /** Where the displayed part of the text begins: after the handles that X puts in front of a reply. */
  readonly shownFrom: number
  /** The photos, videos and GIFs. Their link is the end of the text. Absent when there are none. */
  readonly media?: readonly MediaRecord[]
  /** The id of the first post of the conversation. Only the v2 form contains it. */
  readonly conversationId: string
  /** The post and the user that are replied to. */
  readonly inReplyTo?: {
    /** The id of the post. `null` for a post that begins with a handle. */
    readonly postId: string | null
    /** The id of the user. */
    readonly userId: string
    /** The handle of the user. `null` when the user does not exist. */
    readonly screenName: string | null
  }
  /** The quoted post. */
  readonly quotes?: QuotedPost
  /** The original of a repost. */
  readonly reposts?: PostRecord
  /** How often the post was liked, reposted and quoted, and how many replies it has. */
  readonly counts: {
    readonly likes: number
    readonly reposts: number
    readonly quotes: number
    readonly replies: number
  }
}

/** A quoted post. */
export interface QuotedPost {
  /** The id: digits in a string. */
  readonly id: string
  /** The handle of its author. Absent when the post was deleted. */
  readonly screenName?: string
  /** The whole post. Absent when the payload names it only by its id, as in a quote of a quote. */
  readonly post?: PostRecord
}

/** A photo, video or GIF. */
export interface MediaRecord {
  /** The id: digits in a string. */
  readonly id: string
  /** What it is. */
  readonly type: 'photo' | 'video' | 'animated_gif'
  /** The address of the image or of the preview, without its scheme. */
  readonly image: string
  /** The address of the file of a video or a GIF. Absent for a photo. */
  readonly video?: string
  /** The width and the height in pixels. */
  readonly size: readonly [number, number]
  /** The length of a video in milliseconds. Absent for a photo and a GIF. */
  readonly durationMs?: number
  /** The description for people who cannot see it. Absent when there is none. */
  readonly altText?: string
  /** The t.co link in the text. */
  readonly url: string
  /** The address of the page that shows the media. */
  readonly pageUrl: string
  /** The position of the link in the text. */
  readonly indices: WireIndices
}
