import type { WireHashtag, WireIndices, WireMention, WireUrl } from '../events/account-activity/wire/entities.ts'

/** The entities that X finds in a text. Each list is always present, and may be empty. */
export interface Entities {
  readonly hashtags: readonly WireHashtag[]
  readonly urls: readonly (WireUrl & { readonly indices: WireIndices })[]
  readonly user_mentions: readonly (WireMention & { readonly indices: WireIndices; readonly id_str: string })[]
  readonly symbols: readonly WireHashtag[]
}

/** The members of a user that a mention contains. */
export interface MentionedUser {
  readonly id: string
  readonly screenName: string
  readonly name: string
}

export function mentionOf(
  { id, screenName, name }: MentionedUser,
  indices: WireIndices,
): Entities['user_mentions'][number] {
  return { screen_name: screenName, name, id: Number(id), id_str: id, indices }
}

/** A t.co link, its target, and the text that X displays for it: without the scheme, cut after 26 characters. */
export function linkTo(expanded_url: string, url: string): { url: string; expanded_url: string; display_url: string } {
  const shown = expanded_url.replace(/^https?:\/\/(?:www\.)?/, '')
  return { url, expanded_url, display_url: shown.length > 27 ? `${shown.slice(0, 26)}…` : shown }
}

/** The entities that end at `end` or earlier. */
export function entitiesBefore(entities: Entities, end: number): Entities {
  return mapEntities(entities, (list) => list.filter(({ indices }) => indices[1] <= end))
}

/** The entities of a text after `by` characters were put in front of it. */
export function shiftEntities(entities: Entities, by: number): Entities {
  return mapEntities(entities, (list) =>
    list.map((entity) => ({ ...entity, indices: [entity.indices[0] + by, entity.indices[1] + by] })),
  )
}

type ChangeList = <E extends { readonly indices: WireIndices }>(list: readonly E[]) => E[]

function mapEntities({ hashtags, urls, user_mentions, symbols }: Entities, change: ChangeList): Entities {
  return {
    hashtags: change(hashtags),
    urls: change(urls),
    user_mentions: change(user_mentions),
    symbols: change(symbols),
  }
}
