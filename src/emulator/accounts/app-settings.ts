import { assertText, kindOf } from '../../internal/assert.ts'
import { findUser, type UserRef } from '../actions/references.ts'
import { assertFlag, assertKeys } from '../options/assert-options.ts'
import type { Platform } from '../platform.ts'
import { assertPermissions, type Permissions } from '../state/permissions.ts'
import type { AppState, State } from '../state/state.ts'

/** What the developer portal, or X, lays down for an app. */
export interface AppSettings {
  /**
   * What the tokens may do that users give the app from now on: `read-write-directmessages` unless given. Tokens that are
   * out keep what they could do until the user authorises the app again.
   */
  readonly permissions?: Permissions
  /**
   * Whether the app has access to the API: `true` unless given. One that has not is answered `client-not-enrolled` by v2,
   * and code 200 or 61 by v1.1.
   */
  readonly enrolled?: boolean
  /**
   * Whether the app has an OAuth 2.0 client secret: X then signs deliveries with both secrets, and takes the newer one for
   * challenges. `false` unless given.
   */
  readonly oauth2?: boolean
  /** Users whose subscriptions the app may not touch: v1.1 answers code 348. Nobody unless given. */
  readonly deniedUsers?: readonly UserRef[]
}

/** An app to be made. */
export interface AddAppOptions extends AppSettings {
  /** The name that the pages of X show. */
  readonly name?: string
}

const settingNames = ['permissions', 'enrolled', 'oauth2', 'deniedUsers'] as const

export function readAddAppOptions(state: State, app: AddAppOptions): { name?: string; settings: AppSettings } {
  assertKeys(app, ['name', ...settingNames], 'app')
  const { name, ...rest } = app
  if (name !== undefined) assertText(name, 'name')
  return { ...(name !== undefined && { name }), settings: readAppSettings(state, rest) }
}

export function readAppSettings(state: State, given: AppSettings): AppSettings {
  assertKeys(given, settingNames, 'settings')
  const { permissions, enrolled, oauth2, deniedUsers } = given
  if (permissions !== undefined) assertPermissions(permissions, 'permissions')
  if (enrolled !== undefined) assertFlag(enrolled, 'enrolled')
  if (oauth2 !== undefined) assertFlag(oauth2, 'oauth2')
  if (deniedUsers !== undefined && !Array.isArray(deniedUsers)) {
    throw new TypeError(`"deniedUsers" must be an array, got ${kindOf(deniedUsers)}`)
  }
  for (const [index, user] of (deniedUsers ?? []).entries()) findUser(state, user, `deniedUsers[${index}]`)
  return given
}

/** Changes what is given, and leaves the rest as it is. */
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
