import { chatPayload, conversationIdOf } from '../../payloads/x-activity/chat.ts'
import { publishActivity } from '../delivery/publish-activity.ts'
import type { Platform } from '../platform.ts'
import type { UserState } from '../state/tables.ts'
import { assertNotBlocked, findOtherUser, type UserRef } from './references.ts'

/** An encrypted message of the emulator. */
export interface EncryptedMessage {
  /** The id of the message: a UUID. */
  readonly id: string
}

/**
 * Sends an encrypted message. Only the X Activity API has events for it: one for each user. The content is random text: it
 * cannot be decrypted.
 */
export function sendEncryptedMessage(platform: Platform, sender: UserState, ref: UserRef): EncryptedMessage {
  const { state, random, nextId } = platform
  const recipient = findOtherUser(state, sender, ref)
  assertNotBlocked(sender, recipient)
  const id = random.uuid(`encrypted message ${nextId()}`)
  const payload = newChatPayload(platform, { id, sender, recipient })
  publishActivity(platform, { eventType: 'chat.sent', targets: [{ userId: sender.id }], payload: () => payload })
  publishActivity(platform, { eventType: 'chat.received', targets: [{ userId: recipient.id }], payload: () => payload })
  return { id }
}

interface NewEncryptedMessage extends EncryptedMessage {
  readonly sender: UserState
  readonly recipient: UserState
}

function newChatPayload({ random, clock }: Platform, { id, sender, recipient }: NewEncryptedMessage): object {
  const conversationId = conversationIdOf(sender.id, recipient.id)
  return chatPayload({
    id,
    at: clock.now(),
    senderId: sender.id,
    conversationId,
    keyCreatedAt: Math.max(sender.createdAt, recipient.createdAt),
    encoded: {
      conversationToken: random.alphanumeric(`conversation token ${conversationId}`, 64),
      event: random.alphanumeric(`encoded event ${id}`, 120),
      signature: random.alphanumeric(`message signature ${id}`, 86),
      signingKey: random.alphanumeric(`signing key ${sender.id}`, 124),
    },
    signingKeyCreatedAt: sender.createdAt,
  })
}
