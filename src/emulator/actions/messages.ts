import { assertText } from '../../internal/assert.ts'
import { publish } from '../delivery/publish.ts'
import { publishActivity } from '../delivery/publish-activity.ts'
import { type MessagePayload, messagePayload, usersById, webApp, withSourceApp } from '../payloads/message.ts'
import { codePointLength, composeText } from '../payloads/text.ts'
import { wrappedUsersById } from '../payloads/v2-user.ts'
import type { Platform } from '../platform.ts'
import type { MessageState, UserState } from '../state/tables.ts'
import { assertNotBlocked, findMessage, findOtherUser, findUser, type MessageRef, type UserRef } from './references.ts'

const maxTextLength = 10_000

/** Sends a direct message. X sends the event to both users, and names the app only to the sender. */
export function sendMessage(platform: Platform, sender: UserState, ref: UserRef, text: string): MessagePayload {
  const { state, clock, nextId } = platform
  const recipient = findOtherUser(state, sender, ref)
  assertNotBlocked(sender, recipient)
  assertText(text, 'text')
  if (codePointLength(text) > maxTextLength) {
    throw new RangeError(`"text" must not be longer than ${maxTextLength} characters`)
  }
  const id = nextId()
  state.messages.set(id, { id, senderId: sender.id, recipientId: recipient.id })
  const payload = messagePayload({ id, at: clock.now(), ...composeText(text, platform) }, { sender, recipient })
  const users = usersById(sender, recipient)
  const apps = { [webApp.id]: webApp }
  publish(platform, [sender.id], { direct_message_events: [withSourceApp(payload)], apps, users })
  publish(platform, [recipient.id], { direct_message_events: [payload], users })
  const activity = () => ({ direct_message_events: [payload], users: wrappedUsersById(sender, recipient) })
  publishActivity(platform, { eventType: 'dm.sent', targets: [{ userId: sender.id }], payload: activity })
  publishActivity(platform, { eventType: 'dm.received', targets: [{ userId: recipient.id }], payload: activity })
  return payload
}

/** Types a direct message. X sends the event to the recipient. */
export function indicateTyping(platform: Platform, sender: UserState, ref: UserRef): void {
  const recipient = findOtherUser(platform.state, sender, ref)
  assertNotBlocked(sender, recipient)
  const event = {
    created_timestamp: String(platform.uniqueTimestamp(`typing ${sender.id} ${recipient.id}`)),
    sender_id: sender.id,
    target: { recipient_id: recipient.id },
  }
  publish(platform, [recipient.id], {
    direct_message_indicate_typing_events: [event],
    users: usersById(sender, recipient),
  })
  publishActivity(platform, {
    eventType: 'dm.indicate_typing',
    targets: [{ userId: recipient.id }],
    payload: () => ({
      direct_message_indicate_typing_events: [event],
      users: wrappedUsersById(sender, recipient),
    }),
  })
}

/** Reads a direct message, or all messages of a user. X sends the event to the user who wrote them. */
export function markRead(platform: Platform, reader: UserState, ref: MessageRef | UserRef): void {
  const { state } = platform
  const last = isMessageRef(ref) ? findMessage(state, ref) : findLastMessage(platform, reader, findUser(state, ref))
  if (last.recipientId !== reader.id) throw new RangeError(`The message was not sent to @${reader.screenName}.`)
  const writer = findUser(state, { id: last.senderId })
  const event = {
    created_timestamp: String(platform.uniqueTimestamp(`read ${reader.id} ${last.id}`)),
    sender_id: reader.id,
    target: { recipient_id: writer.id },
    last_read_event_id: last.id,
  }
  publish(platform, [writer.id], {
    direct_message_mark_read_events: [event],
    users: usersById(reader, writer),
  })
  publishActivity(platform, {
    eventType: 'dm.read',
    targets: [{ userId: writer.id }],
    payload: () => ({ direct_message_mark_read_events: [event], users: wrappedUsersById(reader, writer) }),
  })
}

function isMessageRef(ref: MessageRef | UserRef): ref is MessageRef {
  return typeof ref === 'string' || (typeof ref === 'object' && ref !== null && 'type' in ref)
}

function findLastMessage({ state }: Platform, reader: UserState, writer: UserState): MessageState {
  const last = [...state.messages.values()].findLast(
    ({ senderId, recipientId }) => senderId === writer.id && recipientId === reader.id,
  )
  if (!last) throw new RangeError(`@${writer.screenName} has sent no message to @${reader.screenName}.`)
  return last
}
