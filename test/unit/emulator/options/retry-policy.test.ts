import { describe, expect, it } from 'vitest'
import { type RetryPolicy, readRetries } from '../../../../src/emulator/options/retry-policy.ts'

const second = 1000

const minute = 60 * second

const hour = 60 * minute

describe('readRetries', () => {
  it.each(['enterprise', 'pay-per-use', 'premium'] as const)('lasts four hours for %s, with growing gaps', (tier) => {
    const gaps = readRetries(tier)
    expect(gaps.reduce((sum, gap) => sum + gap, 0)).toBe(4 * hour)
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b))
    expect(new Set(gaps).size).toBe(gaps.length)
  })

  it.each<[RetryPolicy, number[]]>([
    ['none', []],
    ['five-minutes', [3000, 27_000, 242_000]],
    [[], []],
    [
      [0, 0.5, 60],
      [0, 500, 60_000],
    ],
  ])('accepts %j', (policy, gaps) => expect(readRetries('sandbox', policy)).toEqual(gaps))

  it.each([
    ['often', RangeError],
    ['', RangeError],
    ['constructor', RangeError],
    [[-1], RangeError],
    [[Number.NaN], RangeError],
    [[Number.POSITIVE_INFINITY], RangeError],
    [['1'], TypeError],
    [false, TypeError],
    [null, TypeError],
    [{}, TypeError],
  ])('refuses %j', (policy, error) => expect(() => readRetries('sandbox', policy as RetryPolicy)).toThrow(error))
})
