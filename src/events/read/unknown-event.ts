import type { Issue } from '../../errors/response-error.ts'
import type { DeliveryFamily, UnknownEvent } from '../events.ts'
import type { Writable } from './event-core.ts'
import { eventId, joinIdParts } from './event-id.ts'
import { occurredAt } from './occurred-at.ts'

/** What is known about an event that the package cannot read. */
interface UnknownEventFacts {
  readonly family: DeliveryFamily
  readonly key?: string | undefined
  readonly forUserId?: string | undefined
  readonly value: unknown
  /** Returns the same value of `ParsedBody.exact`. */
  readonly exactValue?: (() => unknown) | undefined
  readonly issues?: readonly Issue[] | undefined
}

/** Creates the event for a value that the package cannot read, so that nothing of a delivery is lost. */
export function createUnknownEvent(facts: UnknownEventFacts): UnknownEvent {
  const { family, key, forUserId, value, exactValue, issues } = facts
  const kind = joinIdParts('unknown', family, key ?? '')
  const event: Writable<UnknownEvent> = {
    type: 'unknown',
    // The missing part makes a digest of the whole value the identity: an id in the value may mean anything.
    id: eventId({ kind, forUserId, parts: [undefined], value, exactValue }),
    payload: value,
  }
  const time = occurredAt(value)
  if (key !== undefined) event.key = key
  if (forUserId !== undefined) event.forUserId = forUserId
  if (time !== undefined) event.occurredAt = time
  if (issues !== undefined) event.issues = issues
  return event
}
