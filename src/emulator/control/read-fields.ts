import { assertText, kindOf } from '../../internal/assert.ts'
import type { AppSettings } from '../accounts/app-settings.ts'
import type { EmulatedApp } from '../accounts/apps.ts'
import type { EmulatedUser } from '../accounts/emulated-user.ts'
import type { UserRef } from '../actions/references.ts'
import type { Emulator } from '../emulator.ts'
import { type ControlRequest, NotFoundError } from './endpoint.ts'

export function readText(value: unknown, name: string): string {
  assertText(value, name)
  return value
}

/** The user with this handle or id. */
export function readUser(x: Emulator, value: unknown, name: string): UserRef {
  const user = x.user(readText(value, name))
  if (!user) throw new RangeError(`"${name}" must be the handle or the id of a user`)
  return user
}

/** The user that `:user` names by handle or id. */
export function userOfPath(x: Emulator, request: ControlRequest): EmulatedUser {
  const user = x.user(request.param('user'))
  if (!user) throw new NotFoundError(`No user has the handle or the id "${request.param('user')}".`)
  return user
}

/** The app that `:app` names by id. */
export function appOfPath(x: Emulator, request: ControlRequest): EmulatedApp {
  const app = x.apps.find(({ id }) => id === request.param('app'))
  if (!app) throw new NotFoundError(`No app has the id "${request.param('app')}".`)
  return app
}

/** The settings of an app. Users are named by handle or id. */
export function readSettings(x: Emulator, { deniedUsers, ...settings }: ControlRequest['fields']): AppSettings {
  if (deniedUsers === undefined) return settings
  if (!Array.isArray(deniedUsers)) throw new TypeError(`"deniedUsers" must be an array, got ${kindOf(deniedUsers)}`)
  return { ...settings, deniedUsers: deniedUsers.map((user, index) => readUser(x, user, `deniedUsers[${index}]`)) }
}

/** A whole number from 1 to `max` in a query. */
export function readCount(
  value: unknown,
  name: string,
  { defaultValue, max }: { defaultValue: number; max: number },
): number {
  if (value === undefined) return defaultValue
  const count = /^\d{1,15}$/.test(String(value)) ? Number(value) : 0
  if (count < 1 || count > max) throw new RangeError(`"${name}" must be a whole number from 1 to ${max}`)
  return count
}
