import { assertObject, assertText } from '../internal/assert.ts'
import type { WireEntities } from './account-activity/wire/entities.ts'
import type { WirePost } from './account-activity/wire/post.ts'
import { idOf, readId } from './id-of.ts'
import { isJsonObject } from './read/json-object.ts'

/**
 * What a post is to the subscribed account. Who wrote it is the event's `direction`.
 *
 * | kind | outgoing | incoming |
 * |---|---|---|
 * | `post` | stands on its own | has nothing to do with them, as far as can be told |
 * | `mention` | – | names them |
 * | `reply` | answers a post | answers theirs, or somebody else's in a thread that names them |
 * | `quote` | quotes a post | quotes theirs, or somebody else's and names them |
 * | `repost` | reposts a post | reposts theirs |
 * | `quote_repost` | reposts a quote | reposts a quote of theirs |
 *
 * Whose post is answered is in `in_reply_to_user_id_str`, whose is quoted in `quoted_status.user`: compare it with
 * `forUserId` where that makes a difference.
 */
export type PostKind = 'post' | 'mention' | 'reply' | 'quote' | 'repost' | 'quote_repost'

/**
 * Why a post was delivered: what it is to the subscribed account.
 *
 * A post that is several things at once is the first of: repost, quote, reply, mention, post. One that merely begins
 * with a name is a mention, although X fills `in_reply_to_user_id_str`.
 *
 * @param forUserId - The subscribed account: `event.forUserId`.
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
  // A repost of a quote carries the marks of a quote as well, so this comes first.
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

/** Any id will do, also a number that JSON has rounded. */
function isReply(post: WirePost): boolean {
  const answered = post.in_reply_to_status_id_str ?? post.in_reply_to_status_id
  return typeof answered === 'number' || (typeof answered === 'string' && answered !== '')
}

function answeredUser(post: WirePost): string | undefined {
  return readId(post.in_reply_to_user_id_str) ?? readId(post.in_reply_to_user_id)
}

function mentions(post: WirePost, userId: string | undefined): boolean {
  if (userId === undefined) return false
  const named = [...mentionedIn(post.extended_tweet?.entities), ...mentionedIn(post.entities), answeredUser(post)]
  return named.includes(userId)
}

/** The ids named in a text; those beyond where it is cut are only in the entities of its extended form. */
function mentionedIn(entities: WireEntities | null | undefined): (string | undefined)[] {
  const mentioned: unknown = entities?.user_mentions
  return Array.isArray(mentioned) ? mentioned.filter(isJsonObject).map((mention) => idOf(mention)) : []
}
