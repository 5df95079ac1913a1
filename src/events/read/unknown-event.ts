import type { Issue } from '../../errors/response-error.ts'
import type { DeliveryFamily, UnknownEvent } from '../events.ts'
import { eventId } from './event-id.ts'
import { occurredAt } from './occurred-at.ts'

/** What is known of an event that is not understood. */
interface Stranger {
  readonly family: DeliveryFamily
  readonly key?: string | undefined
  readonly forUserId?: string | undefined
  readonly value: unknown
  readonly issues?: readonly Issue[]
}

/** An event for whatever is not understood, so that nothing is dropped. */
export function unknownEvent({ family, key, forUserId, value, issues }: Stranger): UnknownEvent {
  const time = occurredAt(value)
  return {
    type: 'unknown',
    // What an id in it would stand for is not known either: the one thing that tells it from others is all of it.
    id: eventId({ kind: ['unknown', family, key ?? ''], forUserId, parts: [undefined], value }),
    ...(key !== undefined && { key }),
    ...(forUserId !== undefined && { forUserId }),
    ...(time && { occurredAt: time }),
    ...(issues && { issues }),
    payload: value,
  }
}
