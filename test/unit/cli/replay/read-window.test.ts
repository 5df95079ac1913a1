import { expect, test } from 'vitest'
import { readWindow, rulesOf } from '../../../../src/cli/replay/read-window.ts'

const now = Date.UTC(2026, 10, 29, 10)
const read = (from: string, to?: string, api = 'v2') => readWindow({ from, to }, { now, rules: rulesOf(api) })

// https://docs.x.com/x-api/account-activity/quickstart: 24 hours; 31 and 10 minutes.
test.each([
  ['24h ago', '1h ago'],
  ['31m ago', '10m ago'],
  ['31m ago', undefined],
  ['2h ago', '119m ago'],
])('from %s to %s is accepted', (from, to) => {
  expect(read(from, to).to.getTime()).toBeLessThanOrEqual(now - 10 * 60_000)
})

test.each([
  ['1441m ago', '1h ago', /--from must be at most 24 hours ago\.$/],
  ['30m ago', '10m ago', /--from must be at least 31 minutes ago\.$/],
  ['31m ago', '9m ago', /--to must be at least 10 minutes ago\.$/],
  ['2h ago', '2h ago', /--from must be before --to\.$/],
  ['202611291100', '202611291200', /--from must be in the past \(times are UTC\); --to must be in the past/],
])('from %s to %s is refused', (from, to, message) => {
  expect(() => read(from, to)).toThrow(
    expect.objectContaining({ code: 'replay_window', exitCode: 2, message: expect.stringMatching(message) }),
  )
})

test('the enterprise API goes back five days', () => {
  expect(read('120h ago', '119h ago', 'enterprise').fromDate).toBe('202611241000')
  expect(() => read('7201m ago', '119h ago', 'enterprise')).toThrow(/at most 120 hours ago/)
})
