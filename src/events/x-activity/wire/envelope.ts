import type { WireV2Media, WireV2Post } from './post.ts'
import type { WireV2User } from './user.ts'

/** What a subscription of the X Activity API selects. Each event contains that of its subscription. */
export interface WireActivityFilter {
  /** The id of the account: digits in a string. */
  readonly user_id?: string
  /** The word that news are searched for. */
  readonly keyword?: string
  /** `outbound` for what the account does, `inbound` for what is done to it. Absent for both. */
  readonly direction?: string
  /** Further conditions. X has not documented their names. */
  readonly qualifiers?: Readonly<Record<string, unknown>>
}

/** The objects that an event of the X Activity API, or a post of a filtered stream, refers to. */
export interface XActivityIncludes {
  /** The users, without the object that X wraps some of them in. */
  readonly users?: readonly WireV2User[]
  /** The posts. X renames `tweets` to `posts`. */
  readonly posts?: readonly WireV2Post[]
  /** The older name of `posts`. */
  readonly tweets?: readonly WireV2Post[]
  /** The media of the posts. */
  readonly media?: readonly WireV2Media[]
  /** The polls of the posts. */
  readonly polls?: readonly Readonly<Record<string, unknown>>[]
  /** The places of the posts. */
  readonly places?: readonly Readonly<Record<string, unknown>>[]
}
