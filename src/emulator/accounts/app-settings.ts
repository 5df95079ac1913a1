import { assertBoolean, assertText, kindOf } from '../../internal/assert.ts'
import { findUser, type UserRef } from '../actions/references.ts'
import { assertKeys } from '../options/assert-options.ts'
import type { Platform } from '../platform.ts'
import { assertPermissions, type Permissions } from '../state/permissions.ts'
import type { State } from '../state/state.ts'
import type { AppState } from '../state/tables.ts'

/** The settings of an app, which its developer or X chooses. */
export interface AppSettings {
  /**
   * The permissions of the OAuth 1.0a tokens that users grant from now on. Existing tokens keep theirs until the user
   * authorises the app again.
   *
   * @defaultValue `'read-write-directmessages'`
   */
  readonly permissions?: Permissions | undefined
  /**
   * Whether the app has access to the API. Otherwise v2 answers `client-not-enrolled`, and v1.1 answers code 200 or 61.
   *
   * @defaultValue true
   */
  readonly enrolled?: boolean | undefined
  /**
   * Whether the app has an OAuth 2.0 client secret. X then signs deliveries with both secrets, and expects challenges to
   * be answered with the client secret.
   *
   * @defaultValue false
   */
  readonly oauth2?: boolean | undefined
  /**
   * The users whose subscriptions the app may not access. v1.1 answers code 348 for them.
   *
   * @defaultValue `[]`
   */
  readonly deniedUsers?: readonly UserRef[] | undefined
}

/** The options of `x.addApp()`. */
export interface AddAppOptions extends AppSettings {
  /**
   * The name of the app, which the sign-in page shows.
   *
   * @defaultValue `'Emulated App '` and a number
   */
  readonly name?: string | undefined
}

const settingNames = ['permissions', 'enrolled', 'oauth2', 'deniedUsers'] as const

export function readAddAppOptions(state: State, options: AddAppOptions): { name?: string; settings: AppSettings } {
  assertKeys(options, ['name', ...settingNames], 'app')
  const { name, ...rest } = options
  if (name !== undefined) assertText(name, 'name')
  return { ...(name !== undefined && { name }), settings: readAppSettings(state, rest) }
}

export function readAppSettings(state: State, settings: AppSettings): AppSettings {
  assertKeys(settings, settingNames, 'settings')
  const { permissions, enrolled, oauth2, deniedUsers } = settings
  if (permissions !== undefined) assertPermissions(permissions, 'permissions')
  if (enrolled !== undefined) assertBoolean(enrolled, 'enrolled')
  if (oauth2 !== undefined) assertBoolean(oauth2, 'oauth2')
  if (deniedUsers !== undefined && !Array.isArray(deniedUsers)) {
    throw new TypeError(`"deniedUsers" must be an array, got ${kindOf(deniedUsers)}`)
  }
  for (const [index, user] of (deniedUsers ?? []).entries()) findUser(state, user, `deniedUsers[${index}]`)
  return settings
}

/** Changes the settings that are given. The others stay as they are. */
export function applySettings({ random }: Platform, app: AppState, settings: AppSettings): void {
  const { permissions, enrolled, oauth2, deniedUsers } = settings
  if (permissions !== undefined) app.permissions = permissions
  if (enrolled !== undefined) app.enrolled = enrolled
  if (oauth2 === true) app.clientSecret ??= random.alphanumeric(`client secret ${app.id}`, 50)
  if (oauth2 === false) delete app.clientSecret
  if (deniedUsers === undefined) return
  app.deniedUsers.clear()
  for (const { id } of deniedUsers) app.deniedUsers.add(id)
}
