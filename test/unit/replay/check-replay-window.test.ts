import { describe, expect, it } from 'vitest'
import { checkReplayWindow, enterpriseReplayRules } from 'x-account-activity/replay'

const now = new Date('2026-11-21T12:00:00Z')
const ago = (minutes: number, ms = 0) => new Date(now.getTime() - minutes * 60_000 + ms)
const codes = (from: Date | string, to: Date | string, options = {}) =>
  checkReplayWindow({ from, to }, { now, ...options }).map((issue) => issue.code)

describe('checkReplayWindow', () => {
  it.each([
    ['two hours in the middle', ago(240), ago(120), []],
    ['from 24 hours ago', ago(1440), ago(1380), []],
    ['from a millisecond more than 24 hours ago', ago(1440, -1), ago(1380), ['from_date_too_old']],
    ['from 24 hours and a minute ago', ago(1441), ago(1380), ['from_date_too_old']],
    ['both more than 24 hours ago', ago(1500), ago(1450), ['from_date_too_old', 'to_date_too_old']],
    ['from 31 minutes ago', ago(31), ago(10), []],
    ['from less than 31 minutes ago', ago(31, 1), ago(10), ['from_date_too_recent']],
    ['from 30 minutes ago', ago(30), ago(10), ['from_date_too_recent']],
    ['to 10 minutes ago', ago(60), ago(10), []],
    ['to less than 10 minutes ago', ago(60), ago(10, 1), ['to_date_too_recent']],
    ['to 9 minutes ago', ago(60), ago(9), ['to_date_too_recent']],
    ['to now', ago(60), now, ['to_date_too_recent']],
    ['to in a minute', ago(60), ago(-1), ['to_date_in_future']],
    ['both in the future', ago(-60), ago(-120), ['from_date_in_future', 'to_date_in_future']],
    ['from after to', ago(60), ago(61), ['from_date_not_before_to_date']],
    ['from and to the same', ago(60), ago(60), ['from_date_not_before_to_date']],
    ['one minute', ago(61), ago(60), []],
    ['strings', '202611211000', '202611211100', []],
    ['a day that is not in the calendar', '202602301000', ago(60), ['from_date_format']],
    ['an empty string', ago(60), '', ['to_date_format']],
    ['an invalid date', new Date(Number.NaN), 'soon', ['from_date_format', 'to_date_format']],
    [
      'everything wrong',
      ago(1441),
      ago(1442),
      ['from_date_too_old', 'to_date_too_old', 'from_date_not_before_to_date'],
    ],
  ])('checks a window: %s', (_, from, to, expected) => {
    expect(codes(from, to)).toEqual(expected)
  })

  it('uses the rules that it is given: the enterprise API reaches five days back', () => {
    const fiveDays = 5 * 24 * 60
    const rules = enterpriseReplayRules
    expect(codes(ago(fiveDays), ago(fiveDays - 60), { rules })).toEqual([])
    expect(codes(ago(fiveDays + 1), ago(fiveDays - 60), { rules })).toEqual(['from_date_too_old'])
  })

  it('says in the message what X accepts', () => {
    const [issue] = checkReplayWindow({ from: ago(20), to: ago(10) }, { now })
    expect(issue?.message).toBe('"from" must be at least 31 minutes ago')
  })

  it('accepts now in milliseconds', () => {
    expect(codes(ago(60), ago(30), { now: now.getTime() })).toEqual([])
  })

  it.each([
    ['no window', () => checkReplayWindow(undefined as never), TypeError],
    ['a number as from', () => checkReplayWindow({ from: 1 as never, to: now }), TypeError],
    ['no to', () => checkReplayWindow({ from: now } as never), TypeError],
    ['a string as now', () => codes(now, now, { now: 'now' }), TypeError],
    ['NaN as now', () => codes(now, now, { now: Number.NaN }), RangeError],
    ['an invalid date as now', () => codes(now, now, { now: new Date(Number.NaN) }), RangeError],
    ['no rules', () => codes(now, now, { rules: null }), TypeError],
    ['rules without a number', () => codes(now, now, { rules: {} }), TypeError],
    [
      'rules of NaN',
      () => codes(now, now, { rules: { ...enterpriseReplayRules, maxAgeMinutes: Number.NaN } }),
      RangeError,
    ],
  ])('refuses %s', (_, call, type) => {
    expect(call).toThrow(type)
  })
})
