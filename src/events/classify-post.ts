import { assertObject, assertText } from '../internal/assert.ts'
import type { WireEntities } from './account-activity/wire/entities.ts'
import type { WirePost } from './account-activity/wire/post.ts'
import { idOf, readId } from './id-of.ts'
import { isJsonObject } from './read/json-object.ts'

/**
 * What a post is to the subscribed account. The `direction` of the event says who wrote it.
 *
 * | kind | `outgoing`: the account wrote it | `incoming`: another account wrote it |
 * |---|---|---|
 * | `post` | a post that is nothing of the below | a post for which no relation to the account is known |
 * | `mention` | – | mentions the account |
 * | `reply` | replies to a post | replies to a post of the account, or to another post and mentions the account |
 * | `quote` | quotes a post | quotes a post of the account, or another post and mentions the account |
 * | `repost` | reposts a post | reposts a post of the account |
 * | `quote_repost` | reposts a quote | reposts a quote by the account |
 *
 * To tell whose post is meant, compare `in_reply_to_user_id_str` (reply) or `quoted_status.user` (quote) with the
 * `forUserId` of the event.
 */
export type PostKind = 'post' | 'mention' | 'reply' | 'quote' | 'repost' | 'quote_repost'

/**
 * Returns what a post is to the subscribed account, which is the reason why X sent it.
 *
 * Use it in the handler of `tweet_create`. When a post is several things, the result is the first of: repost, quote,
 * reply, mention, post. A post that only begins with the handle of the account is a mention, although X sets
 * `in_reply_to_user_id_str` in it.
 *
 * @param post - The post: `event.payload`.
 * @param forUserId - The id of the subscribed account: `event.forUserId`. If it is `undefined`, mentions are not found.
 * @throws TypeError when `post` is not an object, or `forUserId` is neither a string nor `undefined`.
 * @throws RangeError when `forUserId` is empty.
 *
 * @example
 * import { classifyPost } from 'x-account-activity/events'
 *
 * const post = { id_str: '34', user: { id_str: '56' }, in_reply_to_status_id_str: '33', in_reply_to_user_id_str: '12' }
 * classifyPost(post, '12')
 * // 'reply'
 */
export function classifyPost(post: WirePost, forUserId: string | undefined): PostKind {
  assertObject(post, 'post')
  if (forUserId !== undefined) assertText(forUserId, 'forUserId')
  // A repost of a quote also has the members of a quote, so this check comes first.
  if (isJsonObject(post.retweeted_status))
    return isQuote(post) || isQuote(post.retweeted_status) ? 'quote_repost' : 'repost'
  if (isQuote(post)) return 'quote'
  if (isReply(post)) return 'reply'
  const isOwn = forUserId !== undefined && idOf(post.user) === forUserId
  return !isOwn && mentions(post, forUserId) ? 'mention' : 'post'
}

function isQuote(post: WirePost): boolean {
  return isJsonObject(post.quoted_status) || post.is_quote_status === true
}

/** Accepts any id, including a number that JSON has rounded. */
function isReply(post: WirePost): boolean {
  const answered = post.in_reply_to_status_id_str ?? post.in_reply_to_status_id
  return typeof answered === 'number' || (typeof answered === 'string' && answered !== '')
}

function answeredUserId(post: WirePost): string | undefined {
  return readId(post.in_reply_to_user_id_str) ?? readId(post.in_reply_to_user_id)
}

function mentions(post: WirePost, userId: string | undefined): boolean {
  if (userId === undefined) return false
  const mentionedIds = [
    ...mentionedIdsOf(post.extended_tweet?.entities),
    ...mentionedIdsOf(post.entities),
    answeredUserId(post),
  ]
  return mentionedIds.includes(userId)
}

/** The ids of the mentioned users. In a long post, those after the cut are only in the entities of `extended_tweet`. */
function mentionedIdsOf(entities: WireEntities | null | undefined): (string | undefined)[] {
  const mentioned: unknown = entities?.user_mentions
  return Array.isArray(mentioned) ? mentioned.filter(isJsonObject).map((mention) => idOf(mention)) : []
}
