import type { WireV2User, WireWrappedUser } from '../../events/x-activity/wire/user.ts'
import { v2Date } from '../dates.ts'
import { profileImageOf, type UserProfile } from '../user-profile.ts'

/** A user in the form of the v2 API: members without a value are empty texts, and each count is also a string. */
export function v2UserPayload(user: UserProfile): WireV2User {
  const { counts, v2Fields } = user
  return {
    id: user.id,
    name: user.name,
    username: user.screenName,
    description: user.description,
    url: user.url,
    ...(user.location !== '' && { location: user.location }),
    protected: user.protected,
    verified: user.verified,
    verified_type: user.verified ? 'blue' : 'none',
    is_identity_verified: false,
    created_at: v2Date(user.createdAt),
    profile_image_url: `https://${profileImageOf(user)}`,
    profile_banner_url: user.banner,
    public_metrics: withTexts({
      followers_count: counts.followers,
      following_count: counts.following,
      tweet_count: counts.posts,
      listed_count: 0,
      like_count: counts.likes,
      media_count: 0,
    }),
    ...v2Fields,
  }
}

/**
 * A user as an object of its own, as follows, messages, Spaces and broadcasts have it. X leaves out some ids that the other
 * users have.
 */
export function wrappedUser(user: UserProfile): WireWrappedUser {
  const { pinned_tweet_id: _, most_recent_tweet_id: __, affiliation, ...data } = v2UserPayload(user)
  if (affiliation === undefined) return { data }
  const { user_id: ___, ...named } = affiliation
  return { data: { ...data, affiliation: named } }
}

/** The users of a conversation, by id. */
export function wrappedUsersById(...users: readonly UserProfile[]): Record<string, WireWrappedUser> {
  return Object.fromEntries(users.map((user) => [user.id, wrappedUser(user)]))
}

/** X sends each number of these objects as a string too: `start` and `start_str`. */
export function withTexts<T extends Readonly<Record<string, number>>>(
  numbers: T,
): T & { readonly [Name in keyof T & string as `${Name}_str`]: string } {
  return Object.fromEntries(
    Object.entries(numbers).flatMap(([name, value]) => [
      [name, value],
      [`${name}_str`, String(value)],
    ]),
  ) as T & { readonly [Name in keyof T & string as `${Name}_str`]: string }
}
