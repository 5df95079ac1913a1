import type { Issue } from '../../errors/response-error.ts'
import type { UnknownEvent } from '../events.ts'
import { digest, eventId, joinIdParts } from '../read/event-id.ts'
import { getOwn, isJsonObject, type JsonObject } from '../read/json-object.ts'
import { occurredAt } from '../read/occurred-at.ts'
import { memberOf, readExactId } from '../read/parsed-body.ts'
import { createUnknownEvent } from '../read/unknown-event.ts'
import { type XActivityEvent, type XActivityEventType, xActivityEventTypes } from './events.ts'
import { PayloadReading, type XActivityFacts } from './facts.ts'
import { readIncludes } from './includes.ts'
import { listKeyOf, payloadReaders } from './payload-readers.ts'
import type { WireActivityFilter, XActivityIncludes } from './wire/envelope.ts'

/** An envelope of the X Activity API as it was found in a delivery: `data`, or an element of it. */
export interface RawActivity {
  readonly value: unknown
  /** Returns the same value of `ParsedBody.exact`. */
  readonly exactValue: () => unknown
  /** Where it is in the body. */
  readonly path: readonly (string | number)[]
  /** Whether a replay job sent it. */
  readonly isReplay: boolean
}

/** What all events of one envelope share. */
interface Envelope extends RawActivity {
  readonly value: JsonObject
  readonly type: string
  readonly filter: WireActivityFilter
  readonly accountId: string | undefined
  readonly uuid: string | undefined
  readonly includes: XActivityIncludes | undefined
}

/** Reads an envelope. It becomes an unknown event when its type is new, or its payload does not have what names it. */
export function readXActivity(raw: RawActivity): (XActivityEvent | UnknownEvent)[] {
  const { value } = raw
  const type = isJsonObject(value) ? getOwn(value, 'event_type') : undefined
  if (!isJsonObject(value) || typeof type !== 'string') return [unknownEvent({ ...raw, ...noEnvelope })]
  const filter = getOwn(value, 'filter')
  const exactAccount = () => memberOf(memberOf(raw.exactValue(), 'filter'), 'user_id')
  const envelope: Envelope = {
    ...raw,
    value,
    type: canonicalType(type),
    filter: isJsonObject(filter) ? filter : {},
    accountId: isJsonObject(filter) ? readExactId(getOwn(filter, 'user_id'), exactAccount) : undefined,
    uuid: readExactId(getOwn(value, 'event_uuid'), () => memberOf(raw.exactValue(), 'event_uuid')),
    includes: readIncludes(value),
  }
  return isKnown(envelope.type) ? readKnown(envelope, envelope.type) : [unknownEvent(envelope)]
}

const noEnvelope = { type: undefined, filter: {}, accountId: undefined, uuid: undefined }

/** The present name of a type that X has renamed. */
function canonicalType(type: string): string {
  return type === 'chat.conversation_join' ? 'chat.conversation.join' : type
}

const knownTypes: ReadonlySet<string> = new Set(xActivityEventTypes)

function isKnown(type: string): type is XActivityEventType {
  return knownTypes.has(type)
}

/** How many events an envelope has, without reading them. */
export function countInEnvelope(value: unknown): number {
  const type = isJsonObject(value) ? getOwn(value, 'event_type') : undefined
  const payload = isJsonObject(value) ? getOwn(value, 'payload') : undefined
  if (typeof type !== 'string' || !isJsonObject(payload)) return 1
  const name = canonicalType(type)
  const listKey = isKnown(name) ? listKeyOf(name) : undefined
  const list = listKey === undefined ? undefined : getOwn(payload, listKey)
  return Array.isArray(list) ? list.length : 1
}

function readKnown(envelope: Envelope, type: XActivityEventType): (XActivityEvent | UnknownEvent)[] {
  const path = [...envelope.path, 'payload']
  const payload = getOwn(envelope.value, 'payload')
  if (!isJsonObject(payload)) return [unknownItem(unknownEvent(envelope), [{ path, message: 'expected object' }])]
  const listKey = listKeyOf(type)
  const list = listKey === undefined ? undefined : getOwn(payload, listKey)
  const exactPayload = () => memberOf(envelope.exactValue(), 'payload')
  if (!Array.isArray(list) || listKey === undefined) {
    return [readItem({ envelope, type, payload, item: payload, exactItem: exactPayload, path })]
  }
  const whole = createWhole(envelope)
  return list.map((item: unknown, index) => {
    const exactItem = () => (memberOf(exactPayload(), listKey) as readonly unknown[] | undefined)?.[index]
    return readItem({ envelope, type, payload, item, exactItem, path: [...path, listKey, index], index, whole })
  })
}

interface Item {
  readonly envelope: Envelope
  readonly type: XActivityEventType
  readonly payload: JsonObject
  readonly item: unknown
  /** Returns the same item of `ParsedBody.exact`. */
  readonly exactItem: () => unknown
  readonly path: readonly (string | number)[]
  /** The place of the item in a list. */
  readonly index?: number
  /** Returns the unknown event of the envelope, which all items of a list share. */
  readonly whole?: () => UnknownEvent
}

function readItem(one: Item): XActivityEvent | UnknownEvent {
  const { envelope, type, payload, item, exactItem, path, index = 0, whole = createWhole(envelope) } = one
  if (!isJsonObject(item)) return unknownItem(whole(), [{ path, message: 'expected object' }], index)
  const { accountId, filter, includes } = envelope
  const filterDirection = filter.direction
  const reading = new PayloadReading({ payload, item, exactItem, type, accountId, filterDirection, includes }, path)
  const facts = payloadReaders[type](reading)
  if (reading.issues.length > 0) return unknownItem(whole(), reading.issues, index)
  const { value, uuid, isReplay } = envelope
  const tag = getOwn(value, 'tag')
  const time = occurredAt({ timestamp_ms: facts.time }) ?? occurredAt({ created_at: getOwn(value, 'created_at') })
  const event = {
    type,
    id: eventId({ kind: type, forUserId: accountId, ...identityOf(envelope, facts, one) }),
    ...(uuid !== undefined && { eventUuid: uuid }),
    ...(accountId !== undefined && { forUserId: accountId }),
    ...(time !== undefined && { occurredAt: time }),
    ...(facts.direction !== undefined && { direction: facts.direction }),
    ...facts.members,
    filter,
    ...(typeof tag === 'string' && { tag }),
    ...(includes !== undefined && { includes }),
    ...(isReplay && { isReplay }),
    payload,
  }
  // The reader of a type returns the members of its arm.
  return event as unknown as XActivityEvent
}

/**
 * The parts of the id: the filter, then X's `event_uuid`, which two subscriptions can share. A second item of a list is
 * told from the first by its own id.
 */
function identityOf(envelope: Envelope, facts: XActivityFacts, { item, exactItem, index = 0 }: Item) {
  const own = envelope.uuid === undefined || index > 0 ? facts.identity : []
  const uuid = envelope.uuid === undefined ? [] : [envelope.uuid]
  return { parts: [...filterParts(envelope.filter), ...uuid, ...own], value: item, exactValue: exactItem }
}

/** Each part says what it is, so that a keyword and a direction never look alike. The account is in the id already. */
function filterParts({ keyword, direction, qualifiers }: WireActivityFilter): string[] {
  const parts: string[] = []
  if (typeof keyword === 'string') parts.push(`keyword=${keyword}`)
  if (typeof direction === 'string') parts.push(`direction=${direction}`)
  if (isJsonObject(qualifiers)) {
    for (const key of Object.keys(qualifiers).sort()) parts.push(`${key}=${qualifierText(qualifiers[key])}`)
  }
  return parts
}

/** The `toString` of an object may be anything, so it is not called. */
function qualifierText(value: unknown): string {
  return typeof value === 'object' && value !== null ? digest(value) : String(value)
}

type UnknownEnvelope = RawActivity & {
  readonly [K in 'type' | 'filter' | 'accountId' | 'uuid']: Envelope[K] | undefined
}

/** The unknown event of a whole envelope. */
function unknownEvent({ type, accountId, uuid, filter = {}, value, exactValue }: UnknownEnvelope): UnknownEvent {
  const event = createUnknownEvent({
    family: 'activity',
    key: type,
    forUserId: accountId,
    value,
    exactValue,
  })
  if (uuid === undefined) return event
  const kind = joinIdParts('unknown', 'activity', type ?? '')
  return { ...event, id: eventId({ kind, forUserId: accountId, parts: [...filterParts(filter), uuid], value }) }
}

/** Creates the unknown event of an envelope when it is first needed, and once for all items: it needs a digest of the whole. */
function createWhole(envelope: Envelope): () => UnknownEvent {
  let whole: UnknownEvent | undefined
  return () => {
    whole ??= unknownEvent(envelope)
    return whole
  }
}

/** The unknown event of one item. The ids of the second item of a list and of those after it contain their place. */
function unknownItem(whole: UnknownEvent, issues: readonly Issue[], index = 0): UnknownEvent {
  return { ...whole, id: index === 0 ? whole.id : `${whole.id}:${index}`, issues }
}
