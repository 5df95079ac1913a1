import type * as z from 'zod/mini'
import type { FavoriteEvent, PostCreateEvent, PostDeleteEvent } from '../events.ts'
import { eventCore } from '../read/event-core.ts'
import { own } from '../read/json-object.ts'
import { stampOf } from '../read/occurred-at.ts'
import type { Found } from '../read/raw-event.ts'
import type { favoriteSchema, postDeleteSchema, postSchema } from './schemas.ts'
import type { WireFavorite, WirePostDelete } from './wire/events.ts'
import type { WirePost } from './wire/post.ts'

export function postCreateEvent({ postId, userId }: z.output<typeof postSchema>, found: Found): PostCreateEvent {
  const userHasBlocked = readFlag(own(found.body, 'user_has_blocked'))
  const isBlockedBy = readFlag(own(found.body, 'is_blocked_by'))
  return {
    ...eventCore(found, { type: 'tweet_create', parts: [postId], actor: userId }),
    postId,
    ...(userHasBlocked !== undefined && { userHasBlocked }),
    ...(isBlockedBy !== undefined && { isBlockedBy }),
    payload: found.value as WirePost,
  }
}

/** X's documentation shows these flags as texts, its deliveries have booleans; as a boolean, `"false"` would be true. */
function readFlag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true
  return value === false || value === 'false' ? false : undefined
}

export function postDeleteEvent({ status }: z.output<typeof postDeleteSchema>, found: Found): PostDeleteEvent {
  return {
    ...eventCore(found, { type: 'tweet_delete', parts: [status.id], actor: status.user_id }),
    postId: status.id,
    payload: found.value as WirePostDelete,
  }
}

export function favoriteEvent(facts: z.output<typeof favoriteSchema>, found: Found): FavoriteEvent {
  const { id, favorited_status: postId, user: userId } = facts
  const parts = id === undefined ? [userId, postId, stampOf(found.value)] : [id]
  return {
    ...eventCore(found, { type: 'favorite', parts, actor: userId }),
    postId,
    userId,
    payload: found.value as WireFavorite,
  }
}
