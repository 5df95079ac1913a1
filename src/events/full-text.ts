import { assertObject } from '../internal/assert.ts'
import type { WirePost } from './account-activity/wire/post.ts'
import { isJsonObject } from './read/json-object.ts'

/**
 * The whole text of a post: X cuts `text` at 140 characters and puts the rest elsewhere.
 *
 * A repost has the text that X gives it, `RT @alice: …`, with the whole of what it reposts. `&`, `<` and `>` stay the
 * HTML entities `&amp;`, `&lt;` and `&gt;` that X sends, and links stay t.co links: the `indices` of the entities count on it.
 *
 * @returns An empty text for a post that has none.
 *
 * @example
 * import { fullText } from 'x-account-activity/events'
 *
 * fullText({ id_str: '1', text: 'The first half…', truncated: true, extended_tweet: { full_text: 'The first half and the second' } })
 * // 'The first half and the second'
 */
export function fullText(post: WirePost): string {
  assertObject(post, 'post')
  const { retweeted_status: original } = post
  const text = ownText(post)
  if (!isJsonObject(original)) return text
  const originalText = ownText(original)
  if (originalText === '') return text
  return `${/^RT @\w+: /.exec(text)?.[0] ?? ''}${originalText}`
}

function ownText({ extended_tweet, full_text, text }: WirePost): string {
  return [extended_tweet?.full_text, full_text, text].find((candidate) => typeof candidate === 'string') ?? ''
}
