import { VerificationError } from '../errors/verification-error.ts'
import { verificationError } from '../errors/verification-messages.ts'
import { createMalformedEvent, readEvent } from './account-activity/read-event.ts'
import type { ActivityEvent, Delivery, DeliveryFamily } from './events.ts'
import { readFilteredPost } from './filtered-stream/read-filtered-post.ts'
import { readId } from './id-of.ts'
import { getOwn, isJsonObject, type JsonObject } from './read/json-object.ts'
import { parseBody } from './read/parse-body.ts'
import { exactDigits, type ParsedBody } from './read/parsed-body.ts'
import { createUnknownEvent } from './read/unknown-event.ts'
import { countActivities, readXActivity } from './x-activity/read-x-activity.ts'

/**
 * Parses the body of one POST request of X to a webhook into typed events.
 *
 * Use it when you verify requests in your own code; a receiver calls it for you. It does not check the signature: call
 * `verifySignature` with the raw bytes first.
 *
 * Nothing is dropped, and one malformed event does not affect the others. An event whose type is new, or whose form is
 * not the one that X documents, becomes an `unknown` event; its `issues` say what is wrong. So does an object or an array
 * under any other key that is new. Deliveries of the X Activity API and of filtered streams, which may come to the same
 * URL, are read too; `family` says which API it is. Any other object becomes one `unknown` event with the whole body.
 *
 * Ids are exact where X sent them only as numbers beyond 2^53, which `JSON.parse` rounds: their digits are taken from the
 * text. Pass the text or the bytes, not an object, so that they can be.
 *
 * It checks the members that identify an event, and those that its type requires, but not every member of a payload. An
 * object that you pass is not changed; it is the `payload` of the result.
 *
 * @param input - The raw body as text or as UTF-8 bytes, or the object that `JSON.parse` made of it.
 * @throws VerificationError with reason `body_not_json` when the body is not JSON, and with reason `not_a_delivery`
 *   when it is JSON but not an object.
 * @throws TypeError when `input` is not text, bytes or a parsed object, or when it is an object whose members cannot be
 *   read.
 * @see https://docs.x.com/x-api/account-activity/introduction
 *
 * @example
 * import { parseDelivery } from 'x-account-activity/events'
 *
 * const body = '{"for_user_id":"12","tweet_delete_events":[{"status":{"id":"34","user_id":"12"},"timestamp_ms":"0"}]}'
 * for (const event of parseDelivery(body).events) {
 *   if (event.type === 'tweet_delete') console.log(event.postId, event.occurredAt)
 * }
 * // 34 1970-01-01T00:00:00.000Z
 */
export function parseDelivery(input: string | Uint8Array | object): Delivery {
  return parseDeliveryWithin(input, Number.POSITIVE_INFINITY)
}

/**
 * Does the same as {@link parseDelivery} for a delivery of a limited number of events. They are counted before they are
 * read one by one.
 *
 * @throws VerificationError with reason `too_many_events` when there are more.
 */
export function parseDeliveryWithin(input: string | Uint8Array | object, maxEvents: number): Delivery {
  const parsed = parseBody(input)
  try {
    return readDelivery(parsed, maxEvents)
  } catch (error) {
    if (error instanceof VerificationError) throw error
    throw new TypeError('"input" must be the parsed body, got an object whose members cannot be read')
  }
}

/** Throws for nothing that `JSON.parse` returns, except for too many events. */
function readDelivery(parsed: ParsedBody, maxEvents: number): Delivery {
  const payload = parsed.value
  const family = familyOf(payload)
  if (maxEvents < countEvents(family, payload)) throw verificationError('too_many_events')
  const account = readAccount(parsed)
  const events = readEventsOf(family, parsed, account)
  const forUserId = family === 'activity' ? events[0]?.forUserId : account
  const delivery = forUserId === undefined ? { family, events, payload } : { family, forUserId, events, payload }
  if (parsed.textOfIds !== undefined) texts.set(delivery, parsed.textOfIds)
  return delivery
}

const texts = new WeakMap<Delivery, string>()

/**
 * The text of the body of a delivery whose event ids contain digits that its payload does not, because JSON rounded
 * them. `undefined` for all other deliveries: their payload gives the same ids when it is written as JSON and read again.
 */
export function textOfIds(delivery: Delivery): string | undefined {
  return texts.get(delivery)
}

function readAccount(parsed: ParsedBody): string | undefined {
  const value = getOwn(parsed.value, 'for_user_id')
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return readId(value)
  return exactDigits(value, parsed.exact.for_user_id)
}

function readEventsOf(family: DeliveryFamily, parsed: ParsedBody, forUserId: string | undefined): ActivityEvent[] {
  switch (family) {
    case 'account_activity':
      return readEvents(parsed, forUserId)
    case 'activity':
      return readActivities(parsed)
    case 'filtered_stream':
      return [readFilteredPost(parsed, isReplay(parsed.value))]
    case 'unknown':
      return [createUnknownEvent({ family, forUserId, value: parsed.value, exactValue: parsed.exact })]
  }
}

/** X sends one event in `data`. Clients of others read a list of events, too. */
function readActivities(parsed: ParsedBody): ActivityEvent[] {
  const data = getOwn(parsed.value, 'data')
  const replayed = isReplay(parsed.value)
  if (!Array.isArray(data)) {
    return readXActivity({ value: data, exactValue: () => parsed.exact.data, path: ['data'], isReplay: replayed })
  }
  return data.flatMap((value: unknown, index) => {
    const exactValue = () => (parsed.exact.data as readonly unknown[])[index]
    return readXActivity({ value, exactValue, path: ['data', index], isReplay: replayed })
  })
}

/** Whether a replay job sent a delivery of the newer APIs. */
function isReplay(body: JsonObject): boolean {
  const meta = getOwn(body, 'meta')
  return isJsonObject(meta) && getOwn(meta, 'replay') === true
}

function familyOf(body: JsonObject): DeliveryFamily {
  if (Object.hasOwn(body, 'data')) {
    if (activityTypeOf(body) !== undefined) return 'activity'
    if (Object.hasOwn(body, 'matching_rules')) return 'filtered_stream'
  }
  return Object.keys(body).some((key) => holdsEvents(key) || holdsSingleEvent(key)) ? 'account_activity' : 'unknown'
}

/** The `event_type` of a delivery of the X Activity API. Its `data` is an object, or an array of one object. */
function activityTypeOf(body: JsonObject): string | undefined {
  const data = getOwn(body, 'data')
  const first: unknown = Array.isArray(data) ? data[0] : data
  const type = isJsonObject(first) ? getOwn(first, 'event_type') : undefined
  return typeof type === 'string' ? type : undefined
}

/** Whether the value of a key is an array of events. X names all of these keys alike, new ones included. */
function holdsEvents(key: string): boolean {
  return key.endsWith('_events')
}

/** Whether the value of a key is one event, which is not for an account, instead of an array of events. */
function holdsSingleEvent(key: string): boolean {
  return key === 'user_event' || key === 'replay_job_status'
}

/**
 * Whether the value of a key belongs to the events of the delivery: its account, flags of a post, profiles and apps of a
 * message. `meta` says that a delivery is a replay; X documents it for its newer APIs.
 */
function isBesideEvents(key: string): boolean {
  switch (key) {
    case 'for_user_id':
    case 'user_has_blocked':
    case 'is_blocked_by':
    case 'users':
    case 'apps':
    case 'meta':
      return true
    default:
      return false
  }
}

/** Whether the value of a key that X does not document is an event: nothing that X sends is dropped. */
function holdsNewEvent(key: string, value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isBesideEvents(key)
}

function countEvents(family: DeliveryFamily, body: JsonObject): number {
  switch (family) {
    case 'account_activity':
      return countAccountEvents(body)
    case 'activity': {
      const data = getOwn(body, 'data')
      return Array.isArray(data)
        ? data.reduce((count: number, one) => count + countActivities(one), 0)
        : countActivities(data)
    }
    default:
      return 1
  }
}

function countAccountEvents(body: JsonObject): number {
  let count = 0
  for (const key of Object.keys(body)) {
    const value = body[key]
    if (holdsEvents(key)) count += Array.isArray(value) ? value.length : 1
    else if (holdsSingleEvent(key) || holdsNewEvent(key, value)) count += 1
  }
  return count
}

const notAnArray = [{ path: [], message: 'expected array' }]

function readEvents(parsed: ParsedBody, forUserId: string | undefined): ActivityEvent[] {
  const body = parsed.value
  const events: ActivityEvent[] = []
  for (const key of Object.keys(body)) {
    const value = body[key]
    if (holdsEvents(key)) {
      if (!Array.isArray(value)) {
        events.push(createMalformedEvent({ key, index: undefined, value, forUserId, body, parsed }, notAnArray))
        continue
      }
      for (let index = 0; index < value.length; index += 1) {
        events.push(readEvent({ key, index, value: value[index], forUserId, body, parsed }))
      }
    } else if (holdsSingleEvent(key)) {
      events.push(readEvent({ key, index: undefined, value, forUserId: undefined, body, parsed }))
    } else if (holdsNewEvent(key, value)) {
      events.push(readEvent({ key, index: undefined, value, forUserId, body, parsed }))
    }
  }
  return events
}
