import type { WireV2User } from '../../../events/x-activity/wire/user.ts'
import { v2Date } from '../../../payloads/dates.ts'
import { profileImageOf } from '../../../payloads/user-profile.ts'
import { userProfile } from '../../state/records.ts'
import type { UserState } from '../../state/tables.ts'

/** Fields of X that no user of the emulator has. */
const unsetFields = [
  'affiliation',
  'confirmed_email',
  'connection_status',
  'entities',
  'is_identity_verified',
  'most_recent_tweet_id',
  'parody',
  'pinned_tweet_id',
  'profile_banner_url',
  'receives_your_dm',
  'subscription',
  'subscription_type',
  'verified_followers_count',
  'withheld',
]

/**
 * A user in the form of v2.
 *
 * @param requested - The names of optional fields, separated by commas.
 * @returns The user, or the problem with `requested` in one sentence.
 */
export function userData(user: UserState, requested: string): WireV2User | string {
  const { id, name, screenName: username } = user
  const fields = new Map(Object.entries(optionalFields(user)))
  const names = requested === '' ? [] : requested.split(',')
  const known = ['id', 'name', 'username', ...fields.keys(), ...unsetFields]
  const unknown = names.find((field) => !known.includes(field))
  if (unknown !== undefined) {
    return `The \`user.fields\` query parameter value [${unknown}] is not one of [${known.sort().join(',')}]`
  }
  // X omits empty fields.
  const chosen = [...fields].filter(([field, value]) => names.includes(field) && value !== '')
  return { id, name, username, ...Object.fromEntries(chosen) }
}

function optionalFields(user: UserState) {
  const { counts, profileImage } = userProfile(user)
  return {
    created_at: v2Date(user.createdAt),
    description: user.description,
    location: user.location,
    profile_image_url: `https://${profileImageOf({ profileImage })}`,
    protected: user.protected,
    public_metrics: {
      followers_count: counts.followers,
      following_count: counts.following,
      tweet_count: counts.posts,
      listed_count: 0,
      like_count: counts.likes,
    },
    url: user.url,
    verified: user.verified,
    verified_type: user.verified ? 'blue' : 'none',
  }
}
