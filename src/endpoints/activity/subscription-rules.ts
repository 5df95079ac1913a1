import { assertText } from '../../internal/assert.ts'
import type { ActivitySubscription } from './activity-subscription.ts'

/** The name that X uses in responses: `chat.conversation_join` is an older name of `chat.conversation.join`. */
export function canonicalEventType(eventType: string): string {
  return eventType === 'chat.conversation_join' ? 'chat.conversation.join' : eventType
}

/** Equal for the subscriptions that X takes for the same one: those with the same event type and the same filter. */
export function subscriptionKey({ eventType, filter }: Pick<ActivitySubscription, 'eventType' | 'filter'>): string {
  const { userId = '', keyword = '', direction = '', qualifiers = {} } = filter
  const conditions = Object.entries(qualifiers).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([canonicalEventType(eventType), userId, keyword, direction, conditions])
}

/** Checks a tag: 1 to 200 characters. */
export function assertTag(tag: unknown): asserts tag is string {
  assertText(tag, 'tag')
  if ([...tag].length > 200) throw new RangeError('"tag" must have at most 200 characters')
}
