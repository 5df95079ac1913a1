import type { ActivityEvent } from '../events.ts'
import type { JsonObject } from '../read/json-object.ts'
import type { ParsedBody } from '../read/parsed-body.ts'
import { createMalformedEvent, documentedKeys, readEvent } from './read-event.ts'

/**
 * What a key of a delivery holds: an array of events, one event that is not for an account, something that belongs to the
 * events, or anything else.
 */
type KeyKind = 'events' | 'event' | 'beside' | 'other'

/** What belongs to the events. `meta` says that a delivery is a replay; X documents it for its newer APIs. */
const keysBeside = ['for_user_id', 'user_has_blocked', 'is_blocked_by', 'users', 'apps', 'meta']
const keysOfOneEvent = ['user_event', 'replay_job_status']

/** The keys that X documents: to find one takes less time than to look at its end. */
const knownKeys: ReadonlyMap<string, KeyKind> = new Map<string, KeyKind>([
  ...documentedKeys.map((key) => [key, 'events'] as const),
  ...keysOfOneEvent.map((key) => [key, 'event'] as const),
  ...keysBeside.map((key) => [key, 'beside'] as const),
])

/** X names all keys of arrays alike, new ones included. */
function kindOfKey(key: string): KeyKind {
  return knownKeys.get(key) ?? (key.endsWith('_events') ? 'events' : 'other')
}

/** How many events a body has, without reading them. `undefined` if it has no key of the Account Activity API. */
export function countEvents(body: JsonObject, keys: readonly string[]): number | undefined {
  let count = 0
  let hasEventKey = false
  for (const key of keys) {
    const kind = kindOfKey(key)
    if (kind === 'beside') continue
    const value = body[key]
    if (kind === 'events') count += Array.isArray(value) ? value.length : 1
    else if (kind === 'event' || isEvent(value)) count += 1
    hasEventKey ||= kind !== 'other'
  }
  return hasEventKey ? count : undefined
}

/** Whether the value of a key that X does not document is an event: nothing that X sends is dropped. */
function isEvent(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

const notAnArray = [{ path: [], message: 'expected array' }]

/** The events of a body, in its order. */
export function readEvents(
  parsed: ParsedBody,
  keys: readonly string[],
  forUserId: string | undefined,
): ActivityEvent[] {
  const body = parsed.value
  const events: ActivityEvent[] = []
  for (const key of keys) {
    const value = body[key]
    const kind = kindOfKey(key)
    if (kind === 'events') {
      if (!Array.isArray(value)) {
        events.push(createMalformedEvent({ key, index: undefined, value, forUserId, body, parsed }, notAnArray))
        continue
      }
      for (let index = 0; index < value.length; index += 1) {
        events.push(readEvent({ key, index, value: value[index], forUserId, body, parsed }))
      }
    } else if (kind === 'event') {
      events.push(readEvent({ key, index: undefined, value, forUserId: undefined, body, parsed }))
    } else if (kind === 'other' && isEvent(value)) {
      events.push(readEvent({ key, index: undefined, value, forUserId, body, parsed }))
    }
  }
  return events
}
