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

/** A user by handle or id. */
export function readUser(x: Emulator, value: unknown, name: string): UserRef {
  const user = x.user(readText(value, name))
  if (!user) throw new RangeError(`"${name}" is neither the handle nor the id of a user`)
  return user
}

/** The user that `:user` names. */
export function userOfPath(x: Emulator, given: ControlRequest): EmulatedUser {
  const user = x.user(given.param('user'))
  if (!user) throw new NotFoundError(`There is no user with the handle or the id ${given.param('user')}`)
  return user
}

/** The app that `:app` names by its id. */
export function appOfPath(x: Emulator, given: ControlRequest): EmulatedApp {
  const app = x.apps.find(({ id }) => id === given.param('app'))
  if (!app) throw new NotFoundError(`There is no app with the id ${given.param('app')}`)
  return app
}

/** The settings of an app, which name users by handle or id. */
export function readSettings(x: Emulator, { deniedUsers, ...settings }: ControlRequest['fields']): AppSettings {
  if (deniedUsers === undefined) return settings
  if (!Array.isArray(deniedUsers)) throw new TypeError(`"deniedUsers" must be an array, got ${kindOf(deniedUsers)}`)
  return { ...settings, deniedUsers: deniedUsers.map((user, index) => readUser(x, user, `deniedUsers[${index}]`)) }
}

/** A whole number in a query. */
export function readCount(
  value: unknown,
  name: string,
  { otherwise, max }: { otherwise: number; max: number },
): number {
  if (value === undefined) return otherwise
  const count = /^\d{1,15}$/.test(String(value)) ? Number(value) : 0
  if (count < 1 || count > max) throw new RangeError(`"${name}" must be a whole number from 1 to ${max}`)
  return count
}
