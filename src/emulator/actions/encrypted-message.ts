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
  const payload = chatPayload(platform, { id, sender, recipient })
  publishActivity(platform, { eventType: 'chat.sent', targets: [{ userId: sender.id }], payload: () => payload })
  publishActivity(platform, { eventType: 'chat.received', targets: [{ userId: recipient.id }], payload: () => payload })
  return { id }
}

interface NewEncryptedMessage extends EncryptedMessage {
  readonly sender: UserState
  readonly recipient: UserState
}

/** In X's examples, a conversation has one id for both users, and the larger user id comes first. */
function chatPayload({ random, clock }: Platform, { id, sender, recipient }: NewEncryptedMessage): object {
  const [first, second] = BigInt(sender.id) > BigInt(recipient.id) ? [sender, recipient] : [recipient, sender]
  const conversation = `${first.id}:${second.id}`
  return {
    conversation_token: random.alphanumeric(`conversation token ${conversation}`, 64),
    id,
    created_at_msec: String(clock.now()),
    sender_id: sender.id,
    conversation_id: conversation,
    conversation_key_version: String(Math.max(sender.createdAt, recipient.createdAt)),
    encoded_event: random.alphanumeric(`encoded event ${id}`, 120),
    message_event_signature: {
      public_key_version: String(sender.createdAt),
      signature: random.alphanumeric(`message signature ${id}`, 86),
      signature_version: '7',
      signing_public_key: random.alphanumeric(`signing key ${sender.id}`, 124),
    },
  }
}
