const token = /[\p{L}\p{N}\p{M}_]+|\p{Extended_Pictographic}/gu

/**
 * The words of a text in lower case. X splits a text at white space, punctuation and symbols. Each emoji is a word.
 *
 * @see https://docs.x.com/x-api/posts/filtered-stream/integrate/build-a-rule
 */
export function tokenize(text: string): string[] {
  return normalizeText(text).match(token) ?? []
}

/** A text in lower case, without the variation selectors and joiners of emoji. Equal texts have equal characters. */
export function normalizeText(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u200d\ufe0f]/g, '')
}
