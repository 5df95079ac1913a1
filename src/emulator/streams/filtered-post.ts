import { hourMs } from '../../internal/clock.ts'
import { v2Date } from '../payloads/dates.ts'
import { repostText } from '../payloads/short-text.ts'
import { codePointLength, cutBefore, firstCodePoints } from '../payloads/text.ts'
import { userData } from '../routes/users/user-data.ts'
import { type Entities, entitiesBefore } from '../state/entities.ts'
import type { State } from '../state/state.ts'
import type { PostState, StreamRuleState, UserState } from '../state/tables.ts'
import type { LinkFields } from './link-fields.ts'

/**
 * The body of a delivery of the filtered stream: a post in the form of v2, with the fields of a link, and the rules that
 * it matches.
 *
 * @see https://docs.x.com/x-api/webhooks/stream/introduction
 */
export function filteredPost(
  state: State,
  post: PostState,
  { rules, fields }: { rules: readonly StreamRuleState[]; fields: LinkFields },
): object {
  const includes = includesOf(state, post, fields)
  return {
    data: postData(state, post, fields),
    ...(Object.keys(includes).length > 0 && { includes }),
    matching_rules: rules.map(({ id, tag }) => ({ id, ...(tag !== undefined && { tag }) })),
  }
}

/** A post with X's default fields, and those of `tweet.fields` that it has. */
function postData(state: State, post: PostState, fields: LinkFields): object {
  const wanted = fields.get('tweet.fields') ?? []
  const shown = shownText(state, post)
  const optional = Object.entries(optionalFields(state, post, shown.entities))
  const chosen = optional.filter(([name, value]) => wanted.includes(name) && value !== undefined)
  return { id: post.id, text: shown.text, edit_history_tweet_ids: [post.id], ...Object.fromEntries(chosen) }
}

const maxLength = 280

/** The text in v2: at most 280 characters. A longer one is whole in `note_tweet`. */
function shownText(state: State, post: PostState): { text: string; entities: Entities } {
  const original = state.posts.get(post.reposts ?? '')
  const author = state.users.get(original?.userId ?? '')
  if (original && author) return repostText(original, author)
  if (!isLong(post)) return post
  const end = cutBefore(post.text, maxLength - 1)
  return { text: `${firstCodePoints(post.text, end)}…`, entities: entitiesBefore(post.entities, end) }
}

function isLong({ text }: PostState): boolean {
  return codePointLength(text) > maxLength
}

function optionalFields(state: State, post: PostState, entities: Entities): Readonly<Record<string, unknown>> {
  const referenced = referencesOf(post).map(([type, id]) => ({ type, id }))
  return {
    author_id: post.userId,
    conversation_id: conversationOf(state, post),
    created_at: v2Date(post.createdAt),
    display_text_range: [post.shownFrom, Math.min(codePointLength(post.text), maxLength)],
    edit_controls: {
      edits_remaining: 5,
      is_edit_eligible: true,
      editable_until: v2Date(post.createdAt + hourMs),
    },
    entities: entityData(entities),
    in_reply_to_user_id: post.inReplyTo?.userId,
    lang: post.lang,
    note_tweet: isLong(post) ? { text: post.text, entities: entityData(post.entities) } : undefined,
    possibly_sensitive: false,
    public_metrics: {
      retweet_count: post.reposted,
      reply_count: post.replies,
      like_count: post.likes,
      quote_count: post.quoted,
      bookmark_count: 0,
      impression_count: 0,
    },
    referenced_tweets: referenced.length > 0 ? referenced : undefined,
    reply_settings: 'everyone',
  }
}

/** The posts that a post refers to, with X's words for it. */
function referencesOf({ inReplyTo, quotes, reposts }: PostState): [type: string, id: string][] {
  const references = { retweeted: reposts, quoted: quotes, replied_to: inReplyTo?.postId }
  return Object.entries(references).flatMap(([type, id]) => (typeof id === 'string' ? [[type, id]] : []))
}

/** The id of the post at the start of the thread. */
function conversationOf(state: State, post: PostState): string {
  let first = post
  for (
    let next = state.posts.get(first.inReplyTo?.postId ?? '');
    next;
    next = state.posts.get(next.inReplyTo?.postId ?? '')
  ) {
    first = next
  }
  return first.id
}

/** The entities in the form of v2. Empty lists are left out. */
function entityData({ hashtags, urls, user_mentions, symbols }: Entities): object | undefined {
  const lists = {
    hashtags: hashtags.map(({ text, indices: [start, end] }) => ({ start, end, tag: text })),
    mentions: user_mentions.map(({ screen_name, id_str, indices: [start, end] }) => ({
      start,
      end,
      username: screen_name,
      id: id_str,
    })),
    urls: urls.map(({ indices: [start, end], url, expanded_url, display_url }) => ({
      start,
      end,
      url,
      expanded_url,
      display_url,
    })),
    cashtags: symbols.map(({ text, indices: [start, end] }) => ({ start, end, tag: text })),
  }
  const filled = Object.entries(lists).filter(([, list]) => list.length > 0)
  return filled.length > 0 ? Object.fromEntries(filled) : undefined
}

/** The users and posts that the expansions of a link ask for, each once. */
function includesOf(state: State, post: PostState, fields: LinkFields): { users?: object[]; tweets?: object[] } {
  const expansions = fields.get('expansions') ?? []
  const referenced = referencesOf(post).flatMap(([, id]) => state.posts.get(id) ?? [])
  const mentioned = shownText(state, post).entities.user_mentions.map(({ id_str }) => id_str)
  const userIds: readonly [expansion: string, ids: readonly (string | undefined)[]][] = [
    ['author_id', [post.userId]],
    ['in_reply_to_user_id', [post.inReplyTo?.userId]],
    ['entities.mentions.username', mentioned],
    ['referenced_tweets.id.author_id', referenced.map(({ userId }) => userId)],
  ]
  const wanted = new Set(userIds.flatMap(([expansion, ids]) => (expansions.includes(expansion) ? ids : [])))
  const users = [...wanted].flatMap((id) => userIncluded(state.users.get(id ?? ''), fields))
  // An author of a referenced post is reached by way of the post, so X includes both.
  const hasPosts = expansions.some((expansion) => expansion.startsWith('referenced_tweets.id'))
  const tweets = hasPosts ? referenced.map((one) => postData(state, one, fields)) : []
  return { ...(users.length > 0 && { users }), ...(tweets.length > 0 && { tweets }) }
}

function userIncluded(user: UserState | undefined, fields: LinkFields): object[] {
  const data = user && userData(user, (fields.get('user.fields') ?? []).join(','))
  return typeof data === 'object' ? [data] : []
}
