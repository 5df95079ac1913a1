import { assertOneOf, kindOf } from '../../internal/assert.ts'

/** How much a token may do, as the settings of an app name it; each level holds the ones before. */
export type Permissions = 'read' | 'read-write' | 'read-write-directmessages'

export const levels = ['read', 'read-write', 'read-write-directmessages'] as const satisfies readonly Permissions[]

/** What a token of OAuth 2.0 may do. */
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

export function includesLevel(level: Permissions, needed: Permissions): boolean {
  return levels.indexOf(level) >= levels.indexOf(needed)
}

/** The level of OAuth 1.0a that says the same as the scopes of a token of OAuth 2.0, as far as it can. */
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
