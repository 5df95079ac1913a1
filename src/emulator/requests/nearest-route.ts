interface RouteAddress {
  readonly method: string
  readonly path: string
}

/** A route at this distance is not near: more than one missing or additional segment, or many wrong letters. */
const maxDistance = 1.2
/** Longer paths are not compared: the comparison would take long, and no route is as long. */
const maxPathLength = 200

/**
 * The route that is most similar to a request, as `GET /2/webhooks`. `undefined` when none is similar: misspelt words, a
 * missing or an additional segment and another version are found, and other paths are not.
 */
export function findNearestRoute(
  routes: readonly RouteAddress[],
  method: string,
  pathname: string,
): string | undefined {
  if (pathname.length > maxPathLength) return undefined
  const segments = toSegments(pathname)
  let nearest: RouteAddress | undefined
  let least = maxDistance
  for (const route of routes) {
    const path = toSegments(route.path)
    // Each missing or additional segment counts 1.
    if (Math.abs(path.length - segments.length) > maxDistance) continue
    if (!path.some((word) => isWord(word) && segments.some((segment) => letterDistance(segment, word) <= 0.4))) continue
    const distance = segmentDistance(segments, path) + (route.method === method ? 0 : 0.1)
    if (distance < least) [nearest, least] = [route, distance]
  }
  return nearest && `${nearest.method} ${nearest.path}`
}

/** Empty segments, as from a slash at the end, are ignored. */
function toSegments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}

/** Whether a segment is neither a version nor a parameter. */
function isWord(segment: string): boolean {
  return /^[a-z]/i.test(segment)
}

/** The edit distance of two paths. A different segment counts by its letters, and a missing or additional one counts 1. */
function segmentDistance(segments: readonly string[], route: readonly string[]): number {
  return editDistance(segments, route, (segment, pattern) => {
    if (pattern.startsWith(':')) return isWord(segment) ? 0.6 : 0
    const distance = letterDistance(segment, pattern)
    return distance <= 0.5 || !isWord(pattern) ? distance : 2
  })
}

/** The edit distance of two texts, as a fraction of the longer one. */
function letterDistance(a: string, b: string): number {
  if (a === b) return 0
  if (Math.min(a.length, b.length) < Math.max(a.length, b.length) / 2) return 1
  return editDistance([...a], [...b], (x, y) => (x === y ? 0 : 1)) / Math.max(a.length, b.length)
}

/** The Levenshtein distance of two lists. */
function editDistance<T>(a: readonly T[], b: readonly T[], substitutionCost: (x: T, y: T) => number): number {
  let previous = b.map((_, index) => index + 1)
  previous.unshift(0)
  for (const [i, x] of a.entries()) {
    const current = [i + 1]
    for (const [j, y] of b.entries()) {
      const substitution = (previous[j] ?? 0) + substitutionCost(x, y)
      current.push(Math.min(substitution, (previous[j + 1] ?? 0) + 1, (current[j] ?? 0) + 1))
    }
    previous = current
  }
  return previous.at(-1) ?? 0
}
