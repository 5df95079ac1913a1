import { publish } from '../delivery/publish.ts'
import { eventUserPayload } from '../payloads/user.ts'
import type { Platform } from '../platform.ts'
import type { UserState } from '../state/state.ts'
import { assertNotBlocked, findOther, type UserRef } from './references.ts'

type Act = (platform: Platform, source: UserState, ref: UserRef) => void

/** Follows a user; a protected one takes every follower. */
export const follow: Act = (platform, source, ref) => {
  const target = findOther(platform.state, source, ref)
  assertNotBlocked(source, target)
  if (source.blocking.has(target.id)) throw new RangeError(`@${source.screenName} has blocked @${target.screenName}`)
  if (source.following.has(target.id)) throw already(source, 'follows', target)
  source.following.add(target.id)
  target.followers.add(source.id)
  tell(platform, 'follow', { source, target })
}

export const unfollow: Act = (platform, source, ref) => {
  const target = findOther(platform.state, source, ref)
  if (!part(source, target)) throw notYet(source, 'follow', target)
  tell(platform, 'unfollow', { source, target })
}

/** Blocks a user; neither follows the other any more, of which X sends no event. */
export const block: Act = (platform, source, ref) => {
  const target = findOther(platform.state, source, ref)
  if (source.blocking.has(target.id)) throw already(source, 'blocks', target)
  source.blocking.add(target.id)
  part(source, target)
  part(target, source)
  tell(platform, 'block', { source, target })
}

export const unblock: Act = (platform, source, ref) => {
  const target = findOther(platform.state, source, ref)
  if (!source.blocking.delete(target.id)) throw notYet(source, 'block', target)
  tell(platform, 'unblock', { source, target })
}

export const mute: Act = (platform, source, ref) => {
  const target = findOther(platform.state, source, ref)
  if (source.muting.has(target.id)) throw already(source, 'mutes', target)
  source.muting.add(target.id)
  tell(platform, 'mute', { source, target })
}

export const unmute: Act = (platform, source, ref) => {
  const target = findOther(platform.state, source, ref)
  if (!source.muting.delete(target.id)) throw notYet(source, 'mute', target)
  tell(platform, 'unmute', { source, target })
}

/** Ends that one follows the other; false when they did not. */
function part(source: UserState, target: UserState): boolean {
  target.followers.delete(source.id)
  return source.following.delete(target.id)
}

/** The array that carries an event: that of what it undoes. */
const keys = {
  follow: 'follow_events',
  unfollow: 'follow_events',
  block: 'block_events',
  unblock: 'block_events',
  mute: 'mute_events',
  unmute: 'mute_events',
} as const

function tell(platform: Platform, type: keyof typeof keys, parties: { source: UserState; target: UserState }): void {
  const { source, target } = parties
  const event = {
    type,
    created_timestamp: String(platform.moment(`${type} ${source.id} ${target.id}`)),
    target: eventUserPayload(target),
    source: eventUserPayload(source),
  }
  publish(platform, [source.id, target.id], { [keys[type]]: [event] })
}

function already(source: UserState, does: string, target: UserState): RangeError {
  return new RangeError(`@${source.screenName} ${does} @${target.screenName} already`)
}

function notYet(source: UserState, does: string, target: UserState): RangeError {
  return new RangeError(`@${source.screenName} does not ${does} @${target.screenName}`)
}
