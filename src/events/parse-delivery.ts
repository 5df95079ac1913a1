import { createMalformedEvent, readEvent } from './account-activity/read-event.ts'
import type { ActivityEvent, Delivery, DeliveryFamily } from './events.ts'
import { readId } from './id-of.ts'
import { getOwn, isJsonObject, type JsonObject } from './read/json-object.ts'
import { parseBody } from './read/parse-body.ts'
import { createUnknownEvent } from './read/unknown-event.ts'

/**
 * Everything that happened, from the body of one POST to the webhook, as typed events.
 *
 * Nothing is dropped, and one bad event does not take the good ones with it: what is new, or not in the form that X
 * documents, comes out as an `unknown` event with the reasons in `issues`. So do, for now, whole deliveries of X's other
 * products, which may come to the same URL; `family` tells them apart.
 *
 * Checked is what identifies an event and what its type requires, not each field of its payload. An object that is
 * passed in is not changed, and is the `payload` of the result.
 *
 * This does not check the signature: do that first, on the raw bytes, with `verifySignature`.
 *
 * @param input - The raw body, as text or as bytes in UTF-8, or the object that was parsed from it.
 * @throws VerificationError with reason `body_not_json` when it is no JSON, `not_a_delivery` when it is JSON but no
 *   object.
 * @throws TypeError when `input` is no text, no bytes and no object.
 *
 * @example
 * import { parseDelivery } from 'x-account-activity/events'
 *
 * const body = '{"for_user_id":"12","tweet_delete_events":[{"status":{"id":"34","user_id":"12"},"timestamp_ms":"0"}]}'
 * for (const event of parseDelivery(body).events) {
 *   if (event.type === 'tweet_delete') console.log(event.postId, event.occurredAt)
 * }
 * // 34 1970-01-01T00:00:00.000Z
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export function parseDelivery(input: string | Uint8Array | object): Delivery {
  const payload = parseBody(input)
  const eventKeys = Object.keys(payload).filter(isEventKey)
  const family = familyOf(payload, eventKeys)
  const forUserId = readId(getOwn(payload, 'for_user_id'))
  const events =
    family === 'account_activity'
      ? readEvents(payload, eventKeys, forUserId)
      : [createUnknownEvent({ family, key: activityTypeOf(payload), forUserId, value: payload })]
  return forUserId === undefined ? { family, events, payload } : { family, forUserId, events, payload }
}

function familyOf(body: JsonObject, eventKeys: readonly string[]): DeliveryFamily {
  if (Object.hasOwn(body, 'data')) {
    if (activityTypeOf(body) !== undefined) return 'activity'
    if (Object.hasOwn(body, 'matching_rules')) return 'filtered_stream'
  }
  return eventKeys.length > 0 ? 'account_activity' : 'unknown'
}

/** The `event_type` of a delivery of the X Activity API. Its `data` is an object, or an array of one object. */
function activityTypeOf(body: JsonObject): string | undefined {
  const data = getOwn(body, 'data')
  const first: unknown = Array.isArray(data) ? data[0] : data
  const type = isJsonObject(first) ? getOwn(first, 'event_type') : undefined
  return typeof type === 'string' ? type : undefined
}

function isEventKey(key: string): boolean {
  return key.endsWith('_events') || holdsSingleEvent(key)
}

/** Whether the value of a key is one event, which is not for an account, instead of an array of events. */
function holdsSingleEvent(key: string): boolean {
  return key === 'user_event' || key === 'replay_job_status'
}

const notAnArray = [{ path: [], message: 'expected array' }]

function readEvents(body: JsonObject, keys: readonly string[], forUserId: string | undefined): ActivityEvent[] {
  const events: ActivityEvent[] = []
  for (const key of keys) {
    const value = body[key]
    if (holdsSingleEvent(key)) {
      events.push(readEvent({ key, index: undefined, value, forUserId: undefined, body }))
    } else if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        events.push(readEvent({ key, index, value: value[index], forUserId, body }))
      }
    } else {
      events.push(createMalformedEvent({ key, index: undefined, value, forUserId, body }, notAnArray))
    }
  }
  return events
}
