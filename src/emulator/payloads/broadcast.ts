import type { WireBroadcast, WireSpace } from '../../events/x-activity/wire/payloads.ts'
import type { BroadcastState, UserState } from '../state/tables.ts'
import { withTexts, wrappedUser } from './v2-user.ts'

/** A Space that begins or ends. */
export function spacePayload({ id, endedAt }: BroadcastState, host: UserState): WireSpace {
  return {
    user: wrappedUser(host),
    broadcast_id: id,
    event_type: endedAt === undefined ? 'spaces_start' : 'spaces_end',
  }
}

/** A live video that begins or ends. */
export function broadcastPayload({ id, title, createdAt, endedAt }: BroadcastState, owner: UserState): WireBroadcast {
  const hasEnded = endedAt !== undefined
  const at = endedAt ?? createdAt
  return {
    user: wrappedUser(owner),
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
