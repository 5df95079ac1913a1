import { assertText } from '../../internal/assert.ts'
import {
  type Conversation,
  type MessagePayload,
  type MessageRecord,
  messagePayload,
  readBody,
  receivedMessageBody,
  sentMessageBody,
  typingBody,
} from '../../payloads/account-activity/message.ts'
import { codePointLength, composeText } from '../../payloads/text.ts'
import { v2MessagePayload, v2ReadPayload, v2TypingPayload } from '../../payloads/x-activity/payloads.ts'
import { publish } from '../delivery/publish.ts'
import { publishActivity } from '../delivery/publish-activity.ts'
import type { Platform } from '../platform.ts'
import { sourceApp, userProfile } from '../state/records.ts'
import type { AppState, MessageState, UserState } from '../state/tables.ts'
import { ActionError } from './action-error.ts'
import {
  assertNotBlocked,
  findMessage,
  findOtherUser,
  findUser,
  type MessageRef,
  textContext,
  type UserRef,
} from './references.ts'

/** The length of a direct message in characters. */
export const maxTextLength = 10_000

/** Sends a direct message. X sends the event to both users, and names the app only to the sender. */
export function sendMessage(platform: Platform, sender: UserState, ref: UserRef, text: string): MessagePayload {
  return messagePayload(createMessage(platform, sender, ref, { text }))
}

/** The content of a message, and the app that it is sent with. */
interface NewMessage {
  readonly text: string
  /** Absent for X's own. */
  readonly app?: AppState
}

/** Sends a direct message, and returns its record. */
export function createMessage(
  platform: Platform,
  sender: UserState,
  ref: UserRef,
  { text, app }: NewMessage,
): MessageRecord {
  const { state, clock, nextId } = platform
  const recipient = findOtherUser(state, sender, ref)
  assertNotBlocked(sender, recipient)
  assertText(text, 'text')
  if (codePointLength(text) > maxTextLength) {
    throw new RangeError(`"text" must not be longer than ${maxTextLength} characters`)
  }
  const id = nextId()
  state.messages.set(id, { id, senderId: sender.id, recipientId: recipient.id })
  const composed = composeText(text, textContext(platform))
  const message: MessageRecord = {
    id,
    at: clock.now(),
    ...composed,
    ...conversationOf(sender, recipient),
    ...(app && { sourceApp: sourceApp(app) }),
  }
  publish(platform, [sender.id], sentMessageBody(message))
  publish(platform, [recipient.id], receivedMessageBody(message))
  const activity = () => v2MessagePayload(message)
  publishActivity(platform, { eventType: 'dm.sent', targets: [{ userId: sender.id }], payload: activity })
  publishActivity(platform, { eventType: 'dm.received', targets: [{ userId: recipient.id }], payload: activity })
  return message
}

/** Types a direct message. X sends the event to the recipient. */
export function indicateTyping(platform: Platform, sender: UserState, ref: UserRef): void {
  const recipient = findOtherUser(platform.state, sender, ref)
  assertNotBlocked(sender, recipient)
  const conversation = conversationOf(sender, recipient)
  const at = platform.uniqueTimestamp(`typing ${sender.id} ${recipient.id}`)
  publish(platform, [recipient.id], typingBody(conversation, at))
  publishActivity(platform, {
    eventType: 'dm.indicate_typing',
    targets: [{ userId: recipient.id }],
    payload: () => v2TypingPayload(conversation, at),
  })
}

/** Reads a direct message, or all messages of a user. X sends the event to the user who wrote them. */
export function markRead(platform: Platform, reader: UserState, ref: MessageRef | UserRef): void {
  const { state } = platform
  const last = isMessageRef(ref) ? findMessage(state, ref) : findLastMessage(platform, reader, findUser(state, ref))
  if (last.recipientId !== reader.id)
    throw new ActionError('not-found', `The message was not sent to @${reader.screenName}.`)
  const writer = findUser(state, { id: last.senderId })
  const conversation = conversationOf(reader, writer)
  const read = { at: platform.uniqueTimestamp(`read ${reader.id} ${last.id}`), lastId: last.id }
  publish(platform, [writer.id], readBody(conversation, read))
  publishActivity(platform, {
    eventType: 'dm.read',
    targets: [{ userId: writer.id }],
    payload: () => v2ReadPayload(conversation, read),
  })
}

function conversationOf(sender: UserState, recipient: UserState): Conversation {
  return { sender: userProfile(sender), recipient: userProfile(recipient) }
}

function isMessageRef(ref: MessageRef | UserRef): ref is MessageRef {
  return typeof ref === 'string' || (typeof ref === 'object' && ref !== null && 'type' in ref)
}

function findLastMessage({ state }: Platform, reader: UserState, writer: UserState): MessageState {
  const last = [...state.messages.values()].findLast(
    ({ senderId, recipientId }) => senderId === writer.id && recipientId === reader.id,
  )
  if (!last) throw new ActionError('not-found', `@${writer.screenName} has sent no message to @${reader.screenName}.`)
  return last
}
