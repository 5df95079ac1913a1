/** Control characters, and characters that change the direction of text or are not visible. */
const unsafe = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/**
 * Makes text that comes from X or from users safe for a terminal: control characters would move the cursor or change
 * colours, and direction marks would reorder the line. Line feeds and tabs become spaces.
 */
export function printable(text: string): string {
  return text.replace(/[\n\r\t]+/g, ' ').replace(unsafe, '\ufffd')
}
