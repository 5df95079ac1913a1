import type { Clock } from '../../internal/clock.ts'
import { snowflakeId } from '../../payloads/snowflake-id.ts'

/** The smallest odd id of 19 digits. It is used when the clock shows a time before 2018, which would give shorter ids. */
const smallest = 10n ** 18n + 1n

/**
 * Creates a generator of ids in the form of X: 19 digits, the time in the upper bits, each id larger than the one before.
 *
 * Every id is odd, so none of them is exact as a JavaScript number. An even id may be exact by coincidence, and would
 * hide a rounding error in a test.
 *
 * @see https://docs.x.com/fundamentals/x-ids
 */
export function createIdGenerator(now: Clock, counters = { lastId: '0', ids: 0 }): () => string {
  return () => {
    const candidate = snowflakeId(now(), counters.ids % 2048)
    const next = BigInt(counters.lastId) + 2n
    counters.ids += 1
    counters.lastId = [candidate, next, smallest].reduce((a, b) => (a > b ? a : b)).toString()
    return counters.lastId
  }
}

/**
 * Creates a function that returns the time, or one millisecond more than it last returned for the same key when the
 * clock has not moved. A follow, a block and a read receipt have no id: only their time tells two of them apart.
 */
export function createUniqueTimestamps(
  now: Clock,
  { lastTimestamps }: { readonly lastTimestamps: Map<string, number> },
): (key: string) => number {
  return (key) => {
    const timestamp = Math.max(now(), (lastTimestamps.get(key) ?? 0) + 1)
    lastTimestamps.set(key, timestamp)
    return timestamp
  }
}
