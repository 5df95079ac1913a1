import { assertObject, assertText } from '../../internal/assert.ts'
import { postCreateBody, postDeleteBody } from '../../payloads/account-activity/bodies.ts'
import type { PostPayload } from '../../payloads/account-activity/post.ts'
import { codePointLength, composeText } from '../../payloads/text.ts'
import { publish } from '../delivery/publish.ts'
import { mediaRecords } from '../media/media-record.ts'
import type { Upload } from '../media/uploads.ts'
import type { Platform } from '../platform.ts'
import { authorOf, postRecord } from '../state/records.ts'
import type { State } from '../state/state.ts'
import type { AppState, PostState, UserState } from '../state/tables.ts'
import { publishFiltered } from '../streams/publish-filtered.ts'
import { ActionError } from './action-error.ts'
import { publishDeleteActivity, publishPostActivities } from './post-activities.ts'
import { assertNotBlocked, findOriginal, findPost, type PostRef, textContext } from './references.ts'
import { type ReplyPrefixOptions, splitReplyPrefix } from './reply-prefix.ts'

/** The content of a post: its text, or its text and its language. */
export type PostContent =
  | string
  | {
      /** 1 to 25,000 characters. A text of more than 140 is cut, and is whole in `extended_tweet`. */
      readonly text: string
      /**
       * The language, as a BCP 47 tag.
       *
       * @defaultValue `'en'`
       */
      readonly lang?: string | undefined
    }

const maxTextLength = 25_000

/** How a post is written. */
export interface PostContext {
  /** The post that is replied to. */
  readonly inReplyTo?: PostRef
  /** The post that is quoted. */
  readonly quotes?: PostRef
  /** The app that the post is written with. Absent for X's own. */
  readonly app?: AppState
  /** Complete uploads. X appends their link to the text. */
  readonly media?: readonly Upload[]
  /** How X completes the text of a reply. */
  readonly reply?: ReplyPrefixOptions
}

/** Creates a post, a reply or a quote, and sends its events. */
export function post(
  platform: Platform,
  user: UserState,
  content: PostContent,
  context: PostContext = {},
): PostPayload {
  return publishPost(platform, createPost(platform, user, content, context))
}

/** Creates a post, a reply or a quote. The events are sent by `publishPost()`. */
export function createPost(
  platform: Platform,
  user: UserState,
  content: PostContent,
  { app, reply, media = [], ...refs }: PostContext,
): PostState {
  // With media, a post needs no text.
  const { text, lang = 'en' } = content === '' && media.length > 0 ? { text: '' } : readContent(content)
  const { state } = platform
  const repliedTo = refs.inReplyTo === undefined ? undefined : findOriginal(state, refs.inReplyTo)
  const quoted = refs.quotes === undefined ? undefined : findOriginal(state, refs.quotes)
  for (const other of [repliedTo, quoted]) if (other) assertNotBlocked(user, authorOf(state, other))
  const { prefix, rest } = repliedTo
    ? splitReplyPrefix(state, { user, text, repliedTo, ...reply })
    : { prefix: '', rest: text }
  const created = storePost(platform, user, {
    ...composeText(prefix + rest, textContext(platform)),
    lang,
    shownFrom: codePointLength(prefix),
    repliedTo,
    quoted,
    ...(app && { appId: app.id }),
    uploads: media,
  })
  if (repliedTo) repliedTo.replies += 1
  if (quoted) quoted.quoted += 1
  return created
}

/** Reposts a post. */
export function repost(platform: Platform, user: UserState, ref: PostRef, app?: AppState): PostPayload {
  const { state } = platform
  const original = findOriginal(state, ref)
  assertNotBlocked(user, authorOf(state, original))
  if (user.reposts.has(original.id))
    throw new ActionError('already-done', `@${user.screenName} has already reposted this post.`)
  user.reposts.add(original.id)
  original.reposted += 1
  const { text, entities, lang } = original
  const created = storePost(platform, user, {
    text,
    entities,
    lang,
    shownFrom: 0,
    reposts: original.id,
    ...(app && { appId: app.id }),
  })
  return publishPost(platform, created)
}

/** Deletes a post of the user, or undoes a repost. X sends the event to the user only. */
export function deletePost(platform: Platform, user: UserState, ref: PostRef): void {
  const post = findPost(platform.state, ref)
  if (post.userId !== user.id) throw new ActionError('not-own', `The post was not written by @${user.screenName}.`)
  post.deleted = true
  user.posts -= 1
  const original = platform.state.posts.get(post.reposts ?? '')
  if (original) {
    original.reposted -= 1
    user.reposts.delete(original.id)
  }
  publish(platform, [user.id], postDeleteBody({ id: post.id, authorId: user.id }, platform.clock.now()))
  publishDeleteActivity(platform, post, user)
}

/** A text with a link to the media behind it, and the media. */
function withMedia(
  { newShortUrl }: Platform,
  { screenName }: UserState,
  { id, text, uploads }: { readonly id: string; readonly text: string; readonly uploads: readonly Upload[] },
): Pick<PostState, 'text' | 'media'> {
  if (uploads.length === 0) return { text }
  const url = newShortUrl()
  const before = text === '' || text.endsWith(' ') ? text : `${text} `
  const start = codePointLength(before)
  const postUrl = `https://x.com/${screenName}/status/${id}`
  return { text: before + url, media: mediaRecords(uploads, { postUrl, url, indices: [start, start + url.length] }) }
}

interface NewPost extends Pick<PostState, 'text' | 'entities' | 'lang' | 'shownFrom' | 'appId'> {
  readonly repliedTo?: PostState | undefined
  readonly quoted?: PostState | undefined
  readonly reposts?: string
  readonly uploads?: readonly Upload[]
}

function storePost(platform: Platform, user: UserState, newPost: NewPost): PostState {
  const { state, clock, nextId } = platform
  const { repliedTo, quoted, uploads = [], ...rest } = newPost
  const id = nextId()
  const inReplyTo = repliedTo ? { postId: repliedTo.id, userId: repliedTo.userId } : findAddressee(state, newPost)
  const created: PostState = {
    ...rest,
    ...withMedia(platform, user, { id, text: rest.text, uploads }),
    id,
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
  state.addPost(created)
  return created
}

/**
 * Sends the event to the author, and to every user whom the post mentions, replies to, quotes or reposts. Only followers
 * receive the posts of a protected account.
 */
export function publishPost(platform: Platform, created: PostState): PostPayload {
  const { state } = platform
  const body = postCreateBody(postRecord(state, created))
  const author = authorOf(state, created)
  const mentioned = new Set(created.reposts ? [] : created.entities.user_mentions.map(({ id_str }) => id_str))
  const others = [created.reposts, created.quotes].map((id) => state.posts.get(id ?? '')?.userId)
  const concerned = [...mentioned, ...others, created.inReplyTo?.userId].filter((id) => id !== undefined)
  const recipients = concerned.filter((id) => !author.protected || author.followers.has(id))
  publish(platform, [author.id, ...recipients], body, {
    fieldsFor: (userId) =>
      mentioned.has(userId) ? { user_has_blocked: state.users.get(userId)?.blocking.has(author.id) ?? false } : {},
  })
  publishPostActivities(platform, created, author)
  publishFiltered(platform, created)
  return body.tweet_create_events[0]
}

/** A post that begins with a handle is a reply to that user, without a post that it replies to. */
function findAddressee({ users }: State, { entities, reposts }: NewPost): PostState['inReplyTo'] {
  const first = reposts ? undefined : entities.user_mentions.find(({ indices }) => indices[0] === 0)
  return first && users.has(first.id_str) ? { postId: null, userId: first.id_str } : undefined
}

function readContent(content: PostContent): { text: string; lang?: string } {
  if (typeof content !== 'string') assertObject(content, 'post')
  const { text, lang } = typeof content === 'string' ? { text: content } : content
  assertText(text, 'text')
  if (codePointLength(text) > maxTextLength) {
    throw new RangeError(`"text" must not be longer than ${maxTextLength} characters`)
  }
  if (lang === undefined) return { text }
  assertText(lang, 'lang')
  return { text, lang }
}
