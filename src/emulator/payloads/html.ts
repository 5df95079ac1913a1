/** In posts and messages, X writes three characters as HTML entities; the indices of entities count on it. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

/** Where an escaped text can be cut at the latest: not inside `&amp;`. */
export function cutBefore(text: string, end: number): number {
  const half = /&[a-z]*$/.exec(Array.from(text).slice(0, end).join(''))
  return end - (half?.[0].length ?? 0)
}
