/** The code points that count once: the ranges of twitter-text 3. All others count twice. */
const singleRanges = [
  [0, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const
/** Emoji, including those of several code points. */
const emojiPattern = String.raw`\p{RGI_Emoji}`
const linkWeight = 23
const emojis = new RegExp(emojiPattern, 'gv')
const link = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?'()]/gu

/**
 * The length of a post as X counts it: each link counts as 23 characters, an emoji and most characters beyond Latin, Greek,
 * Cyrillic, Hebrew and Arabic count twice.
 *
 * @see https://docs.x.com/fundamentals/counting-characters
 * @see https://github.com/twitter/twitter-text/blob/master/config/v3.json
 */
export function weightedLength(text: string): number {
  const written = text.normalize('NFC')
  const links = written.match(link)?.length ?? 0
  const rest = written.replace(link, '')
  const emojiCount = rest.match(emojis)?.length ?? 0
  const others = Array.from(rest.replace(emojis, ''))
  const weights = others.reduce((sum, character) => sum + weightOf(character.codePointAt(0) ?? 0), 0)
  return links * linkWeight + emojiCount * 2 + weights
}

function weightOf(codePoint: number): number {
  return singleRanges.some(([from, to]) => codePoint >= from && codePoint <= to) ? 1 : 2
}
