import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatReplayDate, parseReplayDate } from 'x-account-activity/replay'

describe('formatReplayDate', () => {
  it('formats in UTC, without seconds', () => {
    expect(formatReplayDate(new Date('2026-11-21T09:30:59.999Z'))).toBe('202611210930')
    expect(formatReplayDate(new Date('2026-11-21T23:30:00-05:00'))).toBe('202611220430')
  })

  it('refuses values that are not valid dates with a four-digit year', () => {
    expect(() => formatReplayDate('202611210930' as never)).toThrow(TypeError)
    expect(() => formatReplayDate(new Date(Number.NaN))).toThrow(RangeError)
    expect(() => formatReplayDate(new Date('+010000-01-01T00:00:00Z'))).toThrow(RangeError)
    expect(() => formatReplayDate(new Date('-000001-12-31T23:59:00Z'))).toThrow(RangeError)
  })

  it('formats every minute so that it can be parsed again', () => {
    const minutes = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
    fc.assert(
      fc.property(minutes, (date) => {
        const start = Math.floor(date.getTime() / 60_000) * 60_000
        expect(parseReplayDate(formatReplayDate(date)).getTime()).toBe(start)
      }),
    )
  })
})
