import type { WireV2User } from '../events/x-activity/wire/user.ts'

/** What the payloads say about a user. Each API has a form of its own for it. */
export interface UserProfile {
  /** The id: digits in a string. */
  readonly id: string
  /** The handle, without `@`. */
  readonly screenName: string
  /** The display name. */
  readonly name: string
  /** The bio. May be empty. */
  readonly description: string
  /** The location, as free text. May be empty. */
  readonly location: string
  /** The website. May be empty. */
  readonly url: string
  /** The address of the profile image. Empty for the default image of X. */
  readonly profileImage: string
  /** The address of the wide image. Empty when there is none. */
  readonly banner: string
  /** Whether only approved followers can see the posts of the user. */
  readonly protected: boolean
  /** Whether X has verified the account. */
  readonly verified: boolean
  /** When the account was created: milliseconds since 1970. */
  readonly createdAt: number
  /** The counts that the profile shows. */
  readonly counts: {
    /** How many accounts follow the user. */
    readonly followers: number
    /** How many accounts the user follows. */
    readonly following: number
    /** How many posts the user likes. */
    readonly likes: number
    /** How many posts the user has written, reposts included. */
    readonly posts: number
  }
  /** What only the v2 form contains: links of the profile, the organization, and posts. Absent when there is nothing. */
  readonly v2Fields?: Pick<WireV2User, 'entities' | 'affiliation' | 'pinned_tweet_id' | 'most_recent_tweet_id'>
}

const defaultImage = 'abs.twimg.com/sticky/default_profile_images/default_profile_normal.png'

/** The address of the profile image, without its scheme. */
export function profileImageOf({ profileImage }: Pick<UserProfile, 'profileImage'>): string {
  return profileImage === '' ? defaultImage : profileImage.replace(/^https?:\/\//, '')
}
