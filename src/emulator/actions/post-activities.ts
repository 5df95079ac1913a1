import { v2PostDeletePayload } from '../../payloads/x-activity/payloads.ts'
import { postIncludes, v2PostPayload } from '../../payloads/x-activity/post.ts'
import { wrappedUser } from '../../payloads/x-activity/user.ts'
import { publishActivity } from '../delivery/publish-activity.ts'
import type { Platform } from '../platform.ts'
import { postRecord, userProfile, userProfiles } from '../state/records.ts'
import type { PostState, UserState } from '../state/tables.ts'

/**
 * Sends the X Activity API events of a new post: one to its author, and one for each thing that it does to another user.
 * X does not deliver the posts of protected accounts.
 */
export function publishPostActivities(platform: Platform, post: PostState, author: UserState): void {
  if (author.protected) return
  const { state } = platform
  const record = postRecord(state, post)
  const mentioned = post.entities.user_mentions.map(({ id_str }) => id_str)
  const send = (eventType: string, userIds: readonly (string | undefined)[], uuid?: string) =>
    publishActivity(platform, {
      eventType,
      targets: userIds.flatMap((userId) => (userId === undefined ? [] : [{ userId }])),
      payload: () => v2PostPayload(record),
      includes: () => postIncludes(record, userProfiles(state, [author.id, ...mentioned, post.inReplyTo?.userId])),
      ...(uuid !== undefined && { uuid }),
    })
  const authorOf = (id: string | null | undefined) => exceptAuthor(state.posts.get(id ?? '')?.userId)
  const exceptAuthor = (id: string | undefined) => (id === author.id ? undefined : id)
  send('post.create', [author.id], post.id)
  send('post.mention.create', mentionedInBody(post).map(exceptAuthor), post.id)
  send('post.reply.create', [authorOf(post.inReplyTo?.postId)])
  send('post.quote.create', [authorOf(post.quotes)])
  send('post.repost.create', [authorOf(post.reposts)])
}

/** Sends the X Activity API event of a deleted post to its author. */
export function publishDeleteActivity(platform: Platform, { id }: PostState, author: UserState): void {
  if (author.protected) return
  publishActivity(platform, {
    eventType: 'post.delete',
    targets: [{ userId: author.id }],
    payload: () => v2PostDeletePayload({ id, authorId: author.id }),
    includes: () => ({ users: [wrappedUser(userProfile(author))] }),
  })
}

/** The handle in front of a reply does not count as a mention, nor do those in the text of a repost. */
function mentionedInBody({ reposts, entities, shownFrom }: PostState): string[] {
  if (reposts !== undefined) return []
  return entities.user_mentions.filter(({ indices }) => indices[0] >= shownFrom).map(({ id_str }) => id_str)
}
