import type { JsonObject } from './json-object.ts'
import type { ParsedBody } from './parsed-body.ts'

/** An event as it was found in a delivery, before it is read. */
export interface RawEvent {
  /** The key of the delivery under which it was found, such as `follow_events`. */
  readonly key: string
  /** The position in the array of that key; `undefined` when the value of the key is the event itself. */
  readonly index: number | undefined
  /** The event as X sent it. */
  readonly value: unknown
  /** The subscribed account of the delivery; `undefined` when the event is not for an account. */
  readonly forUserId: string | undefined
  /** The whole delivery, which holds flags, users and apps beside the events. */
  readonly body: JsonObject
  /** The body again, from which the digits of numbers are taken that JSON rounds. */
  readonly parsed: ParsedBody
}

/** The same event of `ParsedBody.exact`: it scans the text of the body, so call it only for an event that needs it. */
export function exactValueOf({ parsed, key, index }: RawEvent): unknown {
  const value = parsed.exact[key]
  if (index === undefined) return value
  return Array.isArray(value) ? (value[index] as unknown) : undefined
}
