import type { Clock } from '../internal/clock.ts'

/**
 * Tells times that differ for the same key, also where the clock stands still: a follow, a block or a receipt has no
 * id, and is told from the one before it by its time alone.
 */
export function createMoments(now: Clock): (key: string) => number {
  const last = new Map<string, number>()
  return (key) => {
    const moment = Math.max(now(), (last.get(key) ?? 0) + 1)
    last.set(key, moment)
    return moment
  }
}
