import type { Clock } from '../internal/clock.ts'

/**
 * Tells times that differ for the same key, also where the clock stands still: a follow, a block or a receipt has no
 * id, and is told from the one before it by its time alone.
 */
export function createMoments(
  now: Clock,
  progress: { readonly moments: Map<string, number> },
): (key: string) => number {
  return (key) => {
    const moment = Math.max(now(), (progress.moments.get(key) ?? 0) + 1)
    progress.moments.set(key, moment)
    return moment
  }
}
