import { type Entities, linkTo, type MentionedUser, mentionOf } from '../state/entities.ts'

/** How long a text is as X counts: an emoji is one, or few, but never a pair of surrogates. */
export function codePointLength(text: string): number {
  return Array.from(text).length
}

/** The first code points of a text. */
export function firstCodePoints(text: string, count: number): string {
  return Array.from(text).slice(0, count).join('')
}

/** In posts and messages, X writes three characters as HTML entities; the indices of entities count on it. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

/** Where an escaped text can be cut at the latest: not inside `&amp;`. */
export function cutBefore(text: string, end: number): number {
  const half = /&[a-z]*$/.exec(Array.from(text).slice(0, end).join(''))
  return end - (half?.[0].length ?? 0)
}

/** A text as X sends it, links shortened, and what is in it. */
export interface ComposedText {
  readonly text: string
  readonly entities: Entities
}

export interface TextOptions {
  /** Whom a handle belongs to; a name that nobody has is just text. */
  readonly findUser: (handle: string) => MentionedUser | undefined
  /** A t.co link that was never used before. */
  readonly newShortUrl: () => string
  /** What is done to the text between the entities. */
  readonly encode?: (text: string) => string
}

const link = String.raw`(?<url>https?://[^\s<>"]*[^\s<>".,;:!?'()])`

const mention = String.raw`(?<![\w@])@(?<handle>\w{1,15})(?!\w)`

const hashtag = String.raw`(?<![\p{L}\p{N}_&])#(?<tag>[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)`

const symbol = String.raw`(?<![\w$])\$(?<symbol>[A-Za-z]{1,6})(?!\w)`

const entityPattern = new RegExp([link, mention, hashtag, symbol].join('|'), 'gu')

/** Finds links, names, tags and symbols; the indices count code points, as those of X do. */
export function composeText(written: string, options: TextOptions): ComposedText {
  const { encode = (plain: string) => plain } = options
  const entities: MutableEntities = { hashtags: [], urls: [], user_mentions: [], symbols: [] }
  const pieces: string[] = []
  let start = 0
  let done = 0
  for (const match of written.matchAll(entityPattern)) {
    const before = encode(written.slice(done, match.index))
    const found = addEntity(entities, match, { ...options, start: start + codePointLength(before) })
    pieces.push(before, found)
    start += codePointLength(before) + codePointLength(found)
    done = match.index + match[0].length
  }
  return { text: pieces.join('') + encode(written.slice(done)), entities }
}

type MutableEntities = { [Name in keyof Entities]: Entities[Name][number][] }

/** Adds what was found to its list, and returns how it stands in the text. */
function addEntity(entities: MutableEntities, match: RegExpMatchArray, at: TextOptions & { start: number }): string {
  const [found] = match
  const { url, handle, tag, symbol } = match.groups ?? {}
  const indices = [at.start, at.start + codePointLength(found)] as const
  if (tag !== undefined) entities.hashtags.push({ text: tag, indices })
  if (symbol !== undefined) entities.symbols.push({ text: symbol, indices })
  const user = handle === undefined ? undefined : at.findUser(handle)
  if (user) entities.user_mentions.push(mentionOf(user, indices))
  if (url === undefined) return found
  const short = at.newShortUrl()
  entities.urls.push({ ...linkTo(url, short), indices: [at.start, at.start + codePointLength(short)] })
  return short
}
