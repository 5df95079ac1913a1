import type { Message } from './event-log.ts'

/** The same delivery with a field in its envelope, and one in its event, that X does not document. */
export function withUnknownFields({ body, ...message }: Message): Message {
  const widened = body
    .replace(/(?<="\w+_events":\[\{)/, '"unheard_of":{"depth":[1,null]},')
    .replace(/\}$/, ',"unheard_of_context":{"version":2}}')
  return { ...message, body: widened }
}

/** A delivery of a type of event that X does not document. */
export function unknownType(forUserId: string, now: number): Message {
  const event = { id: `${now}`, created_timestamp: `${now}`, kind: 'unheard_of' }
  return { forUserId, body: JSON.stringify({ for_user_id: forUserId, unheard_of_events: [event] }) }
}
