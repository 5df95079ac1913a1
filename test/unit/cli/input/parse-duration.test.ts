import { expect, test } from 'vitest'
import { parseDuration } from '../../../../src/cli/input/parse-duration.ts'

test.each([
  ['0s', 0],
  ['250ms', 250],
  ['30s', 30_000],
  ['1.5m', 90_000],
  ['5 minutes', 300_000],
  ['2h', 7_200_000],
  ['1h 30m', 5_400_000],
  ['1 day 2 hours', 93_600_000],
])('%s has %d ms', (text, expected) => {
  expect(parseDuration(text)).toBe(expected)
})

test.each(['', '5', 'm', '-5m', '5 parsecs', '5m!', 'constructor', '1constructor', `${'9'.repeat(30)}d`])(
  'refuses "%s"',
  (text) => {
    expect(() => parseDuration(text)).toThrow(
      new RangeError(`"${text}" is not a duration. Write a number and a unit: 30s, 5m, 2h or 1d.`),
    )
  },
)
