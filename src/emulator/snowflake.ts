import type { Clock } from '../internal/clock.ts'

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
export function createIds(now: Clock): () => string {
  let last = smallest - 2n
  let count = 0n
  return () => {
    const candidate = ((BigInt(now()) - epoch) << 22n) | ((count % 2048n) << 1n) | 1n
    count += 1n
    last = candidate > last ? candidate : last + 2n
    return last.toString()
  }
}
