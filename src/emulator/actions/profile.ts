import { profileImageOf } from '../../payloads/user-profile.ts'
import { assertFreeScreenName, readName, readText } from '../accounts/create-user.ts'
import { publishActivity } from '../delivery/publish-activity.ts'
import { assertKeys } from '../options/assert-options.ts'
import type { Platform } from '../platform.ts'
import type { UserState } from '../state/tables.ts'

/** The changes of `alice.updateProfile()`. Members that are not given stay as they are. */
export interface ProfileChanges {
  /** The display name, at most 50 characters. */
  readonly name?: string | undefined
  /** The bio. May be empty. */
  readonly bio?: string | undefined
  /** The handle, without the at sign: 1 to 15 letters, digits and underscores. Each handle exists once. */
  readonly screenName?: string | undefined
  /** The location, as free text. May be empty. */
  readonly location?: string | undefined
  /** The website. May be empty. */
  readonly url?: string | undefined
  /** The http or https address of the profile image. Empty for the image of X. */
  readonly profileImage?: string | undefined
  /** The http or https address of the wide image. Empty to remove it. */
  readonly banner?: string | undefined
}

/** The values of a profile, as events show them, by the last part of their event types. X calls the name `screenname`. */
const shownValues = {
  screenname: (user) => user.name,
  bio: (user) => user.description,
  handle: (user) => user.screenName,
  geo: (user) => user.location,
  url: (user) => user.url,
  profile_picture: (user) => `https://${profileImageOf(user)}`,
  banner_picture: (user) => user.banner,
} as const satisfies Readonly<Record<string, (user: UserState) => string>>

/** Changes a profile. The X Activity API has one event for each value that changes. */
export function updateProfile(platform: Platform, user: UserState, changes: ProfileChanges): void {
  assertKeys(changes, ['name', 'bio', 'screenName', 'location', 'url', 'profileImage', 'banner'], 'profile')
  const { screenName = user.screenName } = changes
  assertFreeScreenName(platform.state, screenName, user)
  const after = {
    name: readName(changes.name, user.name),
    description: readText(changes.bio, 'bio', user.description),
    location: readText(changes.location, 'location', user.location),
    url: readText(changes.url, 'url', user.url),
    profileImage: readImage(changes.profileImage, 'profileImage', user.profileImage),
    banner: readImage(changes.banner, 'banner', user.banner),
  }
  const before = { ...user }
  Object.assign(user, after)
  if (screenName !== user.screenName) platform.state.renameUser(user, screenName)
  for (const [part, read] of Object.entries(shownValues)) {
    const payload = { before: read(before), after: read(user) }
    if (payload.before === payload.after) continue
    publishActivity(platform, {
      eventType: `profile.update.${part}`,
      targets: [{ userId: user.id }],
      payload: () => payload,
    })
  }
}

function readImage(value: unknown, label: string, defaultUrl: string): string {
  const url = readText(value, label, defaultUrl)
  if (url === '' || (/^https?:\/\//.test(url) && URL.canParse(url))) return url
  throw new RangeError(`"${label}" must be an http or https URL`)
}
