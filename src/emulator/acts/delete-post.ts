import { publish } from '../fan-out.ts'
import type { Platform } from '../platform.ts'
import type { UserState } from '../state.ts'
import { findPost, type PostRef } from './references.ts'

/** Deletes a post of the user's own, or takes back a repost; X tells nobody else. */
export function deletePost(platform: Platform, user: UserState, ref: PostRef): void {
  const post = findPost(platform.state, ref)
  if (post.userId !== user.id) throw new RangeError(`The post is not one of @${user.screenName}'s`)
  post.deleted = true
  user.posts -= 1
  const original = platform.state.posts.get(post.reposts ?? '')
  if (original) {
    original.reposted -= 1
    user.reposts.delete(original.id)
  }
  const event = { status: { id: post.id, user_id: user.id }, timestamp_ms: String(platform.clock.now()) }
  publish(platform, [user.id], { tweet_delete_events: [event] })
}
