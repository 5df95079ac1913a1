import { describe, expect, it } from 'vitest'
import { snowflakeId } from '../../../src/payloads/snowflake-id.ts'

describe('snowflakeId', () => {
  it('contains the time as X does', () => {
    // https://docs.x.com/fundamentals/x-ids: 22 bits below the time, which begins at 1288834974657.
    expect((snowflakeId(1_795_253_400_000, 77) >> 22n) + 1_288_834_974_657n).toBe(1_795_253_400_000n)
  })

  it.each([0, 1, 2047, 2048, 2 ** 21 - 1])('has a sequence number in its lower bits: %s', (sequence) => {
    expect(snowflakeId(1_795_253_400_000, sequence) & (2n ** 22n - 1n)).toBe(BigInt(sequence) * 2n + 1n)
  })

  it('begins again after 2^21 ids of one millisecond, and does not reach the time', () => {
    expect(snowflakeId(1_795_253_400_000, 2 ** 21)).toBe(snowflakeId(1_795_253_400_000, 0))
  })
})
