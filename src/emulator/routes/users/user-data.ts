import { v2Date } from '../../payloads/dates.ts'
import { userPayload } from '../../payloads/user.ts'
import type { UserState } from '../../state/state.ts'

/** Fields of X's that say nothing about a user of the emulator. */
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
 * A user as v2 shows it, or what is wrong with the fields that were asked for.
 *
 * @param asked - The names of fields, with commas between them.
 */
export function userData(user: UserState, asked: string): object | string {
  const { id, name, screenName: username } = user
  const fields = new Map(Object.entries(optionalFields(user)))
  const names = asked === '' ? [] : asked.split(',')
  const known = ['id', 'name', 'username', ...fields.keys(), ...unsetFields]
  const unknown = names.find((field) => !known.includes(field))
  if (unknown !== undefined) {
    return `The \`user.fields\` query parameter value [${unknown}] is not one of [${known.sort().join(',')}]`
  }
  // X leaves out what is empty.
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
