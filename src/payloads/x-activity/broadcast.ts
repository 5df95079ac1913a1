import type { WireBroadcast, WireBroadcastChat, WireSpace } from '../../events/x-activity/wire/payloads.ts'
import type { UserProfile } from '../user-profile.ts'
import { withTexts, wrappedUser } from './user.ts'

/** A Space or a live video. */
export interface BroadcastRecord {
  /** Letters and digits. */
  readonly id: string
  readonly host: UserProfile
  /** Empty for a Space. */
  readonly title: string
  /** When it began: milliseconds since 1970. */
  readonly createdAt: number
  /** When it ended. Absent until then. */
  readonly endedAt?: number
}

/** A Space that begins or ends. */
export function spacePayload({ id, host, endedAt }: BroadcastRecord): Required<WireSpace> {
  return {
    user: wrappedUser(host),
    broadcast_id: id,
    event_type: endedAt === undefined ? 'spaces_start' : 'spaces_end',
  }
}

/** A live video that begins or ends. */
export function broadcastPayload({ id, host, title, createdAt, endedAt }: BroadcastRecord): WireBroadcast {
  const hasEnded = endedAt !== undefined
  const at = endedAt ?? createdAt
  return {
    user: wrappedUser(host),
    broadcast_id: id,
    ...withTexts({ event_timestamp_ms: at }),
    title,
    broadcast_state: hasEnded ? 'Ended' : 'Running',
    ...withTexts({ created_timestamp_ms: createdAt, updated_timestamp_ms: at }),
    ...(hasEnded && withTexts({ duration_ms: endedAt - createdAt })),
    language: 'en',
    thumbnail_url: `https://pbs.twimg.com/broadcasts/${id}/${hasEnded ? 'replay' : 'live'}-thumbnail.jpg`,
    available_for_replay: hasEnded,
  }
}

/** A chat message in a live video. */
export function broadcastChatPayload(chat: {
  readonly broadcastId: string
  readonly messageId: string
  readonly text: string
  readonly author: UserProfile
}): Required<WireBroadcastChat> {
  return {
    broadcast_id: chat.broadcastId,
    message_id: chat.messageId,
    message: chat.text,
    author: wrappedUser(chat.author),
  }
}
