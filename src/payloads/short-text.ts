import { type Entities, entitiesBefore, linkTo, mentionOf, shiftEntities } from './entities.ts'
import type { PostRecord } from './post-record.ts'
import { codePointLength, cutBefore, firstCodePoints } from './text.ts'

/** The `text` member of a post. */
export interface ShortText {
  readonly text: string
  readonly entities: Entities
  /** Whether the text was cut. The whole text is then in another member. */
  readonly cut: boolean
}

/** The length of a text in version 1.1. */
const v1Length = 140
const linkLength = 23

/** The text of a post, or its beginning and a link to the whole. An entity is never cut in two. */
export function shortText({ id, text, entities }: PostRecord, maxLength = v1Length): ShortText {
  if (codePointLength(text) <= maxLength) return { text, entities, cut: false }
  const room = cutBefore(text, maxLength - linkLength - '… '.length)
  const all = [...entities.hashtags, ...entities.urls, ...entities.user_mentions, ...entities.symbols]
  const end = all.find(({ indices }) => indices[0] < room && indices[1] > room)?.indices[0] ?? room
  const before = entitiesBefore(entities, end)
  const link = linkTo(`https://x.com/i/web/status/${id}`, `https://t.co/${id.slice(-10)}`)
  const start = end + '… '.length
  return {
    text: `${firstCodePoints(text, end)}… ${link.url}`,
    entities: { ...before, urls: [...before.urls, { ...link, indices: [start, start + linkLength] }] },
    cut: true,
  }
}

/** The text of a repost: the author of the original, and as much of its text as fits. `cut` is always `false`. */
export function repostText(original: PostRecord): ShortText {
  const { author } = original
  const prefix = `RT @${author.screenName}: `
  const whole = prefix + original.text
  const fits = codePointLength(whole) <= v1Length
  const end = fits ? Infinity : cutBefore(whole, v1Length - 1)
  const entities = entitiesBefore(shiftEntities(original.entities, prefix.length), end)
  const mention = mentionOf(author, [3, prefix.length - 2])
  return {
    text: fits ? whole : `${firstCodePoints(whole, end)}…`,
    entities: { ...entities, user_mentions: [mention, ...entities.user_mentions] },
    cut: false,
  }
}

/** The part of a text that X shows: without the handle in front of a reply, and without the link to the media. */
export function shownRange(
  { shownFrom, media: [first] = [] }: Pick<PostRecord, 'shownFrom' | 'media'>,
  text: string,
): [number, number] {
  return [shownFrom, first ? Math.max(shownFrom, first.indices[0] - 1) : codePointLength(text)]
}
