import type { AppCall } from '../../api/route.ts'
import { authorOf } from '../../state/records.ts'
import type { PostState } from '../../state/tables.ts'

/** A post that exists. `'hidden'` when its author is protected, and the caller is neither the author nor a follower. */
export function findVisiblePost(
  { platform: { state }, caller }: AppCall,
  id: string,
): PostState | 'hidden' | undefined {
  const post = state.posts.get(id)
  if (!post || post.deleted || state.posts.get(post.reposts ?? '')?.deleted) return undefined
  const author = authorOf(state, post)
  const reader = 'user' in caller ? caller.user.id : ''
  const isVisible = !author.protected || reader === author.id || author.followers.has(reader)
  return isVisible ? post : 'hidden'
}
