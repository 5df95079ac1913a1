import { assertObject } from '../internal/assert.ts'
import type { WirePost } from './account-activity/wire/post.ts'
import { isJsonObject } from './read/json-object.ts'

/**
 * The whole text of a post. X cuts `text` after 140 characters, and sends the whole text of a longer post in
 * `extended_tweet`.
 *
 * The text of a repost is the prefix that X gives it, such as `RT @alice: `, and the whole text of the original post.
 *
 * The text is as X sent it: `&`, `<` and `>` are the HTML entities `&amp;`, `&lt;` and `&gt;`, and links are t.co
 * links. The `indices` of the entities of the post refer to this text. Pass it to `unescapeText` to get the text as
 * people read it.
 *
 * @param post - A post as X sent it, such as the `payload` of a `tweet_create` event.
 * @returns An empty string for a post without a text.
 * @throws TypeError when `post` is not an object.
 *
 * @example
 * import { fullText, unescapeText } from 'x-account-activity/events'
 *
 * const post = { id_str: '1', text: 'Tea…', truncated: true, extended_tweet: { full_text: 'Tea &amp; coffee' } }
 * fullText(post)
 * // 'Tea &amp; coffee'
 * unescapeText(fullText(post))
 * // 'Tea & coffee'
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
