import type { WireDirectMessage } from '../../events/account-activity/wire/direct-message.ts'
import type { UserState } from '../state/tables.ts'
import type { ComposedText } from './text.ts'
import { messageUserPayload } from './user.ts'

/** A direct message in the form of X. */
export interface MessagePayload extends WireDirectMessage {
  /** The type of the event. It is always `message_create`. */
  readonly type: 'message_create'
  /** When the message was sent: milliseconds since 1970, as a string. */
  readonly created_timestamp: string
}

/** The app that all messages are sent with: X's own. */
export const webApp = { id: '3033300', name: 'X Web App', url: 'https://x.com' } as const

/** A message in the form that its recipient receives. */
export function messagePayload(
  { id, at, text, entities }: ComposedText & { id: string; at: number },
  { sender, recipient }: { sender: UserState; recipient: UserState },
): MessagePayload {
  const { hashtags, symbols, user_mentions, urls } = entities
  return {
    type: 'message_create',
    id,
    created_timestamp: String(at),
    message_create: {
      target: { recipient_id: recipient.id },
      sender_id: sender.id,
      message_data: { text, entities: { hashtags, symbols, user_mentions, urls } },
    },
  }
}

/** The message in the form that its sender receives: with the id of the app it was sent with. */
export function withSourceApp(message: MessagePayload): MessagePayload {
  const { target, sender_id, message_data } = message.message_create
  return { ...message, message_create: { target, sender_id, source_app_id: webApp.id, message_data } }
}

/** The users of a conversation, by id. */
export function usersById(...users: readonly UserState[]): object {
  return Object.fromEntries(users.map((user) => [user.id, messageUserPayload(user)]))
}
