import type { Direction } from '../event-base.ts'
import type { EventType } from '../events.ts'
import { eventId } from './event-id.ts'
import { occurredAt } from './occurred-at.ts'
import { exactValueOf, type RawEvent } from './raw-event.ts'

/** The members that every event has, except its payload. */
export interface EventCore<Type extends EventType> {
  readonly type: Type
  readonly id: string
  readonly forUserId?: string
  readonly occurredAt?: Date
  readonly direction?: Direction
}

/** A type whose members can be assigned, for objects that are built step by step. */
export type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** What identifies an event, and who takes part in it. */
interface EventFacts<Type extends EventType> {
  readonly type: Type
  /** The ids that make the event different from all others: see `EventIdentity`. */
  readonly parts: readonly (string | undefined)[]
  /** The user who caused the event. */
  readonly actorId?: string | undefined
  /**
   * The user whom the event affects.
   *
   * @defaultValue the subscribed account
   */
  readonly affectedId?: string | undefined
}

/**
 * Creates the members that every event has.
 *
 * Members without a value are assigned only when they have one, because `{ ...(condition && { member }) }` takes
 * several times as long as everything else here.
 */
export function createEventCore<Type extends EventType>(
  raw: RawEvent,
  { type, parts, actorId, affectedId = raw.forUserId }: EventFacts<Type>,
): Writable<EventCore<Type>> {
  const { forUserId, value } = raw
  const id = eventId({ kind: type, forUserId, parts, value, exactValue: () => exactValueOf(raw) })
  const core: Writable<EventCore<Type>> = { type, id }
  const time = occurredAt(value)
  const direction = directionOf(forUserId, actorId, affectedId)
  if (forUserId !== undefined) core.forUserId = forUserId
  if (time !== undefined) core.occurredAt = time
  if (direction !== undefined) core.direction = direction
  return core
}

function directionOf(
  forUserId: string | undefined,
  actorId: string | undefined,
  affectedId: string | undefined,
): Direction | undefined {
  if (forUserId === undefined || actorId === undefined) return undefined
  if (actorId === forUserId) return 'outgoing'
  return affectedId === forUserId ? 'incoming' : undefined
}
