/** The names that are most like a text, at most three of them. */
export function nearestNames(text: string, names: readonly string[]): string[] {
  const ranked = names
    .map((name) => ({ name, distance: distanceOf(text.toLowerCase(), name) }))
    .sort((a, b) => a.distance - b.distance)
  const least = ranked[0]?.distance ?? 0
  return ranked
    .filter(({ distance }) => distance === least)
    .slice(0, 3)
    .map(({ name }) => `"${name}"`)
}

/** How unlike two names are. A name that contains the text is nearer than all others. */
function distanceOf(text: string, name: string): number {
  return text !== '' && name.includes(text) ? 0 : editDistance(text, name)
}

/** The number of characters to insert, delete or replace: https://en.wikipedia.org/wiki/Levenshtein_distance */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, character] of [...a.slice(0, 100)].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (character === other ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
