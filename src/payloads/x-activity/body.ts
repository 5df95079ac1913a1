import type { WireActivityFilter } from '../../events/x-activity/wire/envelope.ts'

/** An event of the X Activity API for one subscription. */
export interface ActivityRecord<Type extends string, Payload extends object, Includes extends object> {
  /** X's id of the event. */
  readonly uuid: string
  /** The filter of the subscription. Empty for an event that belongs to none. */
  readonly filter: WireActivityFilter
  readonly eventType: Type
  /** The tag of the subscription. Absent when it has none. */
  readonly tag?: string
  readonly payload: Payload
  /** The objects that the payload refers to. Absent when there are none. */
  readonly includes?: Includes
}

/** The body of an event of the X Activity API. A stream sends the same object. */
export function activityBody<Type extends string, Payload extends object, Includes extends object>(
  activity: ActivityRecord<Type, Payload, Includes>,
) {
  const { uuid, filter, eventType, tag, payload, includes } = activity
  return {
    data: {
      event_uuid: uuid,
      filter,
      event_type: eventType,
      ...(tag !== undefined && { tag }),
      payload,
      ...(includes !== undefined && { includes }),
    },
  }
}
