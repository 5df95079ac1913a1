import type { WireDirectMessageUser, WireEventUser, WireUser } from '../../events/account-activity/wire/user.ts'
import { v1Date } from '../dates.ts'
import { profileImageOf, type UserProfile } from '../user-profile.ts'

/** A user in the form of posts and likes: a numeric id beside `id_str`, and `null` for what is empty. */
export function userPayload(user: UserProfile): WireUser {
  return {
    id: Number(user.id),
    id_str: user.id,
    name: user.name,
    screen_name: user.screenName,
    location: user.location || null,
    url: user.url || null,
    description: user.description || null,
    translator_type: 'none',
    protected: user.protected,
    verified: user.verified,
    ...countsOf(user),
    created_at: v1Date(user.createdAt),
    utc_offset: null,
    time_zone: null,
    geo_enabled: false,
    lang: null,
    contributors_enabled: false,
    is_translator: false,
    profile_background_color: 'F5F8FA',
    profile_background_image_url: '',
    profile_background_image_url_https: '',
    profile_background_tile: false,
    profile_link_color: '1DA1F2',
    profile_sidebar_border_color: 'C0DEED',
    profile_sidebar_fill_color: 'DDEEF6',
    profile_text_color: '333333',
    profile_use_background_image: true,
    profile_image_url: `http://${profileImageOf(user)}`,
    profile_image_url_https: `https://${profileImageOf(user)}`,
    ...(user.banner !== '' && { profile_banner_url: user.banner }),
    default_profile: true,
    default_profile_image: user.profileImage === '',
    following: null,
    follow_request_sent: null,
    notifications: null,
  }
}

/** A user in the form of follow, block and mute events: the id is a string, and empty members have placeholders. */
export function eventUserPayload(user: UserProfile): WireEventUser {
  return {
    id: user.id,
    default_profile_image: user.profileImage === '',
    profile_background_image_url: '',
    profile_link_color: -1,
    profile_background_image_url_https: '',
    utc_offset: 0,
    screen_name: user.screenName,
    is_translator: false,
    ...countsOf(user),
    name: user.name,
    lang: '',
    profile_use_background_image: false,
    created_at: v1Date(user.createdAt),
    profile_text_color: -1,
    notifications: false,
    protected: user.protected,
    url: user.url,
    contributors_enabled: false,
    default_profile: true,
    profile_sidebar_border_color: -1,
    time_zone: '',
    geo_enabled: false,
    verified: user.verified,
    profile_image_url: `http://${profileImageOf(user)}`,
    following: false,
    profile_image_url_https: `https://${profileImageOf(user)}`,
    profile_background_tile: false,
    profile_sidebar_fill_color: -1,
    location: user.location,
    follow_request_sent: false,
    description: user.description,
    profile_background_color: -1,
  }
}

/** A user in the form of the `users` map of a message: few members, and none that is empty. */
export function messageUserPayload(user: UserProfile): WireDirectMessageUser {
  const { followers_count, friends_count, statuses_count } = countsOf(user)
  return {
    id: user.id,
    created_timestamp: String(user.createdAt),
    name: user.name,
    screen_name: user.screenName,
    ...(user.location !== '' && { location: user.location }),
    ...(user.description !== '' && { description: user.description }),
    ...(user.url !== '' && { url: user.url }),
    protected: user.protected,
    verified: user.verified,
    followers_count,
    friends_count,
    statuses_count,
    profile_image_url: `http://${profileImageOf(user)}`,
    profile_image_url_https: `https://${profileImageOf(user)}`,
  }
}

/** The counts of a user by their names in version 1.1. */
function countsOf({ counts }: UserProfile) {
  return {
    followers_count: counts.followers,
    friends_count: counts.following,
    listed_count: 0,
    favourites_count: counts.likes,
    statuses_count: counts.posts,
  }
}
