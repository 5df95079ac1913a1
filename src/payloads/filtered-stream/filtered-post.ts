import type { WireMatchingRule } from '../../events/filtered-stream/events.ts'
import type { XActivityIncludes } from '../../events/x-activity/wire/envelope.ts'
import type { WireV2Post } from '../../events/x-activity/wire/post.ts'
import type { PostRecord } from '../post-record.ts'
import { v2PostPayload } from '../x-activity/post.ts'

/** A post that matches rules of the filtered stream. */
export interface FilteredRecord<Includes extends XActivityIncludes> {
  readonly data: WireV2Post
  /** The users and posts that the link asks for. It may be empty. */
  readonly includes: Includes
  readonly rules: readonly { readonly id: string; readonly tag?: string }[]
}

/**
 * The body of a delivery of the filtered stream: a post in the form of v2, and the rules that it matches.
 *
 * @see https://docs.x.com/x-api/webhooks/stream/introduction
 */
export function filteredPostBody<Includes extends XActivityIncludes>(filtered: FilteredRecord<Includes>) {
  const { data, includes, rules } = filtered
  return {
    data,
    ...(Object.keys(includes).length > 0 && { includes }),
    matching_rules: rules.map(({ id, tag }): WireMatchingRule => ({ id, ...(tag !== undefined && { tag }) })),
  }
}

const defaultFields = ['id', 'text', 'edit_history_tweet_ids']

/** A post with X's default fields, and the given ones that it has. */
export function filteredPostData(post: PostRecord, fields: readonly string[]): WireV2Post {
  const wanted = [...defaultFields, ...fields]
  const chosen = Object.entries(v2PostPayload(post)).filter(([name]) => wanted.includes(name))
  return withoutTexts(Object.fromEntries(chosen) as unknown as WireV2Post)
}

/** Only the X Activity API repeats each number as a text. */
export function withoutTexts<Payload extends object>(payload: Payload): Payload {
  return JSON.parse(JSON.stringify(payload, (name, value) => (/_str$/.test(name) ? undefined : value)))
}
