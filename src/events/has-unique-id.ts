import type { ActivityEvent } from './events.ts'
import { timestampText } from './read/occurred-at.ts'
import { xActivityEventTypes } from './x-activity/events.ts'

/**
 * Whether the id of an event differs from the id of every other event. A revocation without a time is equal to the next
 * one of the same user, who may have given access again in between; so is a follow without X's `event_uuid`. Such an
 * event must not be taken for a duplicate.
 */
export function hasUniqueId(event: ActivityEvent): boolean {
  if (!repeatable.has(event.type)) return true
  if ('eventUuid' in event && event.eventUuid !== undefined) return true
  const isRevocation = event.type === 'user_revoke' || event.type === 'oauth.revoke'
  return isRevocation && timestampText(event.payload) !== undefined
}

/** The types whose payload has no id of the event, and not always a time. */
const repeatable: ReadonlySet<string> = new Set([
  'user_revoke',
  'oauth.revoke',
  ...xActivityEventTypes.filter((type) => /^(follow|block|mute|subscriptions|profile)\./.test(type)),
])
