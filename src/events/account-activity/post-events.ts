import type { FavoriteEvent, PostCreateEvent, PostDeleteEvent } from '../events.ts'
import { createEventCore, type Writable } from '../read/event-core.ts'
import { getOwn } from '../read/json-object.ts'
import { timestampText } from '../read/occurred-at.ts'
import type { RawEvent } from '../read/raw-event.ts'
import type { FavoriteFacts, PostDeleteFacts, PostFacts } from './facts.ts'
import type { WireFavorite, WirePostDelete } from './wire/events.ts'
import type { WirePost } from './wire/post.ts'

export function createPostCreateEvent({ postId, userId }: PostFacts, raw: RawEvent): PostCreateEvent {
  const event: Writable<PostCreateEvent> = {
    ...createEventCore(raw, { type: 'tweet_create', parts: [postId], actorId: userId }),
    postId,
    payload: raw.value as WirePost,
  }
  const userHasBlocked = readFlag(getOwn(raw.body, 'user_has_blocked'))
  const isBlockedBy = readFlag(getOwn(raw.body, 'is_blocked_by'))
  if (userHasBlocked !== undefined) event.userHasBlocked = userHasBlocked
  if (isBlockedBy !== undefined) event.isBlockedBy = isBlockedBy
  return event
}

/** X documents these flags as strings and sends them as booleans. As a boolean, the string `"false"` would be true. */
function readFlag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true
  return value === false || value === 'false' ? false : undefined
}

export function createPostDeleteEvent({ postId, userId }: PostDeleteFacts, raw: RawEvent): PostDeleteEvent {
  return {
    ...createEventCore(raw, { type: 'tweet_delete', parts: [postId], actorId: userId }),
    postId,
    payload: raw.value as WirePostDelete,
  }
}

export function createFavoriteEvent({ favoriteId, postId, userId }: FavoriteFacts, raw: RawEvent): FavoriteEvent {
  const parts = favoriteId === undefined ? [userId, postId, timestampText(raw.value)] : [favoriteId]
  return {
    ...createEventCore(raw, { type: 'favorite', parts, actorId: userId }),
    postId,
    userId,
    payload: raw.value as WireFavorite,
  }
}
