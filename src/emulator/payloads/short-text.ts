import {
  type Entities,
  entitiesBefore,
  linkTo,
  type MentionedUser,
  mentionOf,
  shiftEntities,
} from '../state/entities.ts'
import type { PostState } from '../state/state.ts'
import { codePointLength, cutBefore, firstCodePoints } from './text.ts'

/** What stands in the `text` of a post. */
export interface ShortText {
  readonly text: string
  readonly entities: Entities
  /** Whether the whole stands in `extended_tweet`. */
  readonly cut: boolean
}

const longest = 140
const linkLength = 23

/** The text itself, or its beginning and a link to the rest, 140 characters in all; no cut goes through an entity. */
export function shortText({ id, text, entities }: PostState): ShortText {
  if (codePointLength(text) <= longest) return { text, entities, cut: false }
  const room = cutBefore(text, longest - linkLength - '… '.length)
  const all = [...entities.hashtags, ...entities.urls, ...entities.user_mentions, ...entities.symbols]
  const end = all.find(({ indices }) => indices[0] < room && indices[1] > room)?.indices[0] ?? room
  const before = entitiesBefore(entities, end)
  const rest = linkTo(`https://x.com/i/web/status/${id}`, `https://t.co/${id.slice(-10)}`)
  const start = end + '… '.length
  return {
    text: `${firstCodePoints(text, end)}… ${rest.url}`,
    entities: { ...before, urls: [...before.urls, { ...rest, indices: [start, start + linkLength] }] },
    cut: true,
  }
}

/** Whose words a repost repeats, and the words as far as they fit; the whole stands in the original. */
export function repostText(original: PostState, author: MentionedUser): ShortText {
  const prefix = `RT @${author.screenName}: `
  const whole = prefix + original.text
  const fits = codePointLength(whole) <= longest
  const end = fits ? Infinity : cutBefore(whole, longest - 1)
  const entities = entitiesBefore(shiftEntities(original.entities, prefix.length), end)
  const mention = mentionOf(author, [3, prefix.length - 2])
  return {
    text: fits ? whole : `${firstCodePoints(whole, end)}…`,
    entities: { ...entities, user_mentions: [mention, ...entities.user_mentions] },
    cut: false,
  }
}
