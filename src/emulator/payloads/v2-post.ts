import type { WireV2Post, WireV2Reference } from '../../events/x-activity/wire/post.ts'
import type { WireV2Entities } from '../../events/x-activity/wire/user.ts'
import { hourMs } from '../../internal/clock.ts'
import type { Entities } from '../state/entities.ts'
import type { State } from '../state/state.ts'
import type { PostState } from '../state/tables.ts'
import { v2Date } from './dates.ts'
import { repostText, type ShortText, shortText } from './short-text.ts'
import { codePointLength } from './text.ts'
import { v2Users, withTexts } from './v2-user.ts'

/** A post in the form of the v2 API. */
export interface V2PostPayload extends WireV2Post {
  readonly paid_partnership: boolean
}

/** A longer text is cut, and is whole in `note_tweet`. */
const maxTextLength = 280

/** A post in the form of the v2 API, as it is now. */
export function v2PostPayload(state: State, post: PostState): V2PostPayload {
  const original = state.posts.get(post.reposts ?? '')
  const shown = shownText(state, post, original)
  const entities = v2Entities(shown.entities)
  const references = referencesOf(post)
  const { inReplyTo } = post
  return {
    id: post.id,
    text: shown.text,
    author_id: post.userId,
    conversation_id: conversationIdOf(state, post),
    created_at: v2Date(post.createdAt),
    lang: post.lang,
    display_text_range: [post.shownFrom, codePointLength(shown.text)],
    edit_history_tweet_ids: [post.id],
    edit_controls: {
      ...withTexts({ edits_remaining: 5 }),
      is_edit_eligible: original === undefined,
      editable_until: v2Date(post.createdAt + hourMs),
    },
    ...(entities && { entities }),
    ...(references.length > 0 && { referenced_tweets: references }),
    ...(typeof inReplyTo?.postId === 'string' && { in_reply_to_tweet_id: inReplyTo.postId }),
    ...(inReplyTo && { in_reply_to_user_id: inReplyTo.userId }),
    ...(shown.cut && { note_tweet: noteOf(post) }),
    public_metrics: withTexts({
      retweet_count: post.reposted,
      reply_count: post.replies,
      like_count: post.likes,
      quote_count: post.quoted,
      bookmark_count: 0,
      impression_count: 0,
    }),
    reply_settings: 'everyone',
    possibly_sensitive: false,
    paid_partnership: false,
  }
}

/** What the events of a post include: the post itself, its author and the users whom it names. */
export function postIncludes(state: State, post: PostState): object {
  const mentioned = post.entities.user_mentions.map(({ id_str }) => id_str)
  return {
    users: v2Users(state, [post.userId, ...mentioned, post.inReplyTo?.userId]),
    tweets: [v2PostPayload(state, post)],
  }
}

function shownText(state: State, post: PostState, original: PostState | undefined): ShortText {
  const author = state.users.get(original?.userId ?? '')
  return original && author ? repostText(original, author) : shortText(post, maxTextLength)
}

function noteOf({ text, entities }: PostState): NonNullable<WireV2Post['note_tweet']> {
  const found = v2Entities(entities)
  return { text, ...(found && { entities: found }) }
}

function referencesOf({ inReplyTo, quotes, reposts }: PostState): WireV2Reference[] {
  return [
    ...(reposts === undefined ? [] : [{ type: 'retweeted' as const, id: reposts }]),
    ...(quotes === undefined ? [] : [{ type: 'quoted' as const, id: quotes }]),
    ...(typeof inReplyTo?.postId === 'string' ? [{ type: 'replied_to' as const, id: inReplyTo.postId }] : []),
  ]
}

/** The id of the first post of the conversation. */
function conversationIdOf({ posts }: State, post: PostState): string {
  let first = post
  for (let parent = parentOf(first); parent; parent = parentOf(first)) first = parent
  return first.id

  function parentOf({ inReplyTo }: PostState): PostState | undefined {
    return posts.get(inReplyTo?.postId ?? '')
  }
}

/** The entities of a text. Lists that are empty are left out. `undefined` when all are. */
function v2Entities({ hashtags, urls, user_mentions, symbols }: Entities): WireV2Entities | undefined {
  const entities = {
    mentions: user_mentions.map(({ indices, screen_name = '', id_str }) => ({
      ...position(indices),
      username: screen_name ?? '',
      id: id_str,
    })),
    hashtags: hashtags.map(({ indices, text: tag }) => ({ ...position(indices), tag })),
    cashtags: symbols.map(({ indices, text: tag }) => ({ ...position(indices), tag })),
    urls: urls.map(({ indices, url, expanded_url, display_url }) => ({
      ...position(indices),
      url,
      expanded_url,
      display_url,
    })),
  }
  const found = Object.entries(entities).filter(([, list]) => list.length > 0)
  return found.length === 0 ? undefined : (Object.fromEntries(found) as WireV2Entities)
}

function position(indices: readonly [number, number] | undefined = [0, 0]) {
  const [start, end] = indices
  return withTexts({ start, end })
}
