import { v2Date } from '../../payloads/dates.ts'
import { userPayload } from '../../payloads/user.ts'
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
export function userData(user: UserState, requested: string): object | string {
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
  const { followers_count, friends_count, statuses_count, listed_count, favourites_count, profile_image_url_https } =
    userPayload(user)
  return {
    created_at: v2Date(user.createdAt),
    description: user.description,
    location: user.location,
    profile_image_url: profile_image_url_https,
    protected: user.protected,
    public_metrics: {
      followers_count,
      following_count: friends_count,
      tweet_count: statuses_count,
      listed_count,
      like_count: favourites_count,
    },
    url: user.url,
    verified: user.verified,
    verified_type: user.verified ? 'blue' : 'none',
  }
}
