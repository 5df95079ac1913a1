import { describe, expect, it } from 'vitest'
import { readStreamWindow } from '../../../../src/emulator/streams/stream-window.ts'

const now = Date.UTC(2026, 10, 21, 9, 30)
const read = (query: string, tier: 'enterprise' | 'pay-per-use' = 'enterprise') =>
  readStreamWindow(new URLSearchParams(query), { tier, now })

describe('a query', () => {
  it.each<[string, object]>([
    ['', {}],
    ['backfill_minutes=0', {}],
    ['backfill_minutes=5', { from: Date.UTC(2026, 10, 21, 9, 25) }],
    ['start_time=2026-11-20T09:30:00Z', { from: Date.UTC(2026, 10, 20, 9, 30) }],
    ['start_time=2026-11-21T09:30:00Z', { from: now }],
    ['start_time=2026-11-21T09:29:00Z&backfill_minutes=2', { from: Date.UTC(2026, 10, 21, 9, 28) }],
    [
      'start_time=2026-11-21T08:00:00Z&end_time=2026-11-21T09:00:00Z',
      { from: Date.UTC(2026, 10, 21, 8), to: Date.UTC(2026, 10, 21, 9) },
    ],
    ['end_time=2026-11-21T09:30:01Z', { to: now + 1000 }],
  ])('%s', (query, window) => {
    expect(read(query)).toEqual(window)
  })

  it.each([
    ['backfill_minutes=6', 'The `backfill_minutes` query parameter value [6] is not between 0 and 5'],
    ['backfill_minutes=', 'The `backfill_minutes` query parameter value [] is not between 0 and 5'],
    [
      'start_time=2026-11-21T09:30Z',
      'The `start_time` query parameter value [2026-11-21T09:30Z] is not a time in the form YYYY-MM-DDTHH:mm:ssZ',
    ],
    [
      'end_time=2026-02-30T00:00:00Z',
      'The `end_time` query parameter value [2026-02-30T00:00:00Z] is not a time in the form YYYY-MM-DDTHH:mm:ssZ',
    ],
    ['start_time=2026-11-21T09:30:01Z', 'The `start_time` query parameter must not be in the future'],
    ['start_time=2026-11-20T09:29:59Z', 'The `start_time` query parameter must not be more than 24 hours ago'],
    ['end_time=2026-11-21T09:30:00Z', 'The `end_time` query parameter must be after `start_time`'],
    [
      'start_time=2026-11-21T09:00:00Z&end_time=2026-11-21T09:00:00Z',
      'The `end_time` query parameter must be after `start_time`',
    ],
  ])('%s is refused', (query, problem) => {
    expect(read(query)).toBe(problem)
  })

  it.each(['backfill_minutes=1', 'start_time=2026-11-21T09:00:00Z', 'end_time=2026-11-21T10:00:00Z'])(
    '%s is refused on other tiers than enterprise',
    (query) => {
      const [name] = query.split('=')
      expect(read(query, 'pay-per-use')).toBe(`The \`${name}\` query parameter is not authorized for this app`)
      expect(read('backfill_minutes=0', 'pay-per-use')).toEqual({})
    },
  )
})
