import { hourMs } from '../../../internal/clock.ts'
import { unescapeHtml } from '../../../payloads/text.ts'
import { weightedLength } from '../../../payloads/weighted-length.ts'
import { ActionError, tryAction } from '../../actions/action-error.ts'
import { createPost, type PostContext, publishPost } from '../../actions/posts.ts'
import { findOriginal } from '../../actions/references.ts'
import type { UserCall } from '../../api/route.ts'
import type { PostState } from '../../state/tables.ts'

/** Why X does not create a post, beside the problems of actions. */
export type PostRefusal = 'too-long' | 'duplicate' | ActionError

/** A post that an app creates for a user. Both generations of the API create it like this. */
export function writePost(
  { platform, user, app }: UserCall,
  text: string,
  context: Omit<PostContext, 'app'>,
): PostState | PostRefusal {
  if (weightedLength(text) > platform.limits.postLength) return 'too-long'
  const { inReplyTo, quotes, media = [] } = context
  const refs = tryAction(() =>
    [inReplyTo, quotes].map((ref) => (ref === undefined ? undefined : findOriginal(platform.state, ref).id)),
  )
  if (refs instanceof ActionError) return refs
  const isCompared = media.length === 0
  if (isCompared && isDuplicate({ platform, user }, { text, inReplyTo: refs[0], quotes: refs[1] })) return 'duplicate'
  const created = tryAction(() => createPost(platform, user, text, { ...context, app }))
  if (!(created instanceof ActionError)) publishPost(platform, created)
  return created
}

interface WrittenPost {
  readonly text: string
  readonly inReplyTo: string | undefined
  readonly quotes: string | undefined
}

/** X does not document how far back it looks for duplicates. */
const duplicateMs = 24 * hourMs

/** Whether the user wrote the same lately, in reply to the same post and about the same quoted post. */
function isDuplicate({ platform, user }: Pick<UserCall, 'platform' | 'user'>, written: WrittenPost): boolean {
  const since = platform.clock.now() - duplicateMs
  const text = written.text.trim()
  return platform.state
    .recentPostsOf(user.id)
    .some(
      (post) =>
        !post.deleted &&
        post.reposts === undefined &&
        post.createdAt > since &&
        post.quotes === written.quotes &&
        (post.inReplyTo?.postId ?? undefined) === written.inReplyTo &&
        writtenTexts(post).includes(text),
    )
}

/** The text of a post as the user may have written it: with and without the handles in front of a reply. */
function writtenTexts({ text, entities, shownFrom }: PostState): string[] {
  const targets = new Map(entities.urls.map(({ url, expanded_url }) => [url, expanded_url ?? url]))
  const restore = (part: string) =>
    unescapeHtml(part)
      .replace(/https:\/\/t\.co\/\w+/g, (url) => targets.get(url) ?? url)
      .trim()
  return [restore(text), restore(Array.from(text).slice(shownFrom).join(''))]
}
