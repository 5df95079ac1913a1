import { favoriteBody, type LikeRecord } from '../../payloads/account-activity/bodies.ts'
import { likeIncludes, v2LikePayload } from '../../payloads/x-activity/payloads.ts'
import { publish } from '../delivery/publish.ts'
import { publishActivity } from '../delivery/publish-activity.ts'
import type { Platform } from '../platform.ts'
import { authorOf, postRecord, userProfile } from '../state/records.ts'
import type { UserState } from '../state/tables.ts'
import { ActionError } from './action-error.ts'
import { assertNotBlocked, findOriginal, type PostRef } from './references.ts'

/** Likes a post. X sends the event to the user and to the author of the post. */
export function like(platform: Platform, user: UserState, ref: PostRef): void {
  const { state, random, clock } = platform
  const post = findOriginal(state, ref)
  assertNotBlocked(user, authorOf(state, post))
  if (user.likes.has(post.id)) throw new ActionError('already-done', `@${user.screenName} already likes this post.`)
  user.likes.add(post.id)
  post.likes += 1
  const like: LikeRecord = {
    id: random.hex(`like ${user.id} ${post.id}`, 32),
    at: clock.now(),
    user: userProfile(user),
    post: postRecord(state, post),
  }
  publish(platform, [user.id, post.userId], favoriteBody(like))
  publishLikeActivity(platform, like)
}

/** Undoes a like. X sends no event. */
export function unlike({ state }: Platform, user: UserState, ref: PostRef): void {
  const post = findOriginal(state, ref)
  if (!user.likes.delete(post.id)) throw new ActionError('not-done', `@${user.screenName} does not like this post.`)
  post.likes -= 1
}

/** Sends the X Activity API event of a like. */
function publishLikeActivity(platform: Platform, like: LikeRecord): void {
  const { user, post } = like
  const qualifiers = { post_id: post.id }
  publishActivity(platform, {
    eventType: 'like.create',
    targets: [
      { userId: user.id, direction: 'outbound', qualifiers },
      { userId: post.author.id, direction: 'inbound', qualifiers },
    ],
    payload: () => v2LikePayload(like),
    includes: ({ direction }) => likeIncludes(like, direction),
  })
}
