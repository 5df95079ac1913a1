import { getOwn, isJsonObject, type JsonObject } from '../read/json-object.ts'
import type { XActivityIncludes } from './wire/envelope.ts'
import type { WireV2User } from './wire/user.ts'

/** A user without the object that X wraps it in: `{ data: user }` in most payloads, the user itself in others. */
export function unwrapUser(value: unknown): WireV2User | undefined {
  if (!isJsonObject(value)) return undefined
  const user = getOwn(value, 'data') ?? value
  return isJsonObject(user) ? (user as unknown as WireV2User) : undefined
}

/**
 * What an event refers to, with its users unwrapped. Users that are not a list are left out. `undefined` when X sent
 * nothing.
 */
export function readIncludes(envelope: JsonObject): XActivityIncludes | undefined {
  const includes = getOwn(envelope, 'includes')
  if (!isJsonObject(includes)) return undefined
  const { users, ...others } = includes
  if (!Array.isArray(users)) return others as XActivityIncludes
  return { ...others, users: users.map(unwrapUser).filter((user) => user !== undefined) }
}

/** The users of a conversation, by their ids. */
export function findUser(users: unknown, id: string): WireV2User | undefined {
  return isJsonObject(users) ? unwrapUser(getOwn(users, id)) : undefined
}
