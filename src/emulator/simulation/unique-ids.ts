import type { Clock } from '../../internal/clock.ts'

/**
 * Tells times that differ for the same key, also where the clock stands still: a follow, a block or a receipt has no
 * id, and is told from the one before it by its time alone.
 */
export function createUniqueTimestamps(
  now: Clock,
  counters: { readonly lastTimestamps: Map<string, number> },
): (key: string) => number {
  return (key) => {
    const moment = Math.max(now(), (counters.lastTimestamps.get(key) ?? 0) + 1)
    counters.lastTimestamps.set(key, moment)
    return moment
  }
}

/** X counts the milliseconds in its ids from here: 4 November 2010. */
const epoch = 1_288_834_974_657n

/** The smallest odd id of 19 digits: what a clock that stands before 2018 gets instead of a shorter one. */
const smallest = 10n ** 18n + 1n

/**
 * A maker of ids as X gives them: 19 digits, the time in the upper bits, every one larger than the one before.
 *
 * Some ids of X fit into a JavaScript number by chance, and hide that the others do not. These are odd: none does.
 *
 * @see https://docs.x.com/fundamentals/x-ids
 */
export function createIdGenerator(now: Clock, counters = { lastId: '0', ids: 0 }): () => string {
  return () => {
    const candidate = ((BigInt(now()) - epoch) << 22n) | (BigInt(counters.ids % 2048) << 1n) | 1n
    const next = BigInt(counters.lastId) + 2n
    counters.ids += 1
    counters.lastId = [candidate, next, smallest].reduce((a, b) => (a > b ? a : b)).toString()
    return counters.lastId
  }
}
