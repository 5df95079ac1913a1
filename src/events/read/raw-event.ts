import type { JsonObject } from './json-object.ts'

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
}
