import type * as z from 'zod/mini'
import type { DirectMessageEvent, DirectMessageReadEvent, DirectMessageTypingEvent } from '../events.ts'
import { eventCore } from '../read/event-core.ts'
import { isRecord, own } from '../read/json-object.ts'
import { stampOf } from '../read/occurred-at.ts'
import type { Found } from '../read/raw-event.ts'
import type { messageSchema, readSchema, typingSchema } from './schemas.ts'
import type { WireApp } from './wire/delivery.ts'
import type { WireDirectMessage, WireDirectMessageRead, WireDirectMessageTyping } from './wire/direct-message.ts'
import type { WireDirectMessageUser } from './wire/user.ts'

export function directMessageEvent(message: z.output<typeof messageSchema>, found: Found): DirectMessageEvent {
  const { sender_id, target, source_app_id } = message.message_create
  const app = source_app_id === undefined ? undefined : entry(own(found.body, 'apps'), source_app_id)
  return {
    ...eventCore(found, {
      type: 'direct_message',
      parts: [message.id],
      actor: sender_id,
      concerned: target.recipient_id,
    }),
    messageId: message.id,
    ...parties(sender_id, target.recipient_id, found.body),
    ...(app && { app: app as WireApp }),
    payload: found.value as WireDirectMessage,
  }
}

export function directMessageTypingEvent(
  { sender_id, target }: z.output<typeof typingSchema>,
  found: Found,
): DirectMessageTypingEvent {
  return {
    ...eventCore(found, {
      type: 'direct_message_indicate_typing',
      parts: [sender_id, target.recipient_id, stampOf(found.value)],
      actor: sender_id,
      concerned: target.recipient_id,
    }),
    ...parties(sender_id, target.recipient_id, found.body),
    payload: found.value as WireDirectMessageTyping,
  }
}

export function directMessageReadEvent(
  { sender_id, target, last_read_event_id }: z.output<typeof readSchema>,
  found: Found,
): DirectMessageReadEvent {
  return {
    ...eventCore(found, {
      type: 'direct_message_mark_read',
      parts: [sender_id, target.recipient_id, last_read_event_id ?? '', stampOf(found.value)],
      actor: sender_id,
      concerned: target.recipient_id,
    }),
    ...parties(sender_id, target.recipient_id, found.body),
    payload: found.value as WireDirectMessageRead,
  }
}

interface Parties {
  readonly senderId: string
  readonly recipientId: string
  readonly sender?: WireDirectMessageUser
  readonly recipient?: WireDirectMessageUser
}

function parties(senderId: string, recipientId: string, body: Found['body']): Parties {
  const sender = profileOf(senderId, body)
  const recipient = profileOf(recipientId, body)
  return { senderId, recipientId, ...(sender && { sender }), ...(recipient && { recipient }) }
}

function profileOf(userId: string, body: Found['body']): WireDirectMessageUser | undefined {
  const apps = own(body, 'apps')
  return entry(own(body, 'users'), userId) ?? entry(entry(apps, 'users'), userId) ?? strayProfile(apps, userId)
}

/** The v1.1 documentation of X prints the users among the apps; a handle tells the two apart. */
function strayProfile(apps: unknown, userId: string): WireDirectMessageUser | undefined {
  const found = entry(apps, userId)
  return typeof found?.screen_name === 'string' ? found : undefined
}

function entry(map: unknown, id: string): Readonly<Record<string, unknown>> | undefined {
  const found = isRecord(map) ? own(map, id) : undefined
  return isRecord(found) ? found : undefined
}
