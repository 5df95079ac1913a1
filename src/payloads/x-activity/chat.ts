import type { WireChat } from '../../events/x-activity/wire/payloads.ts'

/** An encrypted message, or a change of an encrypted conversation. */
export interface ChatRecord {
  /** A UUID. */
  readonly id: string
  /** When it was sent: milliseconds since 1970. */
  readonly at: number
  readonly senderId: string
  /** See {@link conversationIdOf}. */
  readonly conversationId: string
  /** When the key of the conversation was made: milliseconds since 1970. */
  readonly keyCreatedAt: number
  /** The texts that X encodes or encrypts. Only who has the keys can read them. */
  readonly encoded: {
    /** The token of the conversation. */
    readonly conversationToken: string
    /** The message: base64. */
    readonly event: string
    /** A change of the key: base64. Absent when the key stays the same. */
    readonly keyChange?: string
    /** The signature of the message: base64. */
    readonly signature: string
    /** The key that the signature is checked with: base64. */
    readonly signingKey: string
  }
  /** When the signing key was made: milliseconds since 1970. */
  readonly signingKeyCreatedAt: number
}

/** An encrypted message, or a change of an encrypted conversation. */
export function chatPayload(chat: ChatRecord): WireChat {
  const { encoded } = chat
  return {
    conversation_token: encoded.conversationToken,
    id: chat.id,
    created_at_msec: String(chat.at),
    sender_id: chat.senderId,
    conversation_id: chat.conversationId,
    conversation_key_version: String(chat.keyCreatedAt),
    encoded_event: encoded.event,
    ...(encoded.keyChange !== undefined && { conversation_key_change_event: encoded.keyChange }),
    message_event_signature: {
      public_key_version: String(chat.signingKeyCreatedAt),
      signature: encoded.signature,
      signature_version: '7',
      signing_public_key: encoded.signingKey,
    },
  }
}

/** The id of a conversation of two users. In X's examples both have the same, and the larger user id comes first. */
export function conversationIdOf(a: string, b: string): string {
  return BigInt(a) > BigInt(b) ? `${a}:${b}` : `${b}:${a}`
}
