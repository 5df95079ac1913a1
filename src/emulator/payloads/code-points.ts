/** How long a text is as X counts: an emoji is one, or few, but never a pair of surrogates. */
export function codePointLength(text: string): number {
  return Array.from(text).length
}

/** The first code points of a text. */
export function firstCodePoints(text: string, count: number): string {
  return Array.from(text).slice(0, count).join('')
}
