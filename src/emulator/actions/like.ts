import { publish } from '../delivery/publish.ts'
import { v1Date } from '../payloads/dates.ts'
import { postPayload } from '../payloads/post.ts'
import { userPayload } from '../payloads/user.ts'
import type { Platform } from '../platform.ts'
import type { UserState } from '../state/tables.ts'
import { assertNotBlocked, authorOf, findOriginal, type PostRef } from './references.ts'

/** Likes a post. X sends the event to the user and to the author of the post. */
export function like(platform: Platform, user: UserState, ref: PostRef): void {
  const { state, random, clock } = platform
  const post = findOriginal(state, ref)
  assertNotBlocked(user, authorOf(state, post))
  if (user.likes.has(post.id)) throw new RangeError(`@${user.screenName} already likes this post.`)
  user.likes.add(post.id)
  post.likes += 1
  const at = clock.now()
  const { timestamp_ms: _, ...favorited_status } = postPayload(state, post)
  const event = {
    id: random.hex(`like ${user.id} ${post.id}`, 32),
    created_at: v1Date(at),
    timestamp_ms: at,
    favorited_status,
    user: userPayload(user),
  }
  publish(platform, [user.id, post.userId], { favorite_events: [event] })
}
