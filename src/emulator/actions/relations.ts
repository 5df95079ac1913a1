import { blockBody, followBody, muteBody, type RelationRecord } from '../../payloads/account-activity/bodies.ts'
import { v2RelationPayload } from '../../payloads/x-activity/payloads.ts'
import { publish } from '../delivery/publish.ts'
import { type ActivityTarget, publishActivity } from '../delivery/publish-activity.ts'
import type { Platform } from '../platform.ts'
import { userProfile } from '../state/records.ts'
import type { UserState } from '../state/tables.ts'
import { ActionError } from './action-error.ts'
import { assertNotBlocked, findOtherUser, type UserRef } from './references.ts'

type RelationAction = (platform: Platform, source: UserState, ref: UserRef) => void

/** Follows a user. A protected user accepts every follower. */
export const follow: RelationAction = (platform, source, ref) => {
  const target = findOtherUser(platform.state, source, ref)
  assertNotBlocked(source, target)
  if (source.blocking.has(target.id))
    throw new ActionError('blocking', `@${source.screenName} has blocked @${target.screenName}.`)
  if (source.following.has(target.id)) throw alreadyDone(source, 'follows', target)
  source.following.add(target.id)
  target.followers.add(source.id)
  publishRelation(platform, 'follow', { source, target })
}

export const unfollow: RelationAction = (platform, source, ref) => {
  const target = findOtherUser(platform.state, source, ref)
  if (!removeFollow(source, target)) throw notDone(source, 'follow', target)
  publishRelation(platform, 'unfollow', { source, target })
}

/** Blocks a user. Afterwards neither user follows the other; X sends no event for that. */
export const block: RelationAction = (platform, source, ref) => {
  const target = findOtherUser(platform.state, source, ref)
  if (source.blocking.has(target.id)) throw alreadyDone(source, 'blocks', target)
  source.blocking.add(target.id)
  removeFollow(source, target)
  removeFollow(target, source)
  publishRelation(platform, 'block', { source, target })
}

export const unblock: RelationAction = (platform, source, ref) => {
  const target = findOtherUser(platform.state, source, ref)
  if (!source.blocking.delete(target.id)) throw notDone(source, 'block', target)
  publishRelation(platform, 'unblock', { source, target })
}

export const mute: RelationAction = (platform, source, ref) => {
  const target = findOtherUser(platform.state, source, ref)
  if (source.muting.has(target.id)) throw alreadyDone(source, 'mutes', target)
  source.muting.add(target.id)
  publishRelation(platform, 'mute', { source, target })
}

export const unmute: RelationAction = (platform, source, ref) => {
  const target = findOtherUser(platform.state, source, ref)
  if (!source.muting.delete(target.id)) throw notDone(source, 'mute', target)
  publishRelation(platform, 'unmute', { source, target })
}

/** Removes a follow. Returns whether there was one. */
function removeFollow(source: UserState, target: UserState): boolean {
  target.followers.delete(source.id)
  return source.following.delete(target.id)
}

/** Creates the body of each event. */
const bodies = {
  follow: (relation) => followBody('follow', relation),
  unfollow: (relation) => followBody('unfollow', relation),
  block: (relation) => blockBody('block', relation),
  unblock: (relation) => blockBody('unblock', relation),
  mute: (relation) => muteBody('mute', relation),
  unmute: (relation) => muteBody('unmute', relation),
} as const satisfies Readonly<Record<string, (relation: RelationRecord) => object>>

/**
 * Sends the event to both users. Webhooks of version 1.1 receive only what the subscribed user does, and that others follow
 * the user. Version 2 documents all events in both directions.
 *
 * @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
function publishRelation(
  platform: Platform,
  type: keyof typeof bodies,
  users: { readonly source: UserState; readonly target: UserState },
): void {
  const source = userProfile(users.source)
  const target = userProfile(users.target)
  const at = platform.uniqueTimestamp(`${type} ${source.id} ${target.id}`)
  publish(platform, [source.id, target.id], bodies[type]({ at, source, target }), {
    reaches: ({ isVersion1 }, userId) => !isVersion1 || userId === source.id || type === 'follow',
  })
  publishRelationActivity(platform, type, { source, target })
}

/** Sends the X Activity API event: follows to both users, blocks and mutes only to the user who acts. */
function publishRelationActivity(
  platform: Platform,
  type: keyof typeof activityTypes,
  { source, target }: Pick<RelationRecord, 'source' | 'target'>,
): void {
  const targets: ActivityTarget[] = [{ userId: source.id, direction: 'outbound' }]
  if (type === 'follow' || type === 'unfollow') targets.push({ userId: target.id, direction: 'inbound' })
  const payload = () => v2RelationPayload({ source, target })
  publishActivity(platform, { eventType: activityTypes[type], targets, payload })
}

const activityTypes = {
  follow: 'follow.follow',
  unfollow: 'follow.unfollow',
  block: 'block.block',
  unblock: 'block.unblock',
  mute: 'mute.mute',
  unmute: 'mute.unmute',
} as const

function alreadyDone(source: UserState, does: string, target: UserState): RangeError {
  return new ActionError('already-done', `@${source.screenName} already ${does} @${target.screenName}.`)
}

function notDone(source: UserState, does: string, target: UserState): RangeError {
  return new ActionError('not-done', `@${source.screenName} does not ${does} @${target.screenName}.`)
}
