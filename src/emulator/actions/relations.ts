import { publish } from '../delivery/publish.ts'
import { eventUserPayload } from '../payloads/user.ts'
import type { Platform } from '../platform.ts'
import type { UserState } from '../state/state.ts'
import { assertNotBlocked, findOtherUser, type UserRef } from './references.ts'

type RelationAction = (platform: Platform, source: UserState, ref: UserRef) => void

/** Follows a user; a protected one takes every follower. */
export const follow: RelationAction = (platform, source, ref) => {
  const target = findOtherUser(platform.state, source, ref)
  assertNotBlocked(source, target)
  if (source.blocking.has(target.id)) throw new RangeError(`@${source.screenName} has blocked @${target.screenName}`)
  if (source.following.has(target.id)) throw alreadyError(source, 'follows', target)
  source.following.add(target.id)
  target.followers.add(source.id)
  publishRelation(platform, 'follow', { source, target })
}

export const unfollow: RelationAction = (platform, source, ref) => {
  const target = findOtherUser(platform.state, source, ref)
  if (!removeFollow(source, target)) throw notYetError(source, 'follow', target)
  publishRelation(platform, 'unfollow', { source, target })
}

/** Blocks a user; neither follows the other any more, of which X sends no event. */
export const block: RelationAction = (platform, source, ref) => {
  const target = findOtherUser(platform.state, source, ref)
  if (source.blocking.has(target.id)) throw alreadyError(source, 'blocks', target)
  source.blocking.add(target.id)
  removeFollow(source, target)
  removeFollow(target, source)
  publishRelation(platform, 'block', { source, target })
}

export const unblock: RelationAction = (platform, source, ref) => {
  const target = findOtherUser(platform.state, source, ref)
  if (!source.blocking.delete(target.id)) throw notYetError(source, 'block', target)
  publishRelation(platform, 'unblock', { source, target })
}

export const mute: RelationAction = (platform, source, ref) => {
  const target = findOtherUser(platform.state, source, ref)
  if (source.muting.has(target.id)) throw alreadyError(source, 'mutes', target)
  source.muting.add(target.id)
  publishRelation(platform, 'mute', { source, target })
}

export const unmute: RelationAction = (platform, source, ref) => {
  const target = findOtherUser(platform.state, source, ref)
  if (!source.muting.delete(target.id)) throw notYetError(source, 'mute', target)
  publishRelation(platform, 'unmute', { source, target })
}

/** Ends that one follows the other; false when they did not. */
function removeFollow(source: UserState, target: UserState): boolean {
  target.followers.delete(source.id)
  return source.following.delete(target.id)
}

/** The array that carries an event: that of what it undoes. */
const eventArrays = {
  follow: 'follow_events',
  unfollow: 'follow_events',
  block: 'block_events',
  unblock: 'block_events',
  mute: 'mute_events',
  unmute: 'mute_events',
} as const

function publishRelation(
  platform: Platform,
  type: keyof typeof eventArrays,
  parties: { source: UserState; target: UserState },
): void {
  const { source, target } = parties
  const event = {
    type,
    created_timestamp: String(platform.uniqueTimestamp(`${type} ${source.id} ${target.id}`)),
    target: eventUserPayload(target),
    source: eventUserPayload(source),
  }
  publish(platform, [source.id, target.id], { [eventArrays[type]]: [event] })
}

function alreadyError(source: UserState, does: string, target: UserState): RangeError {
  return new RangeError(`@${source.screenName} ${does} @${target.screenName} already`)
}

function notYetError(source: UserState, does: string, target: UserState): RangeError {
  return new RangeError(`@${source.screenName} does not ${does} @${target.screenName}`)
}
