import type { WireDelivery } from '../../events/account-activity/wire/delivery.ts'
import type {
  WireDirectMessage,
  WireDirectMessageRead,
  WireDirectMessageTyping,
  WireMessageData,
} from '../../events/account-activity/wire/direct-message.ts'
import type { WireDirectMessageUser } from '../../events/account-activity/wire/user.ts'
import { type SourceApp, webApp } from '../source-app.ts'
import type { ComposedText } from '../text.ts'
import type { UserProfile } from '../user-profile.ts'
import { messageUserPayload } from './user.ts'

/** A direct message in the form of X. */
export interface MessagePayload extends WireDirectMessage {
  /** The type of the event. It is always `message_create`. */
  readonly type: 'message_create'
  /** When the message was sent: milliseconds since 1970, as a string. */
  readonly created_timestamp: string
}

/** The two users of a conversation. */
export interface Conversation {
  /** The user who writes, types or has read. */
  readonly sender: UserProfile
  /** The other user. */
  readonly recipient: UserProfile
}

/** A direct message. */
export interface MessageRecord extends Conversation, ComposedText {
  /** The id: digits in a string. */
  readonly id: string
  /** When it was sent: milliseconds since 1970. */
  readonly at: number
  /** The app that it was sent with. Absent for X's own. */
  readonly sourceApp?: SourceApp
  /** What the message contains beside its text. */
  readonly extras?: Pick<WireMessageData, 'attachment' | 'quick_reply' | 'quick_reply_response' | 'ctas'>
}

/** A message in the form that its recipient receives. */
export function messagePayload({ id, at, text, entities, sender, recipient, extras }: MessageRecord): MessagePayload {
  const { hashtags, symbols, user_mentions, urls } = entities
  return {
    type: 'message_create',
    id,
    created_timestamp: String(at),
    message_create: {
      target: { recipient_id: recipient.id },
      sender_id: sender.id,
      message_data: { text, entities: { hashtags, symbols, user_mentions, urls }, ...extras },
    },
  }
}

/** The body of a message for its recipient, without `for_user_id`. */
export function receivedMessageBody(message: MessageRecord) {
  return {
    direct_message_events: [messagePayload(message)],
    users: usersById(message),
  } as const satisfies WireDelivery
}

/** The body of a message for its sender, without `for_user_id`. Only the sender gets the app that it was sent with. */
export function sentMessageBody(message: MessageRecord) {
  return {
    direct_message_events: [sentMessagePayload(message)],
    apps: appsOf(message),
    users: usersById(message),
  } as const satisfies WireDelivery
}

/** A message in the form that its sender receives: with the id of the app that it was sent with. */
export function sentMessagePayload(message: MessageRecord): MessagePayload {
  const { sourceApp = webApp } = message
  const payload = messagePayload(message)
  const { target, sender_id, message_data } = payload.message_create
  return { ...payload, message_create: { target, sender_id, source_app_id: sourceApp.id, message_data } }
}

/** The app that a message was sent with, by id. */
export function appsOf({ sourceApp: { id, name, url } = webApp }: MessageRecord): Record<string, SourceApp> {
  return { [id]: { id, name, url } }
}

/** Another user is typing. */
export function typingPayload({ sender, recipient }: Conversation, at: number): WireDirectMessageTyping {
  return { created_timestamp: String(at), sender_id: sender.id, target: { recipient_id: recipient.id } }
}

/** The body of a user who is typing, without `for_user_id`. */
export function typingBody(conversation: Conversation, at: number) {
  return {
    direct_message_indicate_typing_events: [typingPayload(conversation, at)],
    users: usersById(conversation),
  } as const satisfies WireDelivery
}

/** The recipient of messages has read them. That user is the sender of the event. */
export function readPayload(conversation: Conversation, read: { at: number; lastId: string }): WireDirectMessageRead {
  return { ...typingPayload(conversation, read.at), last_read_event_id: read.lastId }
}

/** The body of a user who has read messages, without `for_user_id`. */
export function readBody(conversation: Conversation, read: { at: number; lastId: string }) {
  return {
    direct_message_mark_read_events: [readPayload(conversation, read)],
    users: usersById(conversation),
  } as const satisfies WireDelivery
}

/** The users of a conversation, by id. */
function usersById({ sender, recipient }: Conversation): Record<string, WireDirectMessageUser> {
  return { [sender.id]: messageUserPayload(sender), [recipient.id]: messageUserPayload(recipient) }
}
