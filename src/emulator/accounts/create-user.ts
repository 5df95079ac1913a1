import { assertBoolean, assertObject, assertText, kindOf } from '../../internal/assert.ts'

import type { Platform } from '../platform.ts'
import type { State } from '../state/state.ts'
import type { UserState } from '../state/tables.ts'

/** The options of `x.addUser()`. */
export interface AddUserOptions {
  /** The handle, without the at sign: 1 to 15 letters, digits and underscores. Each handle exists once. */
  readonly screenName: string
  /**
   * The display name, at most 50 characters.
   *
   * @defaultValue `screenName`
   */
  readonly name?: string | undefined
  /**
   * The bio.
   *
   * @defaultValue `''`
   */
  readonly description?: string | undefined
  /**
   * The location, as free text.
   *
   * @defaultValue `''`
   */
  readonly location?: string | undefined
  /**
   * The website.
   *
   * @defaultValue `''`
   */
  readonly url?: string | undefined
  /**
   * Whether only followers see the posts of the user.
   *
   * @defaultValue false
   */
  readonly protected?: boolean | undefined
  /**
   * Whether the account is verified.
   *
   * @defaultValue false
   */
  readonly verified?: boolean | undefined
}

export function createUser({ state, clock, nextId }: Platform, options: AddUserOptions): UserState {
  assertObject(options, 'user')
  const { screenName } = options
  assertFreeScreenName(state, screenName)
  const user: UserState = {
    id: nextId(),
    screenName,
    name: readName(options.name, screenName),
    description: readText(options.description, 'description'),
    location: readText(options.location, 'location'),
    url: readText(options.url, 'url'),
    profileImage: '',
    banner: '',
    protected: readFlag(options.protected, 'protected'),
    verified: readFlag(options.verified, 'verified'),
    createdAt: clock.now(),
    following: new Set(),
    followers: new Set(),
    blocking: new Set(),
    muting: new Set(),
    likes: new Set(),
    reposts: new Set(),
    posts: 0,
    authorizations: 0,
  }
  state.addUser(user)
  return user
}

/** Checks a new handle. A user may change the case of their own. */
export function assertFreeScreenName(
  state: State,
  screenName: unknown,
  owner?: UserState,
): asserts screenName is string {
  assertText(screenName, 'screenName')
  if (!/^\w{1,15}$/.test(screenName)) {
    throw new RangeError('"screenName" must be 1 to 15 letters, digits and underscores')
  }
  const user = state.userByName(screenName)
  if (user && user !== owner) throw new RangeError(`"screenName" must be unique, but @${screenName} already exists`)
}

/** Reads a display name. */
export function readName(value: unknown, defaultName: string): string {
  if (value === undefined) return defaultName
  assertText(value, 'name')
  if (Array.from(value).length > 50) throw new RangeError('"name" must not be longer than 50 characters')
  return value
}

/** Reads a text that may be empty. */
export function readText(value: unknown, label: string, defaultText = ''): string {
  if (value === undefined) return defaultText
  if (typeof value !== 'string') throw new TypeError(`"${label}" must be a string, got ${kindOf(value)}`)
  return value
}

function readFlag(value: unknown, label: string): boolean {
  if (value === undefined) return false
  assertBoolean(value, label)
  return value
}
