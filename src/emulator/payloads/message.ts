import type { WireDirectMessage } from '../../events/account-activity/wire/direct-message.ts'
import type { UserState } from '../state/state.ts'
import type { ComposedText } from './text.ts'
import { messageUserPayload } from './user.ts'

/** A message as the emulator sends it. */
export interface MessagePayload extends WireDirectMessage {
  readonly type: 'message_create'
  readonly created_timestamp: string
}

/** The app that all messages are sent with: X's own. */
export const webApp = { id: '3033300', name: 'X Web App', url: 'https://x.com' } as const

/** A message as its recipient gets it; the copy of the sender also tells the app, see {@link withApp}. */
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

/** The message as its sender gets it. */
export function withApp(message: MessagePayload): MessagePayload {
  const { target, sender_id, message_data } = message.message_create
  return { ...message, message_create: { target, sender_id, source_app_id: webApp.id, message_data } }
}

/** Both sides of a conversation, by id. */
export function usersMap(...users: readonly UserState[]): object {
  return Object.fromEntries(users.map((user) => [user.id, messageUserPayload(user)]))
}
