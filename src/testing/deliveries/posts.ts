import type { MediaRecord, PostRecord } from '../../payloads/post-record.ts'
import { codePointLength, composeText } from '../../payloads/text.ts'
import type { UserProfile } from '../../payloads/user-profile.ts'
import { type Cast, minutesBefore } from './cast.ts'

/** What a new post is made from. */
interface NewPost {
  readonly author: UserProfile
  readonly text: string
  readonly media?: MediaRecord['type']
  readonly inReplyTo?: PostRecord
  readonly quotes?: PostRecord
}

/** A post that was created now. */
export function newPost(cast: Cast, { author, text, media: type, inReplyTo, quotes }: NewPost): PostRecord {
  const id = cast.nextId()
  // X puts the handle of the author in front of a reply. A reply to oneself has no handle.
  const prefix = inReplyTo && inReplyTo.author.id !== author.id ? `@${inReplyTo.author.screenName} ` : ''
  const composed = composeText(prefix + text, textContext(cast))
  const start = codePointLength(composed.text) + 1
  const media = type && createMedia(cast, type, { start, pageUrl: mediaPage(author, id, type) })
  return {
    id,
    author,
    createdAt: cast.now,
    text: media ? `${composed.text} ${media.url}` : composed.text,
    entities: composed.entities,
    lang: 'en',
    shownFrom: codePointLength(prefix),
    ...(media && { media: [media] }),
    conversationId: inReplyTo?.conversationId ?? id,
    ...(inReplyTo
      ? { inReplyTo: { postId: inReplyTo.id, userId: inReplyTo.author.id, screenName: inReplyTo.author.screenName } }
      : addressee(cast, composed.text)),
    ...(quotes && { quotes: { id: quotes.id, screenName: quotes.author.screenName, post: quotes } }),
    counts: { likes: 0, reposts: 0, quotes: 0, replies: 0 },
  }
}

/** A repost. */
export function newRepost(cast: Cast, author: UserProfile, original: PostRecord): PostRecord {
  const { text, entities, lang } = original
  const id = cast.nextId()
  return {
    id,
    author,
    createdAt: cast.now,
    text,
    entities,
    lang,
    shownFrom: 0,
    conversationId: id,
    reposts: original,
    counts: { likes: 0, reposts: 0, quotes: 0, replies: 0 },
  }
}

/** What users can do to the posts of the account, or the account itself. */
export type PostForm = 'post' | 'mention' | 'reply' | 'thread' | 'quote' | 'repost' | 'media' | 'video' | 'long_text'

const longText =
  'I finally tried your bakery this weekend. The rye bread has a crust that cracks when you press it & a crumb that stays soft for days. The croissants were gone by eight, so set an alarm. The people behind the counter knew every regular by name, and gave my daughter a roll while we waited. Thank you'

/** Posts by another user that concern the account. Each is in one of the forms. */
export const incomingPosts = {
  mention: (cast) => newPost(cast, { author: cast.other, text: `Hello @${cast.account.screenName}, are you open?` }),
  reply: (cast) =>
    newPost(cast, { author: cast.other, text: 'Do you have rye bread too?', inReplyTo: accountPost(cast) }),
  quote: (cast) => newPost(cast, { author: cast.other, text: 'You have to try these', quotes: accountPost(cast) }),
  repost: (cast) => newRepost(cast, cast.other, accountPost(cast)),
  media: (cast) =>
    newPost(cast, { author: cast.other, text: `Breakfast from @${cast.account.screenName}`, media: 'photo' }),
  video: (cast) =>
    newPost(cast, { author: cast.other, text: `Listen to this crust, @${cast.account.screenName}`, media: 'video' }),
  long_text: (cast) => newPost(cast, { author: cast.other, text: `${longText} @${cast.account.screenName}!` }),
} as const satisfies Partial<Record<PostForm, (cast: Cast) => PostRecord>>

/** Posts by the account. Each is in one of the forms. */
export const outgoingPosts = {
  post: (cast) => newPost(cast, { author: cast.account, text: 'The ovens are on. See you at 6! #bread' }),
  mention: (cast) => newPost(cast, { author: cast.account, text: `Happy birthday @${cast.other.screenName}!` }),
  reply: (cast) => newPost(cast, { author: cast.account, text: 'We do, every Friday', inReplyTo: otherPost(cast) }),
  thread: (cast) => newPost(cast, { author: cast.account, text: 'And the first loaves', inReplyTo: accountPost(cast) }),
  quote: (cast) => newPost(cast, { author: cast.account, text: 'Made our day', quotes: otherPost(cast) }),
  repost: (cast) => newRepost(cast, cast.account, otherPost(cast)),
  media: (cast) => newPost(cast, { author: cast.account, text: 'Fresh from the oven', media: 'photo' }),
  video: (cast) => newPost(cast, { author: cast.account, text: 'How we fold croissants', media: 'video' }),
  long_text: (cast) => newPost(cast, { author: cast.account, text: longText }),
} as const satisfies Partial<Record<PostForm, (cast: Cast) => PostRecord>>

/** An earlier post of the account. */
export function accountPost(cast: Cast): PostRecord {
  return earlierPost(
    cast,
    cast.account,
    'Croissants are out of the oven. All of today: https://linden-bakery.example/today',
  )
}

/** An earlier post of the other user. */
export function otherPost(cast: Cast): PostRecord {
  return earlierPost(cast, cast.other, 'The best croissants in town')
}

function earlierPost(cast: Cast, author: UserProfile, text: string): PostRecord {
  const now = minutesBefore(cast, 42)
  const earlier: Cast = { ...cast, now, nextId: (time = now) => cast.nextId(time) }
  return { ...newPost(earlier, { author, text }), counts: { likes: 3, reposts: 1, quotes: 1, replies: 1 } }
}

/** The users and links that a text can refer to. */
export function textContext({ account, other, base64 }: Cast) {
  return {
    findUser: (handle: string) => [account, other].find(({ screenName }) => screenName === handle),
    newShortUrl: () => `https://t.co/${shortName(base64)}`,
  }
}

/** Ten letters and digits. */
function shortName(base64: Cast['base64']): string {
  return base64(32).replace(/\W/g, '').slice(0, 10)
}

/** A post that begins with a handle is addressed to that user, and is not a reply. */
function addressee({ account, other }: Cast, text: string): Pick<PostRecord, 'inReplyTo'> {
  const user = [account, other].find(({ screenName }) => text.startsWith(`@${screenName}`))
  return user ? { inReplyTo: { postId: null, userId: user.id, screenName: user.screenName } } : {}
}

function mediaPage({ screenName }: UserProfile, postId: string, type: MediaRecord['type']): string {
  return `https://x.com/${screenName}/status/${postId}/${type === 'video' ? 'video' : 'photo'}/1`
}

/** A photo, video or GIF whose link begins at `start`. */
export function createMedia(
  cast: Cast,
  type: MediaRecord['type'],
  { start, pageUrl, imageUrl }: { readonly start: number; readonly pageUrl: string; readonly imageUrl?: string },
): MediaRecord {
  const id = cast.nextId()
  const name = `G${shortName(cast.base64)}`
  const url = textContext(cast).newShortUrl()
  const isPhoto = type === 'photo'
  return {
    id,
    type,
    image: imageUrl ?? `pbs.twimg.com/${isPhoto ? 'media' : 'ext_tw_video_thumb'}/${name}.jpg`,
    ...(!isPhoto && { video: `https://video.twimg.com/ext_tw_video/${id}/pu/vid/1280x720/${name}.mp4` }),
    size: isPhoto ? [1536, 2048] : [1280, 720],
    ...(type === 'video' && { durationMs: 12_480 }),
    ...(isPhoto && { altText: 'Three croissants on a plate' }),
    url,
    pageUrl,
    indices: [start, start + url.length],
  }
}
