import { type Entities, linkTo, type MentionedUser, mentionOf } from './entities.ts'

/** A text as X sends it: escaped, with shortened links and with its entities. */
export interface ComposedText {
  readonly text: string
  readonly entities: Entities
}

/** The users and links that a text can refer to. */
export interface TextContext {
  /** Returns the user with a handle, in upper or lower case. `undefined` when there is none. */
  readonly findUser: (handle: string) => MentionedUser | undefined
  /** Returns a t.co link that was never used before. */
  readonly newShortUrl: () => string
}

const link = String.raw`(?<url>https?://[^\s<>"]*[^\s<>".,;:!?'()])`
const mention = String.raw`(?<![\w@])@(?<handle>\w{1,15})(?!\w)`
const hashtag = String.raw`(?<![\p{L}\p{N}_&])#(?<tag>[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)`
const symbol = String.raw`(?<![\w$])\$(?<symbol>[A-Za-z]{1,6})(?!\w)`
const entityPattern = new RegExp([link, mention, hashtag, symbol].join('|'), 'gu')

/** Finds links, mentions, hashtags and symbols in a text, and escapes the rest. The indices count code points. */
export function composeText(written: string, context: TextContext): ComposedText {
  const entities: MutableEntities = { hashtags: [], urls: [], user_mentions: [], symbols: [] }
  const pieces: string[] = []
  let start = 0
  let done = 0
  for (const match of written.matchAll(entityPattern)) {
    const before = escapeHtml(written.slice(done, match.index))
    const found = addEntity(entities, match, { ...context, start: start + codePointLength(before) })
    pieces.push(before, found)
    start += codePointLength(before) + codePointLength(found)
    done = match.index + match[0].length
  }
  return { text: pieces.join('') + escapeHtml(written.slice(done)), entities }
}

/** The length of a text as X counts it, in code points: a surrogate pair counts once. */
export function codePointLength(text: string): number {
  return Array.from(text).length
}

/** The first code points of a text. */
export function firstCodePoints(text: string, count: number): string {
  return Array.from(text).slice(0, count).join('')
}

/** The last position up to `end` at which an escaped text can be cut: not inside `&amp;`. */
export function cutBefore(text: string, end: number): number {
  const half = /&[a-z]*$/.exec(firstCodePoints(text, end))
  return end - (half?.[0].length ?? 0)
}

type MutableEntities = { [Name in keyof Entities]: Entities[Name][number][] }

/** Adds an entity to its list, and returns the text that X shows for it. An unknown handle stays plain text. */
function addEntity(
  entities: MutableEntities,
  match: RegExpMatchArray,
  { findUser, newShortUrl, start }: TextContext & { readonly start: number },
): string {
  const [found] = match
  const { url, handle, tag, symbol } = match.groups ?? {}
  const indices = [start, start + codePointLength(found)] as const
  if (tag !== undefined) entities.hashtags.push({ text: tag, indices })
  if (symbol !== undefined) entities.symbols.push({ text: symbol, indices })
  const user = handle === undefined ? undefined : findUser(handle)
  if (user) entities.user_mentions.push(mentionOf(user, indices))
  if (url === undefined) return found
  const short = newShortUrl()
  entities.urls.push({ ...linkTo(url, short), indices: [start, start + codePointLength(short)] })
  return short
}

/** The text as the user wrote it, with its links shortened. */
export function unescapeHtml(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')
}

/** X writes three characters of posts and messages as HTML entities. The indices of entities count the escaped text. */
function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
