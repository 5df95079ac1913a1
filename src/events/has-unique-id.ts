import type { ActivityEvent } from './events.ts'
import { timestampText } from './read/occurred-at.ts'

/**
 * Whether the id of an event differs from the id of every other event. A revocation without a time is equal to the next
 * one of the same user, who may have given access again in between; so is a follow without X's `event_uuid`. Such an
 * event must not be taken for a duplicate.
 */
export function hasUniqueId(event: ActivityEvent): boolean {
  if (event.type === 'user_revoke') return timestampText(event.payload) !== undefined
  if (!('filter' in event) || event.eventUuid !== undefined) return true
  return event.type === 'oauth.revoke' ? timestampText(event.payload) !== undefined : !repeatable.test(event.type)
}

/** The types whose payload has neither an id of the event nor a time. */
const repeatable = /^(follow|block|mute|subscriptions|profile)\./
