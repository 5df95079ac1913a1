import { VerificationError } from '../errors/verification-error.ts'
import { verificationError } from '../errors/verification-messages.ts'
import { countEvents, readEvents } from './account-activity/read-events.ts'
import type { ActivityEvent, Delivery, DeliveryFamily } from './events.ts'
import { countFilteredPosts, readFilteredPosts } from './filtered-stream/read-filtered-post.ts'
import { getOwn, type JsonObject } from './read/json-object.ts'
import { parseBody } from './read/parse-body.ts'
import { type ParsedBody, readExactId } from './read/parsed-body.ts'
import { createUnknownEvent } from './read/unknown-event.ts'
import { countActivities, holdsActivities, readActivities } from './x-activity/read-activities.ts'

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
  const keys = Object.keys(payload)
  const otherFamily = familyByData(payload)
  const accountEvents = otherFamily === undefined ? countEvents(payload, keys) : undefined
  const family: DeliveryFamily = otherFamily ?? (accountEvents === undefined ? 'unknown' : 'account_activity')
  if (countEventsOf(family, payload, accountEvents) > maxEvents) throw verificationError('too_many_events')
  const account = readAccount(parsed)
  const events = readEventsOf(family, parsed, keys, account)
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
  return readExactId(getOwn(parsed.value, 'for_user_id'), () => parsed.exact.for_user_id)
}

function countEventsOf(family: DeliveryFamily, payload: JsonObject, accountEvents = 1): number {
  if (family === 'activity') return countActivities(payload)
  return family === 'filtered_stream' ? countFilteredPosts(payload) : accountEvents
}

function readEventsOf(
  family: DeliveryFamily,
  parsed: ParsedBody,
  keys: readonly string[],
  forUserId: string | undefined,
): ActivityEvent[] {
  switch (family) {
    case 'account_activity':
      return readEvents(parsed, keys, forUserId)
    case 'activity':
      return readActivities(parsed)
    case 'filtered_stream':
      return readFilteredPosts(parsed)
    case 'unknown':
      return [createUnknownEvent({ family, forUserId, value: parsed.value, exactValue: () => parsed.exact })]
  }
}

/** The family of a delivery of the newer APIs, which is in `data`. */
function familyByData(body: JsonObject): 'activity' | 'filtered_stream' | undefined {
  if (!Object.hasOwn(body, 'data')) return undefined
  if (holdsActivities(body)) return 'activity'
  return Object.hasOwn(body, 'matching_rules') ? 'filtered_stream' : undefined
}
