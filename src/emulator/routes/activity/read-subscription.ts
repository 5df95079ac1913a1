import { findEventType, qualifiersOf, subscribableTypes, takesDirection } from '../../activities/event-types.ts'
import type { NewActivitySubscription } from '../../activities/subscribe.ts'
import type { ActivityFilter } from '../../state/tables.ts'
import { parseJson } from '../v2/read-fields.ts'

/** The members of a body that creates a subscription. */
export type SubscriptionBody = Omit<NewActivitySubscription, 'createdBy' | 'eventType'> & {
  readonly eventType: NonNullable<ReturnType<typeof findEventType>>
}

/** The members of a body that changes a subscription. */
export type ChangesBody = Pick<NewActivitySubscription, 'tag' | 'webhookId'>

type Members = Readonly<Record<string, unknown>>

/** A body that X refuses. The message is that of X's schema validation, as far as it is known. */
export class InvalidBody extends Error {
  override readonly name = 'InvalidBody'
}

/** Reads the body of a request, or returns the problem with it in one sentence. */
export function readBody<T>(body: string, read: (members: Members) => T): T | string {
  try {
    return read(readMembers(parseJson(body), '$'))
  } catch (error) {
    if (error instanceof InvalidBody) return error.message
    throw error
  }
}

/** @param now - The time on the clock of the emulator. */
export function readSubscription(members: Members, now: number): SubscriptionBody {
  assertMembers(members, ['event_type', 'filter', 'tag', 'webhook_id', 'expires_at'], '$')
  const name = readText(members.event_type, '$.event_type')
  const eventType = findEventType(name)
  if (eventType === undefined) {
    throw new InvalidBody(`$.event_type: does not have a value in the enumeration [${subscribableTypes.join(', ')}]`)
  }
  const filter = readFilter(readMembers(members.filter, '$.filter'), eventType)
  const expiresAt = readExpiry(members.expires_at, now)
  return { eventType, filter, ...readTagAndWebhook(members), ...(expiresAt !== undefined && { expiresAt }) }
}

/** The event type and the filter of a subscription cannot be changed. */
export function readChanges(members: Members): ChangesBody {
  assertMembers(members, ['tag', 'webhook_id'], '$')
  return readTagAndWebhook(members)
}

function readTagAndWebhook({ tag, webhook_id }: Members): ChangesBody {
  if (tag !== undefined && length(readText(tag, '$.tag')) > 200) {
    throw new InvalidBody('$.tag: must be at most 200 characters long')
  }
  if (webhook_id !== undefined) assertId(webhook_id, '$.webhook_id')
  return {
    ...(tag !== undefined && { tag: readText(tag, '$.tag') }),
    ...(webhook_id !== undefined && { webhookId: readText(webhook_id, '$.webhook_id') }),
  }
}

function readFilter(members: Members, eventType: SubscriptionBody['eventType']): ActivityFilter {
  assertMembers(members, ['user_id', 'keyword', 'direction', 'qualifiers'], '$.filter')
  const { user_id, keyword, direction, qualifiers } = members
  const needed = eventType === 'news.new' ? 'keyword' : 'user_id'
  const excluded = needed === 'keyword' ? 'user_id' : 'keyword'
  const subject = readText(members[needed], `$.filter.${needed}`)
  if (members[excluded] !== undefined) throw unsupported(`$.filter.${excluded}`)
  if (user_id !== undefined) assertId(user_id, '$.filter.user_id')
  if (keyword !== undefined && length(subject) > 150) {
    throw new InvalidBody('$.filter.keyword: must be at most 150 characters long')
  }
  return {
    ...(needed === 'keyword' ? { keyword: subject } : { userId: subject }),
    ...(direction !== undefined && { direction: readDirection(direction, eventType) }),
    ...(qualifiers !== undefined && { qualifiers: readQualifiers(qualifiers, eventType) }),
  }
}

function readDirection(value: unknown, eventType: SubscriptionBody['eventType']): 'inbound' | 'outbound' {
  if (value !== 'inbound' && value !== 'outbound') {
    throw new InvalidBody('$.filter.direction: does not have a value in the enumeration [inbound, outbound]')
  }
  if (!takesDirection(eventType)) throw unsupported('$.filter.direction')
  return value
}

function readQualifiers(value: unknown, eventType: SubscriptionBody['eventType']): ReadonlyMap<string, string> {
  const entries = Object.entries(readMembers(value, '$.filter.qualifiers'))
  return new Map(
    entries.map(([name, qualifier]) => {
      const path = `$.filter.qualifiers.${name}`
      if (!qualifiersOf(eventType).includes(name)) throw unsupported(path)
      return [name, readText(qualifier, path)]
    }),
  )
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i

function readExpiry(value: unknown, now: number): number | undefined {
  if (value === undefined) return undefined
  const text = readText(value, '$.expires_at')
  const time = rfc3339.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw new InvalidBody('$.expires_at: must be a valid RFC 3339 date-time')
  if (time <= now) throw new InvalidBody('$.expires_at: must be in the future')
  return time
}

function readMembers(value: unknown, path: string): Members {
  if (value === undefined && path !== '$') throw new InvalidBody(`${path}: is missing but it is required`)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members
  throw new InvalidBody(path === '$' ? 'The body must be a JSON object' : `${path}: must be an object`)
}

function readText(value: unknown, path: string): string {
  if (value === undefined) throw new InvalidBody(`${path}: is missing but it is required`)
  if (typeof value === 'string' && value !== '') return value
  throw new InvalidBody(`${path}: must be a string that is not empty`)
}

function assertId(value: unknown, path: string): void {
  if (!/^\d{1,19}$/.test(readText(value, path))) {
    throw new InvalidBody(`${path}: does not match the regex pattern ^[0-9]{1,19}$`)
  }
}

function assertMembers(members: Members, known: readonly string[], path: string): void {
  const unknown = Object.keys(members).find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new InvalidBody(
    `${path}.${unknown}: is not defined in the schema and the schema does not allow additional properties`,
  )
}

function unsupported(path: string): InvalidBody {
  return new InvalidBody(`${path}: is not supported for this event type`)
}

function length(text: string): number {
  return Array.from(text).length
}
