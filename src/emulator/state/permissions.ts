import { assertOneOf, kindOf } from '../../internal/assert.ts'

/** The permissions of an OAuth 1.0a access token, named as in the settings of an app. Each level includes the ones before it. */
export type Permissions = 'read' | 'read-write' | 'read-write-directmessages'

export const levels = ['read', 'read-write', 'read-write-directmessages'] as const satisfies readonly Permissions[]

/** A scope of an OAuth 2.0 access token. */
export type Scope =
  | 'tweet.read'
  | 'tweet.write'
  | 'tweet.moderate.write'
  | 'users.email'
  | 'users.read'
  | 'follows.read'
  | 'follows.write'
  | 'offline.access'
  | 'space.read'
  | 'mute.read'
  | 'mute.write'
  | 'like.read'
  | 'like.write'
  | 'list.read'
  | 'list.write'
  | 'block.read'
  | 'block.write'
  | 'bookmark.read'
  | 'bookmark.write'
  | 'dm.read'
  | 'dm.write'
  | 'media.write'

/** @see https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code */
export const allScopes = [
  'tweet.read',
  'tweet.write',
  'tweet.moderate.write',
  'users.email',
  'users.read',
  'follows.read',
  'follows.write',
  'offline.access',
  'space.read',
  'mute.read',
  'mute.write',
  'like.read',
  'like.write',
  'list.read',
  'list.write',
  'block.read',
  'block.write',
  'bookmark.read',
  'bookmark.write',
  'dm.read',
  'dm.write',
  'media.write',
] as const satisfies readonly Scope[]

/** Whether one level includes another. */
export function includesLevel(level: Permissions, needed: Permissions): boolean {
  return levels.indexOf(level) >= levels.indexOf(needed)
}

/** The OAuth 1.0a permissions that come closest to the scopes of an OAuth 2.0 access token. */
export function levelOf(scopes: readonly Scope[]): Permissions {
  if (scopes.includes('dm.read') && scopes.includes('dm.write')) return 'read-write-directmessages'
  return scopes.some((scope) => scope.endsWith('.write')) ? 'read-write' : 'read'
}

export function assertPermissions(value: unknown, label: string): asserts value is Permissions {
  assertOneOf(value, levels, label)
}

export function assertScopes(value: unknown, label: string): asserts value is readonly Scope[] {
  if (!Array.isArray(value)) throw new TypeError(`"${label}" must be an array, got ${kindOf(value)}`)
  for (const [index, scope] of value.entries()) assertOneOf(scope, allScopes, `${label}[${index}]`)
}
