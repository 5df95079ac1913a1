import { assertText } from '../../internal/assert.ts'
import { publish } from '../delivery/publish.ts'
import { type MessagePayload, messagePayload, usersMap, webApp, withApp } from '../payloads/message.ts'
import { codePointLength, composeText, escapeHtml } from '../payloads/text.ts'
import type { Platform } from '../platform.ts'
import type { UserState } from '../state/state.ts'
import { assertNotBlocked, findMessage, findOtherUser, findUser, type MessageRef, type UserRef } from './references.ts'

const maxTextLength = 10_000

/** Sends a direct message; both sides are told, the sender also which app it was sent with. */
export function sendMessage(platform: Platform, sender: UserState, ref: UserRef, text: string): MessagePayload {
  const { state, clock, nextId } = platform
  const recipient = findOtherUser(state, sender, ref)
  assertNotBlocked(sender, recipient)
  assertText(text, 'text')
  if (codePointLength(text) > maxTextLength)
    throw new RangeError(`"text" must not be longer than ${maxTextLength} characters`)
  const id = nextId()
  state.messages.set(id, { id, senderId: sender.id, recipientId: recipient.id })
  const composed = composeText(text, {
    findUser: (handle) => state.userNamed(handle),
    newShortUrl: platform.newShortUrl,
    encode: escapeHtml,
  })
  const payload = messagePayload({ id, at: clock.now(), ...composed }, { sender, recipient })
  const users = usersMap(sender, recipient)
  publish(platform, [sender.id], { direct_message_events: [withApp(payload)], apps: { [webApp.id]: webApp }, users })
  publish(platform, [recipient.id], { direct_message_events: [payload], users })
  return payload
}

/** Types a message; the one it is for is told. */
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
    users: usersMap(sender, recipient),
  })
}

/** Reads a message, or all that a user wrote; the one who wrote it is told. */
export function markRead(platform: Platform, reader: UserState, ref: MessageRef | UserRef): void {
  const { state } = platform
  const last = isMessage(ref) ? findMessage(state, ref) : lastMessageFrom(platform, reader, findUser(state, ref))
  if (last.recipientId !== reader.id) throw new RangeError(`The message was not sent to @${reader.screenName}`)
  const writer = findUser(state, { id: last.senderId })
  const event = {
    created_timestamp: String(platform.uniqueTimestamp(`read ${reader.id} ${last.id}`)),
    sender_id: reader.id,
    target: { recipient_id: writer.id },
    last_read_event_id: last.id,
  }
  publish(platform, [writer.id], {
    direct_message_mark_read_events: [event],
    users: usersMap(reader, writer),
  })
}

function isMessage(ref: MessageRef | UserRef): ref is MessageRef {
  return typeof ref === 'string' || (typeof ref === 'object' && ref !== null && 'type' in ref)
}

function lastMessageFrom({ state }: Platform, reader: UserState, writer: UserState) {
  const last = [...state.messages.values()].findLast(
    ({ senderId, recipientId }) => senderId === writer.id && recipientId === reader.id,
  )
  if (!last) throw new RangeError(`@${writer.screenName} has not written to @${reader.screenName}`)
  return last
}
