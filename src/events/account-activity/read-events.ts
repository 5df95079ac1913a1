import type { ActivityEvent } from '../events.ts'
import type { JsonObject } from '../read/json-object.ts'
import type { ParsedBody } from '../read/parsed-body.ts'
import { createMalformedEvent, readEvent } from './read-event.ts'

/**
 * What a key of a delivery holds: an array of events, one event that is not for an account, something that belongs to the
 * events, or anything else.
 */
type KeyKind = 'events' | 'event' | 'beside' | 'other'

/** The keys that X documents. `meta` says that a delivery is a replay; X documents it for its newer APIs. */
const knownKeys: ReadonlyMap<string, KeyKind> = new Map([
  ['for_user_id', 'beside'],
  ['user_has_blocked', 'beside'],
  ['is_blocked_by', 'beside'],
  ['users', 'beside'],
  ['apps', 'beside'],
  ['meta', 'beside'],
  ['user_event', 'event'],
  ['replay_job_status', 'event'],
])

/** X names all keys of arrays alike, new ones included. */
function kindOfKey(key: string): KeyKind {
  return knownKeys.get(key) ?? (key.endsWith('_events') ? 'events' : 'other')
}

/** Whether a body has a key of the Account Activity API that holds events. */
export function hasAccountEvents(keys: readonly string[]): boolean {
  for (const key of keys) {
    const kind = kindOfKey(key)
    if (kind === 'events' || kind === 'event') return true
  }
  return false
}

/** How many events a body has, without reading them. */
export function countEvents(body: JsonObject, keys: readonly string[]): number {
  let count = 0
  for (const key of keys) {
    const value = body[key]
    const kind = kindOfKey(key)
    if (kind === 'events') count += Array.isArray(value) ? value.length : 1
    else if (kind === 'event' || (kind === 'other' && isEvent(value))) count += 1
  }
  return count
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
