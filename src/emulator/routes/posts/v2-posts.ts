import { ActionError, tryAction } from '../../actions/action-error.ts'
import { deletePost as deleteOwnPost } from '../../actions/posts.ts'
import { created, forbidden, invalidRequest, ok } from '../../api/problems.ts'
import type { AppCall, AppRoute, UserRoute } from '../../api/route.ts'
import type { PostState } from '../../state/tables.ts'
import { includesOf, postData } from '../../streams/filtered-post.ts'
import { type LinkFields, listFields, readLinkFields } from '../../streams/link-fields.ts'
import { findPostable } from '../media/upload-media.ts'
import { parseJson } from '../v2/read-fields.ts'
import { actionRefused, notAuthorizedProblem, notFoundProblem } from '../v2-answers.ts'
import { findVisiblePost } from './find-visible-post.ts'
import { type PostRefusal, writePost } from './write-post.ts'

/** @see https://docs.x.com/x-api/posts/create-post */
export const createPost: UserRoute = {
  method: 'POST',
  path: '/2/tweets',
  as: 'user',
  accepts: ['OAuth 1.0a User Context', 'OAuth 2.0 User Context'],
  level: 'read-write',
  scopes: ['tweet.read', 'tweet.write', 'users.read'],
  rate: 100,
  answer(call) {
    const wanted = readPost(call.request.body)
    if (typeof wanted === 'string') return invalidRequest(wanted)
    const { text, inReplyTo, quotes, excluded } = wanted
    const media = findPostable(call, wanted.mediaIds)
    if (!media) return invalidRequest('Your media IDs are invalid.')
    const post = writePost(call, text, {
      ...(inReplyTo !== undefined && { inReplyTo }),
      ...(quotes !== undefined && { quotes }),
      reply: { excluded },
      media,
    })
    if (typeof post === 'string' || post instanceof ActionError) return refusePost(post, wanted)
    return created({ data: { id: post.id, text: post.text, edit_history_tweet_ids: [post.id] } })
  },
}

/** @see https://docs.x.com/x-api/posts/delete-post */
export const deletePost: UserRoute = {
  method: 'DELETE',
  path: '/2/tweets/:id',
  as: 'user',
  accepts: ['OAuth 1.0a User Context', 'OAuth 2.0 User Context'],
  level: 'read-write',
  scopes: ['tweet.read', 'tweet.write', 'users.read'],
  rate: 50,
  answer(call) {
    const id = call.param('id')
    const refusal = tryAction(() => deleteOwnPost(call.platform, call.user, id))
    if (!refusal) return ok({ data: { deleted: true } })
    return actionRefused(refusal, { resource: 'tweet', parameter: 'id', value: id }, { blocked: '' })
  },
}

const lookup = {
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only', 'OAuth 1.0a User Context', 'OAuth 2.0 User Context'],
  scopes: ['tweet.read', 'users.read'],
  rate: 900,
} as const

/** @see https://docs.x.com/x-api/posts/get-post-by-id */
export const showPost: AppRoute = {
  method: 'GET',
  path: '/2/tweets/:id',
  ...lookup,
  answer: (call) => lookUp(call, { parameter: 'id', ids: [call.param('id')] }),
}

/** @see https://docs.x.com/x-api/posts/get-posts-by-ids */
export const listPosts: AppRoute = {
  method: 'GET',
  path: '/2/tweets',
  ...lookup,
  answer: (call) => {
    const ids = call.request.url.searchParams.get('ids')?.split(',') ?? []
    return lookUp(call, { parameter: 'ids', ids })
  },
}

const maxIds = 100

interface PostLookup {
  readonly parameter: 'id' | 'ids'
  readonly ids: readonly string[]
}

function lookUp(call: AppCall, { parameter, ids }: PostLookup): Response {
  const { state } = call.platform
  const query = new URLSearchParams(call.request.url.searchParams)
  query.delete('ids')
  const listed = listFields(query, state.users.values().next().value)
  if ('problem' in listed) return invalidRequest(listed.problem)
  const malformed = ids.find((id) => !/^\d{1,19}$/.test(id))
  if (malformed !== undefined || ids.length === 0) {
    return invalidRequest(`The \`${parameter}\` query parameter value [${malformed ?? ''}] is not valid`)
  }
  if (ids.length > maxIds) {
    return invalidRequest(
      `The number of values in the \`ids\` query parameter list [${ids.length}] is not between 1 and 100`,
    )
  }
  const found = ids.map(
    (id) => findVisiblePost(call, id) ?? notFoundProblem({ resource: 'tweet', parameter, value: id }),
  )
  const posts = found.filter((one): one is PostState => typeof one === 'object' && 'userId' in one)
  const errors = found.map((one, index) =>
    one === 'hidden' ? notAuthorizedProblem({ resource: 'tweet', parameter, value: ids[index] ?? '' }) : one,
  )
  return ok(postAnswer(call, { posts, isList: parameter === 'ids', fields: readLinkFields(listed) }, errors))
}

interface FoundPosts {
  readonly posts: readonly PostState[]
  readonly isList: boolean
  readonly fields: LinkFields
}

function postAnswer({ platform: { state } }: AppCall, { posts, isList, fields }: FoundPosts, found: readonly object[]) {
  const data = posts.map((post) => postData(state, post, fields))
  const included = posts.map((post) => includesOf(state, post, fields))
  const users = uniqueById(included.flatMap((one) => one.users ?? []))
  const tweets = uniqueById(included.flatMap((one) => one.tweets ?? []))
  const errors = found.filter((one) => 'title' in one)
  const includes = { ...(users.length > 0 && { users }), ...(tweets.length > 0 && { tweets }) }
  return {
    ...(data.length > 0 && { data: isList ? data : data[0] }),
    ...(Object.keys(includes).length > 0 && { includes }),
    ...(errors.length > 0 && { errors }),
  }
}

function uniqueById<T extends { readonly id: string }>(objects: readonly T[]): T[] {
  return [...new Map(objects.map((one) => [one.id, one])).values()]
}

interface WantedPost {
  readonly text: string
  readonly inReplyTo: string | undefined
  readonly quotes: string | undefined
  readonly excluded: ReadonlySet<string>
  readonly mediaIds: readonly string[]
}

/** Reads the body, or returns the problem with it in one sentence. */
function readPost(body: string): WantedPost | string {
  const value = parseJson(body)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'The body must be a JSON object'
  const { text = '', reply, quote_tweet_id, media, poll }: Record<string, unknown> = value as Record<string, unknown>
  if (poll !== undefined) return '$.poll: the emulator has no polls'
  const mediaIds = readMediaIds(media)
  if (!mediaIds) return '$.media.media_ids: must be an array of 1 to 4 ids'
  if (typeof text !== 'string' || (text.trim() === '' && mediaIds.length === 0))
    return '$.text: is missing but it is required'
  const quotes = readId(quote_tweet_id)
  if (quotes === null) return '$.quote_tweet_id: does not match the regex pattern ^[0-9]{1,19}$'
  const read = readReply(reply)
  return typeof read === 'string' ? read : { text, quotes, mediaIds, ...read }
}

function readMediaIds(media: unknown): string[] | undefined {
  if (media === undefined) return []
  const { media_ids: ids }: { media_ids?: unknown } = typeof media === 'object' && media !== null ? media : {}
  const isList = Array.isArray(ids) && ids.length >= 1 && ids.length <= 4
  return isList && ids.every((id) => typeof readId(id) === 'string') ? ids : undefined
}

function readReply(reply: unknown): Pick<WantedPost, 'inReplyTo' | 'excluded'> | string {
  if (reply === undefined) return { inReplyTo: undefined, excluded: new Set() }
  if (typeof reply !== 'object' || reply === null) return '$.reply: must be an object'
  const { in_reply_to_tweet_id, exclude_reply_user_ids: excluded = [] } = reply as Record<string, unknown>
  const inReplyTo = readId(in_reply_to_tweet_id)
  if (inReplyTo === undefined) return '$.reply.in_reply_to_tweet_id: is missing but it is required'
  if (inReplyTo === null) return '$.reply.in_reply_to_tweet_id: does not match the regex pattern ^[0-9]{1,19}$'
  if (!Array.isArray(excluded) || excluded.some((id) => !readId(id))) {
    return '$.reply.exclude_reply_user_ids: must be an array of ids'
  }
  return { inReplyTo, excluded: new Set(excluded) }
}

/** An id. `null` when the value is not one. */
function readId(value: unknown): string | undefined | null {
  if (value === undefined) return undefined
  return typeof value === 'string' && /^\d{1,19}$/.test(value) ? value : null
}

/** The words of X. Those for the length are documented for version 1.1 and reported for v2. */
function refusePost(refusal: PostRefusal, { inReplyTo }: WantedPost): Response {
  if (refusal === 'duplicate') return forbidden('You are not allowed to create a Tweet with duplicate content.')
  if (refusal === 'too-long') {
    return forbidden(
      'Your Tweet text is too long. For more information on how Twitter determines text length see https://github.com/twitter/twitter-text.',
    )
  }
  const verb = inReplyTo === undefined ? 'quote' : 'reply to'
  return forbidden(`You attempted to ${verb} a Tweet that is deleted or not visible to you.`)
}

/** The posts of v2. */
export const v2PostRoutes: readonly (AppRoute | UserRoute)[] = [createPost, listPosts, showPost, deletePost]
