import { assertObject, assertText } from '../../internal/assert.ts'
import { publish } from '../delivery/publish.ts'
import { type PostPayload, postPayload } from '../payloads/post.ts'
import { codePointLength, composeText, escapeHtml } from '../payloads/text.ts'
import type { Platform } from '../platform.ts'
import type { PostState, State, UserState } from '../state/state.ts'
import { assertNotBlocked, authorOf, findOriginal, findPost, type PostRef } from './references.ts'

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

/** What a user posts: a text, or a text and what else X should say about it. */
export type PostContent =
  | string
  | {
      /** 1 to 25,000 characters; above 140 it travels cut, with the whole in `extended_tweet`. */
      readonly text: string
      /** The language, as a BCP 47 tag: `en` unless given. */
      readonly lang?: string
    }

const maxTextLength = 25_000

/** A post of its own, or one that answers or quotes another. */
export function post(
  platform: Platform,
  user: UserState,
  draft: PostContent,
  other: { readonly answers?: PostRef; readonly quotes?: PostRef } = {},
): PostPayload {
  const { text, lang = 'en' } = readContent(draft)
  const { state } = platform
  const answered = other.answers === undefined ? undefined : findOriginal(state, other.answers)
  const quoted = other.quotes === undefined ? undefined : findOriginal(state, other.quotes)
  for (const concerned of [answered, quoted]) if (concerned) assertNotBlocked(user, authorOf(state, concerned))
  const { prefix, rest } = splitReplyPrefix(state, user, text, answered)
  const created = storePost(platform, user, {
    ...composeText(prefix + rest, {
      findUser: (handle) => state.userNamed(handle),
      newShortUrl: platform.newShortUrl,
      encode: escapeHtml,
    }),
    lang,
    shownFrom: codePointLength(prefix),
    answered,
    quoted,
  })
  if (answered) answered.replies += 1
  if (quoted) quoted.quoted += 1
  return publishPost(platform, created)
}

/** Says another's post again, word for word. */
export function repost(platform: Platform, user: UserState, ref: PostRef): PostPayload {
  const { state } = platform
  const original = findOriginal(state, ref)
  assertNotBlocked(user, authorOf(state, original))
  if (user.reposts.has(original.id)) throw new RangeError(`@${user.screenName} has reposted this post already`)
  user.reposts.add(original.id)
  original.reposted += 1
  const { text, entities, lang } = original
  return publishPost(platform, storePost(platform, user, { text, entities, lang, shownFrom: 0, reposts: original.id }))
}

interface NewPost extends Pick<PostState, 'text' | 'entities' | 'lang' | 'shownFrom'> {
  readonly answered?: PostState | undefined
  readonly quoted?: PostState | undefined
  readonly reposts?: string
}

function storePost({ state, clock, nextId }: Platform, user: UserState, draft: NewPost): PostState {
  const { answered, quoted, ...rest } = draft
  const inReplyTo = answered ? { postId: answered.id, userId: answered.userId } : implicitReplyTarget(state, draft)
  const created: PostState = {
    ...rest,
    id: nextId(),
    userId: user.id,
    createdAt: clock.now(),
    ...(inReplyTo && { inReplyTo }),
    ...(quoted && { quotes: quoted.id }),
    deleted: false,
    likes: 0,
    reposted: 0,
    quoted: 0,
    replies: 0,
  }
  user.posts += 1
  state.posts.set(created.id, created)
  return created
}

/** Tells the author, and everybody whom the post mentions, answers, quotes or reposts and who may see it. */
function publishPost(platform: Platform, created: PostState): PostPayload {
  const { state } = platform
  const payload = postPayload(state, created)
  const author = authorOf(state, created)
  const mentioned = new Set(created.reposts ? [] : created.entities.user_mentions.map(({ id_str }) => id_str))
  const others = [created.reposts, created.quotes].map((id) => state.posts.get(id ?? '')?.userId)
  const concerned = [...mentioned, ...others, created.inReplyTo?.userId].filter((id) => id !== undefined)
  const parties = concerned.filter((id) => !author.protected || author.followers.has(id))
  publish(platform, [author.id, ...parties], { tweet_create_events: [payload] }, (userId) =>
    mentioned.has(userId) ? { user_has_blocked: state.users.get(userId)?.blocking.has(author.id) ?? false } : {},
  )
  return payload
}

/** On X, an answer begins with the name of the one it answers, who reads it without. */
function splitReplyPrefix(state: State, user: UserState, text: string, answered: PostState | undefined) {
  if (!answered || answered.userId === user.id) return { prefix: '', rest: text }
  const name = `@${authorOf(state, answered).screenName} `
  const isThere = text.toLowerCase().startsWith(name.toLowerCase())
  return isThere ? { prefix: text.slice(0, name.length), rest: text.slice(name.length) } : { prefix: name, rest: text }
}

/** A post that begins with a name is to that user, though it answers no post; a repost is to nobody. */
function implicitReplyTarget({ users }: State, { entities, reposts }: NewPost): PostState['inReplyTo'] {
  const first = reposts ? undefined : entities.user_mentions.find(({ indices }) => indices[0] === 0)
  return first && users.has(first.id_str) ? { postId: null, userId: first.id_str } : undefined
}

function readContent(draft: PostContent): { text: string; lang?: string } {
  if (typeof draft !== 'string') assertObject(draft, 'post')
  const { text, lang } = typeof draft === 'string' ? { text: draft } : draft
  assertText(text, 'text')
  if (codePointLength(text) > maxTextLength)
    throw new RangeError(`"text" must not be longer than ${maxTextLength} characters`)
  if (lang === undefined) return { text }
  assertText(lang, 'lang')
  return { text, lang }
}
