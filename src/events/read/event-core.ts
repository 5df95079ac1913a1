import type { Direction, EventType } from '../events.ts'
import { eventId } from './event-id.ts'
import { occurredAt } from './occurred-at.ts'
import type { Found } from './raw-event.ts'

/** What every event has, its payload aside. */
interface EventCore<Type extends EventType> {
  readonly type: Type
  readonly id: string
  readonly forUserId?: string
  readonly occurredAt?: Date
  readonly direction?: Direction
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** What an event of a known type is about. */
interface Facts<Type extends EventType> {
  readonly type: Type
  /** What makes it the one it is: see `Identity` of event-id.ts. */
  readonly parts: readonly (string | undefined)[]
  /** Who did it. */
  readonly actor?: string | undefined
  /** To whom; where it is left out, to whomever the delivery is for. */
  readonly concerned?: string
}

/** The members that all events have in common, from where the event was found and what was read there. */
export function eventCore<Type extends EventType>(found: Found, facts: Facts<Type>): EventCore<Type> {
  const { forUserId, value } = found
  const { type, parts, actor, concerned = forUserId } = facts
  const core: Writable<EventCore<Type>> = { type, id: eventId({ kind: [type], forUserId, parts, value }) }
  const time = occurredAt(value)
  const direction = directionOf(forUserId, actor, concerned)
  if (forUserId !== undefined) core.forUserId = forUserId
  if (time !== undefined) core.occurredAt = time
  if (direction !== undefined) core.direction = direction
  return core
}

function directionOf(
  forUserId: string | undefined,
  actor: string | undefined,
  concerned: string | undefined,
): Direction | undefined {
  if (forUserId === undefined || actor === undefined) return undefined
  if (actor === forUserId) return 'outgoing'
  return concerned === forUserId ? 'incoming' : undefined
}
