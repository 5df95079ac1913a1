import { idOf } from '../id-of.ts'
import { isJsonObject } from '../read/json-object.ts'
import type { Person } from './activity.ts'

/**
 * A person from what X calls a user: with `screen_name` in the Account Activity API, with `username` in the newer APIs.
 * Members that are empty or of another type are left out.
 *
 * @param id - Its id, when the event names it beside the user.
 */
export function personOf(user: unknown, id?: string): Person | undefined {
  const members = isJsonObject(user) ? user : {}
  const personId = id ?? idOf(members)
  if (personId === undefined) return undefined
  const handle = textOf(members.username) ?? textOf(members.screen_name)
  const name = textOf(members.name)
  const imageUrl = textOf(members.profile_image_url_https) ?? textOf(members.profile_image_url)
  return {
    id: personId,
    ...(handle !== undefined && { handle }),
    ...(name !== undefined && { name }),
    ...(imageUrl !== undefined && { imageUrl }),
  }
}

/** A text that is not empty. X sends empty ones for what is not known. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The person with an id among some users. Without a user, only the id is known. */
export function findPerson(users: unknown, id: string): Person {
  const user = objectsIn(users).find((one) => idOf(one) === id)
  return personOf(user, id) ?? { id }
}

/** The objects of a list. */
export function objectsIn(list: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : []
}
