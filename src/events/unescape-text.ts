import { kindOf } from '../internal/assert.ts'

const characters: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/**
 * The text of a post or a direct message as people read it.
 *
 * X escapes three characters in the texts that it sends: `&` is `&amp;`, `<` is `&lt;` and `>` is `&gt;`. This function
 * replaces exactly these three HTML entities, each once: `&amp;lt;` becomes `&lt;`, which is what the author wrote. Use
 * it when you print, store or answer a text. Escape the result again when you put it into HTML.
 *
 * The `indices` of entities and `display_text_range` refer to the escaped text. Cut a text with them first, and
 * unescape the parts.
 *
 * @param text - A text as X sent it, such as `fullText(post)` or `message_data.text` of a direct message.
 * @throws TypeError when `text` is not a string.
 * @see https://twittercommunity.com/t/tweet-text-html-encoding-clarity/68810 for the characters that X escapes
 * @see https://github.com/Twitter4J/Twitter4J/issues/349 for the positions that no longer fit after unescaping
 *
 * @example
 * import { fullText, unescapeText } from 'x-account-activity/events'
 *
 * unescapeText('Tea &amp; coffee &lt;3')
 * // 'Tea & coffee <3'
 * unescapeText(fullText({ id_str: '1', text: '1 &lt; 2' }))
 * // '1 < 2'
 */
export function unescapeText(text: string): string {
  if (typeof text !== 'string') throw new TypeError(`"text" must be a string, got ${kindOf(text)}`)
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => characters[entity] ?? entity)
}
