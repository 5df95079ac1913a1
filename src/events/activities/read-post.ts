import type { WirePost } from '../account-activity/wire/post.ts'
import { classifyPost } from '../classify-post.ts'
import type { EventOf } from '../events.ts'
import { fullText } from '../full-text.ts'
import { idOf, readId } from '../id-of.ts'
import { isJsonObject, type JsonObject } from '../read/json-object.ts'
import { unescapeText } from '../unescape-text.ts'
import type { XPostEvent, XPostEventType } from '../x-activity/events.ts'
import type { Media, Person, PostActivity } from './activity.ts'
import { findMedia, readMedia } from './media.ts'
import { findPerson, objectsIn, personOf, textOf } from './person.ts'

export type PostActivityKind = PostActivity<'post' | 'mention' | 'reply' | 'quote' | 'repost'>['kind']

/** The members of a post activity that come from the post. */
export interface PostContent {
  readonly kind: PostActivityKind
  readonly postId: string
  readonly text: string
  readonly url: string
  readonly author: Person
  readonly mentions: readonly Person[]
  readonly media: readonly Media[]
  readonly lang?: string
  readonly inReplyToPostId?: string
  readonly quotedPostId?: string
  readonly repostedPostId?: string
}

/** Reads a post of the Account Activity API. `undefined` when it has no author. */
export function readPost({ payload, postId, forUserId }: EventOf<'tweet_create'>): PostContent | undefined {
  const author = personOf(payload.user)
  if (author === undefined) return undefined
  const kind = classifyPost(payload, forUserId)
  const isRepost = kind === 'repost' || kind === 'quote_repost'
  const extended = payload.extended_tweet
  const entities = extended?.entities ?? payload.entities
  return {
    kind: isRepost ? 'repost' : kind,
    postId,
    text: unescapeText(fullText(payload)),
    url: postUrl(author, postId),
    author,
    mentions: objectsIn(entities?.user_mentions).flatMap((mention) => personOf(mention) ?? []),
    media: readMedia((extended?.extended_entities ?? payload.extended_entities ?? entities)?.media),
    ...languageOf(payload.lang),
    ...references({
      inReplyToPostId: readId(payload.in_reply_to_status_id_str) ?? readId(payload.in_reply_to_status_id),
      quotedPostId: isRepost ? undefined : quotedIdOf(payload),
      repostedPostId: isJsonObject(payload.retweeted_status) ? idOf(payload.retweeted_status) : undefined,
    }),
  }
}

function quotedIdOf(post: WirePost): string | undefined {
  const { quoted_status, quoted_status_id, quoted_status_id_str } = post
  return (
    readId(quoted_status_id_str) ??
    readId(quoted_status_id) ??
    (isJsonObject(quoted_status) ? idOf(quoted_status) : undefined)
  )
}

type AnyPostEvent = XPostEvent<XPostEventType>

/** Reads a post of the X Activity API. `undefined` when X does not name its author. */
export function readXPost(event: AnyPostEvent): PostContent | undefined {
  const { postId, includes = {}, payload } = event
  const authorId = readId(payload.author_id)
  if (authorId === undefined) return undefined
  const author = findPerson(includes.users, authorId)
  const post = payload as unknown as JsonObject
  const referenced = [...objectsIn(post.referenced_posts), ...objectsIn(post.referenced_tweets)]
  const idOfReference = (...types: readonly unknown[]) =>
    readId(referenced.find(({ type }) => types.includes(type))?.id)
  const repostedPostId = idOfReference('retweeted', 'reposted')
  const ids = {
    inReplyToPostId:
      idOfReference('replied_to') ?? readId(post.in_reply_to_post_id) ?? readId(post.in_reply_to_tweet_id),
    quotedPostId: repostedPostId === undefined ? idOfReference('quoted') : undefined,
    repostedPostId,
  }
  const posts = [...objectsIn(includes.posts), ...objectsIn(includes.tweets)]
  return {
    kind: kindOf(event, ids, authorId),
    postId,
    text: unescapeText(
      textOfPost(
        post,
        posts.find(({ id }) => id === repostedPostId),
      ),
    ),
    url: postUrl(author, postId),
    author,
    mentions: mentionsOf(post).flatMap((mention) => toMentioned(mention, includes.users)),
    media: findMedia(post, includes.media),
    ...languageOf(payload.lang),
    ...references(ids),
  }
}

/** What X's name of the event says decides only about a mention, because an answer may name a user without an entity. */
function kindOf(
  event: AnyPostEvent,
  ids: Partial<Record<string, string | undefined>>,
  authorId: string,
): PostActivityKind {
  const { forUserId, payload, type } = event
  if (ids.repostedPostId !== undefined) return 'repost'
  if (ids.quotedPostId !== undefined) return 'quote'
  if (ids.inReplyToPostId !== undefined) return 'reply'
  if (authorId === forUserId) return 'post'
  const post = payload as unknown as JsonObject
  const isNamed = mentionsOf(post).some(({ id }) => id === forUserId) || post.in_reply_to_user_id === forUserId
  return type === 'post.mention.create' || (forUserId !== undefined && isNamed) ? 'mention' : 'post'
}

/** A repost is cut: the text of the original is whole. */
function textOfPost(post: JsonObject, original: JsonObject | undefined): string {
  const text = ownText(post)
  const originalText = original === undefined ? '' : ownText(original)
  return originalText === '' ? text : `${/^RT @\w+: /.exec(text)?.[0] ?? ''}${originalText}`
}

function ownText(post: JsonObject): string {
  return textOf(noteOf(post)?.text) ?? textOf(post.text) ?? ''
}

/** The whole text of a long post. */
function noteOf(post: JsonObject): JsonObject | undefined {
  return objectsIn([post.note_post, post.note_tweet]).find(({ text }) => textOf(text) !== undefined)
}

function mentionsOf(post: JsonObject): readonly JsonObject[] {
  const note = noteOf(post)?.entities
  const entities = isJsonObject(note) ? note : post.entities
  return isJsonObject(entities) ? objectsIn(entities.mentions) : []
}

/** A mention has the handle, and in most bodies the id. The name is in `includes`. */
function toMentioned(mention: JsonObject, users: unknown): Person | readonly [] {
  const id = readId(mention.id)
  const handle = textOf(mention.username)
  const known = objectsIn(users).find((user) =>
    id === undefined ? handle !== undefined && user.username === handle : user.id === id,
  )
  return personOf({ ...mention, ...known }) ?? []
}

function references(ids: Partial<Record<'inReplyToPostId' | 'quotedPostId' | 'repostedPostId', string | undefined>>) {
  const { inReplyToPostId, quotedPostId, repostedPostId } = ids
  return {
    ...(inReplyToPostId !== undefined && { inReplyToPostId }),
    ...(quotedPostId !== undefined && { quotedPostId }),
    ...(repostedPostId !== undefined && { repostedPostId }),
  }
}

function languageOf(lang: unknown): { readonly lang?: string } {
  const known = textOf(lang)
  return known === undefined ? {} : { lang: known }
}

/** X shows a post under any handle, also under `i`. Neither part can lead to another address. */
function postUrl({ handle = '' }: Person, postId: string): string {
  const user = /^\w+$/.test(handle) ? handle : 'i'
  return `https://x.com/${user}/status/${encodeURIComponent(postId.replace(/[\ud800-\udfff]/gu, '\ufffd'))}`
}
