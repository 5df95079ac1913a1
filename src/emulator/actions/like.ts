import { publish } from '../delivery/publish.ts'
import { publishActivity } from '../delivery/publish-activity.ts'
import { v1Date, v2Date } from '../payloads/dates.ts'
import { postPayload } from '../payloads/post.ts'
import { userPayload } from '../payloads/user.ts'
import { v2PostPayload } from '../payloads/v2-post.ts'
import { v2Users } from '../payloads/v2-user.ts'
import type { Platform } from '../platform.ts'
import type { PostState, UserState } from '../state/tables.ts'
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
  publishLikeActivity(platform, { id: event.id, at, user, post })
}

interface NewLike {
  readonly id: string
  readonly at: number
  readonly user: UserState
  readonly post: PostState
}

/**
 * Sends the X Activity API event of a like. The payload does not name the user who likes the post. X is inferred to include
 * that user for the author of the post. The post of a protected account is never included.
 */
function publishLikeActivity(platform: Platform, { id, at, user, post }: NewLike): void {
  const { state } = platform
  const isProtected = state.users.get(post.userId)?.protected ?? false
  const qualifiers = { post_id: post.id }
  publishActivity(platform, {
    eventType: 'like.create',
    targets: [
      { userId: user.id, direction: 'outbound', qualifiers },
      { userId: post.userId, direction: 'inbound', qualifiers },
    ],
    payload: () => ({
      id,
      created_at: v2Date(at),
      timestamp_ms: String(at),
      liked_tweet_id: post.id,
      liked_tweet_author_id: post.userId,
    }),
    includes: ({ direction }) => ({
      users: v2Users(state, direction === 'inbound' ? [post.userId, user.id] : [post.userId]),
      ...(!isProtected && { tweets: [v2PostPayload(state, post)] }),
    }),
  })
}
