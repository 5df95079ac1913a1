import type { UnknownEvent } from '../../src/events/events.ts'
import { parseDelivery } from '../../src/events/parse-delivery.ts'

/** The only event of a delivery, which must be an unknown one. */
export function unknownEventOf(input: string | object): UnknownEvent {
  const [event, ...more] = parseDelivery(input).events
  if (more.length > 0) throw new Error(`expected one event, got ${more.length + 1}`)
  if (event?.type !== 'unknown') throw new Error(`expected an unknown event, got ${event?.type}`)
  return event
}
