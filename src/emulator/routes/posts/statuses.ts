import { extendedPostPayload, nestedPostPayload } from '../../../payloads/account-activity/post.ts'
import { ActionError, tryAction } from '../../actions/action-error.ts'
import { deletePost } from '../../actions/posts.ts'
import { readParameter } from '../../api/api-request.ts'
import { exactJson } from '../../api/problems.ts'
import type { AppCall, AppRoute, UserCall, UserRoute } from '../../api/route.ts'
import { statusNotFound, v1Error } from '../../api/v1-problems.ts'
import { authorOf, postRecord } from '../../state/records.ts'
import type { PostState } from '../../state/tables.ts'
import { findPostable } from '../media/upload-media.ts'
import { findVisiblePost } from './find-visible-post.ts'
import { type PostRefusal, writePost } from './write-post.ts'

/** What the routes of version 1.1 that act for a user have in common. */
export const signedToWrite = { as: 'user', accepts: ['OAuth 1.0a User Context'], level: 'read-write' } as const

/**
 * Creates a post. `in_reply_to_status_id` counts only when the text names the author of that post, or with
 * `auto_populate_reply_metadata`.
 *
 * @see https://developer.x.com/en/docs/twitter-api/v1/tweets/post-and-engage/api-reference/post-statuses-update
 */
const updateStatus: UserRoute = {
  method: 'POST',
  path: '/1.1/statuses/update.json',
  ...signedToWrite,
  rate: 300,
  answer(call) {
    const read = (name: string) => readParameter(call.request, name)
    const text = read('status') ?? ''
    const mediaIds =
      read('media_ids')
        ?.split(',')
        .filter((id) => id !== '') ?? []
    const media = findPostable(call, mediaIds)
    if (!media) return v1Error(400, { code: 324, message: 'The validation of media ids failed.' })
    if (text.trim() === '' && media.length === 0)
      return v1Error(403, { code: 170, message: 'Missing required parameter: status.' })
    const quotes = /\/status\/(\d+)\/?$/.exec(read('attachment_url') ?? '')?.[1]
    const isCompleted = read('auto_populate_reply_metadata') === 'true'
    const inReplyTo = findRepliedTo(call, read('in_reply_to_status_id'), { text, isCompleted })
    const excluded = new Set(read('exclude_reply_user_ids')?.split(',') ?? [])
    const post = writePost(call, text, {
      ...(inReplyTo !== undefined && { inReplyTo }),
      ...(quotes !== undefined && { quotes }),
      reply: { excluded, isCompleted },
      media,
    })
    return typeof post === 'string' || post instanceof ActionError ? refusePost(post) : showStatus(call, post)
  },
}

/** @see https://developer.x.com/en/docs/twitter-api/v1/tweets/post-and-engage/api-reference/post-statuses-destroy-id */
const destroyStatus: UserRoute = {
  method: 'POST',
  path: '/1.1/statuses/destroy/:id.json',
  ...signedToWrite,
  answer(call) {
    const id = call.param('id')
    const refusal = tryAction(() => deletePost(call.platform, call.user, id))
    if (refusal?.problem === 'not-own') {
      return v1Error(403, { code: 183, message: "You may not delete another user's status." })
    }
    const post = call.platform.state.posts.get(id)
    return refusal || !post ? statusNotFound() : showStatus(call, post)
  },
}

/**
 * X's reference and some clients use two paths.
 *
 * @see https://developer.x.com/en/docs/twitter-api/v1/tweets/post-and-engage/api-reference/get-statuses-show-id
 */
const showStatusRoutes: readonly AppRoute[] = ['/1.1/statuses/show.json', '/1.1/statuses/show/:id.json'].map(
  (path) => ({
    method: 'GET',
    path,
    as: 'app',
    accepts: ['OAuth 1.0a User Context', 'OAuth 2.0 Application-Only'],
    rate: 900,
    answer(call) {
      const post = findVisiblePost(call, call.param('id') || (readParameter(call.request, 'id') ?? ''))
      if (!post) return statusNotFound()
      if (post === 'hidden') {
        return v1Error(403, { code: 179, message: 'Sorry, you are not authorized to see this status.' })
      }
      return showStatus(call, post)
    },
  }),
)

/** The routes of version 1.1 for posts. */
export const statusRoutes: readonly (AppRoute | UserRoute)[] = [updateStatus, destroyStatus, ...showStatusRoutes]

/** A post in the form of version 1.1. */
export function showStatus({ platform: { state }, request }: AppCall, post: PostState): Response {
  const isExtended = readParameter(request, 'tweet_mode') === 'extended'
  const record = postRecord(state, post)
  return exactJson(isExtended ? extendedPostPayload(record) : nestedPostPayload(record))
}

/** The post that is replied to. `undefined` when X ignores the parameter. */
function findRepliedTo(
  { platform: { state } }: UserCall,
  id: string | undefined,
  { text, isCompleted }: { readonly text: string; readonly isCompleted: boolean },
): string | undefined {
  const post = state.posts.get(id ?? '')
  if (isCompleted || !post) return isCompleted ? id : undefined
  const { screenName } = authorOf(state, state.posts.get(post.reposts ?? '') ?? post)
  return new RegExp(`@${screenName}(?!\\w)`, 'i').test(text) ? id : undefined
}

/** @see https://developer.x.com/en/support/twitter-api/error-troubleshooting */
function refusePost(refusal: PostRefusal): Response {
  if (refusal === 'duplicate') return v1Error(403, { code: 187, message: 'Status is a duplicate.' })
  if (refusal === 'too-long') return v1Error(403, { code: 186, message: 'Tweet needs to be a bit shorter.' })
  if (refusal.problem === 'blocked') {
    return v1Error(403, { code: 136, message: 'You have been blocked from the author of this tweet.' })
  }
  return v1Error(403, {
    code: 385,
    message: 'You attempted to reply to a Tweet that is deleted or not visible to you.',
  })
}
