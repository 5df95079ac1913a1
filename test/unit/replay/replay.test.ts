import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkReplayWindow,
  enterpriseReplayRules,
  formatReplayDate,
  parseReplayDate,
  replayWindow,
  splitReplayWindow,
} from 'x-account-activity/replay'

const now = new Date('2026-11-21T12:00:00Z')
const ago = (minutes: number, ms = 0) => new Date(now.getTime() - minutes * 60_000 + ms)
const codes = (from: Date | string, to: Date | string, options = {}) =>
  checkReplayWindow({ from, to }, { now, ...options }).map((issue) => issue.code)

describe('parseReplayDate', () => {
  it.each([
    ['202611210930', '2026-11-21T09:30:00.000Z'],
    ['202402290000', '2024-02-29T00:00:00.000Z'],
    ['202612312359', '2026-12-31T23:59:00.000Z'],
    ['000001010000', '0000-01-01T00:00:00.000Z'],
  ])('reads %s as UTC', (text, iso) => {
    expect(parseReplayDate(text).toISOString()).toBe(iso)
  })

  it.each([
    '',
    '20261121093',
    '2026112109300',
    '2026-11-21T09:30',
    '202602290000',
    '202602300000',
    '202604310000',
    '202600100000',
    '202613010000',
    '202611000000',
    '202611320000',
    '202611212400',
    '202611212360',
    '20261121093o',
    ' 202611210930',
    '202611210930\n',
    '٢٠٢٦١١٢١٠٩٣٠',
    '+20261121093',
    'NaN',
  ])('refuses %j', (text) => {
    expect(() => parseReplayDate(text)).toThrow(RangeError)
  })

  it.each([undefined, null, 202611210930, now, {}])('refuses %j, which is no text', (text) => {
    expect(() => parseReplayDate(text as never)).toThrow(TypeError)
  })
})

describe('formatReplayDate', () => {
  it('writes UTC, and cuts the seconds off', () => {
    expect(formatReplayDate(new Date('2026-11-21T09:30:59.999Z'))).toBe('202611210930')
    expect(formatReplayDate(new Date('2026-11-21T23:30:00-05:00'))).toBe('202611220430')
  })

  it('refuses what is no date, and what has no four-digit year', () => {
    expect(() => formatReplayDate('202611210930' as never)).toThrow(TypeError)
    expect(() => formatReplayDate(new Date(Number.NaN))).toThrow(RangeError)
    expect(() => formatReplayDate(new Date('+010000-01-01T00:00:00Z'))).toThrow(RangeError)
    expect(() => formatReplayDate(new Date('-000001-12-31T23:59:00Z'))).toThrow(RangeError)
  })

  it('gives back every minute that it wrote', () => {
    const minutes = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
    fc.assert(
      fc.property(minutes, (date) => {
        const start = Math.floor(date.getTime() / 60_000) * 60_000
        expect(parseReplayDate(formatReplayDate(date)).getTime()).toBe(start)
      }),
    )
  })
})

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
    ['texts', '202611211000', '202611211100', []],
    ['a day that is not in the calendar', '202602301000', ago(60), ['from_date_format']],
    ['an empty text', ago(60), '', ['to_date_format']],
    ['an invalid date', new Date(Number.NaN), 'soon', ['from_date_format', 'to_date_format']],
    [
      'everything wrong',
      ago(1441),
      ago(1442),
      ['from_date_too_old', 'to_date_too_old', 'from_date_not_before_to_date'],
    ],
  ])('knows %s', (_, from, to, expected) => {
    expect(codes(from, to)).toEqual(expected)
  })

  it('takes other rules: the enterprise API reaches five days back', () => {
    const fiveDays = 5 * 24 * 60
    const rules = enterpriseReplayRules
    expect(codes(ago(fiveDays), ago(fiveDays - 60), { rules })).toEqual([])
    expect(codes(ago(fiveDays + 1), ago(fiveDays - 60), { rules })).toEqual(['from_date_too_old'])
  })

  it('says in the message what would be accepted', () => {
    const [issue] = checkReplayWindow({ from: ago(20), to: ago(10) }, { now })
    expect(issue?.message).toBe('"from" must be at least 31 minutes ago')
  })

  it('takes now as milliseconds too', () => {
    expect(codes(ago(60), ago(30), { now: now.getTime() })).toEqual([])
  })

  it.each([
    ['no window', () => checkReplayWindow(undefined as never), TypeError],
    ['a number for an end', () => checkReplayWindow({ from: 1 as never, to: now }), TypeError],
    ['no end', () => checkReplayWindow({ from: now } as never), TypeError],
    ['a text for now', () => codes(now, now, { now: 'now' }), TypeError],
    ['NaN for now', () => codes(now, now, { now: Number.NaN }), RangeError],
    ['an invalid date for now', () => codes(now, now, { now: new Date(Number.NaN) }), RangeError],
    ['no rules', () => codes(now, now, { rules: null }), TypeError],
    ['rules without a number', () => codes(now, now, { rules: {} }), TypeError],
    [
      'rules of NaN',
      () => codes(now, now, { rules: { ...enterpriseReplayRules, maxAgeMinutes: Number.NaN } }),
      RangeError,
    ],
  ])('throws on %s', (_, call, type) => {
    expect(call).toThrow(type)
  })
})

describe('replayWindow', () => {
  it('gives the window as it goes over the wire', () => {
    expect(replayWindow({ from: '202611211000', to: ago(30) }, { now })).toEqual({
      from: new Date('2026-11-21T10:00:00Z'),
      to: new Date('2026-11-21T11:30:00Z'),
      fromDate: '202611211000',
      toDate: '202611211130',
    })
  })

  it('widens to whole minutes, so that nothing asked for is left out', () => {
    const window = { from: new Date('2026-11-21T10:00:59Z'), to: new Date('2026-11-21T11:00:01Z') }
    expect(replayWindow(window, { now })).toMatchObject({ fromDate: '202611211000', toDate: '202611211101' })
  })

  it('stays inside what X accepts, where widening would leave it', () => {
    const late = new Date('2026-11-21T12:00:30Z')
    const window = { from: new Date('2026-11-20T12:00:30Z'), to: new Date('2026-11-21T11:50:30Z') }
    expect(replayWindow(window, { now: late })).toMatchObject({ fromDate: '202611201201', toDate: '202611211150' })
  })

  it('throws with every rule that is broken', () => {
    expect(() => replayWindow({ from: ago(-1), to: 'never' }, { now })).toThrow(
      expect.objectContaining({
        name: 'ReplayWindowError',
        code: 'replay_window',
        issues: [
          expect.objectContaining({ code: 'from_date_in_future' }),
          expect.objectContaining({ code: 'to_date_format' }),
        ],
      }),
    )
  })
})

describe('splitReplayWindow', () => {
  const window = replayWindow({ from: '202611210600', to: '202611211100' }, { now })

  it('cuts into two hours each, the last shorter', () => {
    expect(splitReplayWindow(window).map(({ fromDate, toDate }) => [fromDate, toDate])).toEqual([
      ['202611210600', '202611210800'],
      ['202611210800', '202611211000'],
      ['202611211000', '202611211100'],
    ])
  })

  it('leaves a window that is short enough as it is', () => {
    expect(splitReplayWindow(window, { minutes: 300 })).toEqual([window])
    expect(splitReplayWindow(window, { minutes: 299 })).toHaveLength(2)
    expect(splitReplayWindow(window, { minutes: Number.MAX_SAFE_INTEGER })).toEqual([window])
  })

  it('leaves neither a gap nor an overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (minutes) => {
        const parts = splitReplayWindow(window, { minutes })
        expect(parts[0]?.from).toEqual(window.from)
        expect(parts.at(-1)?.to).toEqual(window.to)
        for (const [index, part] of parts.slice(1).entries()) expect(part.from).toEqual(parts[index]?.to)
      }),
    )
  })

  it.each([
    ['0 minutes', () => splitReplayWindow(window, { minutes: 0 }), RangeError],
    ['half a minute', () => splitReplayWindow(window, { minutes: 0.5 }), RangeError],
    ['NaN minutes', () => splitReplayWindow(window, { minutes: Number.NaN }), RangeError],
    ['a text of minutes', () => splitReplayWindow(window, { minutes: '120' as never }), TypeError],
    ['texts for ends', () => splitReplayWindow({ from: '1', to: '2' } as never), TypeError],
    ['no window', () => splitReplayWindow(null as never), TypeError],
    ['a window the wrong way round', () => splitReplayWindow({ ...window, to: window.from }), RangeError],
    ['an invalid date', () => splitReplayWindow({ ...window, to: new Date(Number.NaN) }), RangeError],
  ])('throws on %s', (_, call, type) => {
    expect(call).toThrow(type)
  })
})
