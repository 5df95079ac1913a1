import { describe, expect, it } from 'vitest'
import { BoundedLog } from '../../../../src/emulator/state/bounded-log.ts'

/** A log after a number of records, numbered from 1. */
function logOf(minLength: number, count: number): BoundedLog<number> {
  const log = new BoundedLog<number>(minLength)
  for (let number = 1; number <= count; number += 1) log.push(number)
  return log
}

describe('BoundedLog', () => {
  it.each([
    // minimum, pushed, first that is kept, number that is kept
    [0, 0, undefined, 0],
    [0, 3, undefined, 0],
    [1, 1, 1, 1],
    [1, 2, 2, 1],
    [5, 5, 1, 5],
    [5, 6, 2, 5],
    [100, 109, 1, 109],
    [100, 110, 11, 100],
    [10_000, 10_999, 1, 10_999],
    [10_000, 11_000, 1001, 10_000],
  ])('of at least %i records keeps the last ones of %i', (minLength, count, first, length) => {
    const { records } = logOf(minLength, count)
    expect(records).toHaveLength(length)
    expect(records[0]).toBe(first)
    if (length > 0) expect(records.at(-1)).toBe(count)
  })
})
