import type { ActivityEvent } from '../events.ts'
import { getOwn, isJsonObject, type JsonObject } from '../read/json-object.ts'
import type { ParsedBody } from '../read/parsed-body.ts'
import { countInEnvelope, readXActivity } from './read-x-activity.ts'

// X sends one envelope in `data`. Other clients of X read a list of envelopes, too.

/** Whether a body is a delivery of the X Activity API: `data`, or an element of it, has an `event_type`. */
export function holdsActivities(body: JsonObject): boolean {
  const data = getOwn(body, 'data')
  return Array.isArray(data) ? data.some(isEnvelope) : isEnvelope(data)
}

function isEnvelope(value: unknown): boolean {
  return isJsonObject(value) && typeof getOwn(value, 'event_type') === 'string'
}

/** How many events a body has, without reading them. */
export function countActivities(body: JsonObject): number {
  const data = getOwn(body, 'data')
  if (!Array.isArray(data)) return countInEnvelope(data)
  return data.reduce((count: number, one) => count + countInEnvelope(one), 0)
}

/** The events of a body. */
export function readActivities(parsed: ParsedBody): ActivityEvent[] {
  const data = getOwn(parsed.value, 'data')
  const isReplay = isReplayed(parsed.value)
  if (!Array.isArray(data)) {
    return readXActivity({ value: data, exactValue: () => parsed.exact.data, path: ['data'], isReplay })
  }
  return data.flatMap((value: unknown, index) => {
    const exactValue = () => (parsed.exact.data as readonly unknown[])[index]
    return readXActivity({ value, exactValue, path: ['data', index], isReplay })
  })
}

/** Whether a replay job sent a delivery of the newer APIs. */
export function isReplayed(body: JsonObject): boolean {
  const meta = getOwn(body, 'meta')
  return isJsonObject(meta) && getOwn(meta, 'replay') === true
}
