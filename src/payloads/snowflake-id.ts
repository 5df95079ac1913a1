/** X counts the milliseconds in its ids from 4 November 2010. */
const epoch = 1_288_834_974_657n

/**
 * An id in the form of X: the time in the upper bits, a sequence number in the lower 22.
 *
 * Every id is odd, so none of them is exact as a JavaScript number. An even id may be exact by coincidence, and would
 * hide a rounding error in a test.
 *
 * @param time - When the object was created: milliseconds since 1970.
 * @param sequence - A number that tells apart two ids of one millisecond. It counts up to 2^21.
 * @see https://docs.x.com/fundamentals/x-ids
 */
export function snowflakeId(time: number, sequence: number): bigint {
  return ((BigInt(time) - epoch) << 22n) | (BigInt(sequence % 2 ** 21) << 1n) | 1n
}

/** When an id of X was created: milliseconds since 1970. `undefined` for the shorter ids from before November 2010. */
export function snowflakeTime(id: string): number | undefined {
  return id.length < 15 ? undefined : Number((BigInt(id) >> 22n) + epoch)
}
