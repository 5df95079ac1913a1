import { describe, expect, test } from 'vitest'
import { readLimit, readRateLimit, readRetryAt } from '../../../src/http/rate-limit.ts'

const now = Date.UTC(2026, 10, 21, 12)
const seconds = now / 1000

describe('readRateLimit', () => {
  test('reads the documented headers, with the reset in seconds', () => {
    const headers = new Headers({
      'x-rate-limit-limit': '450',
      'x-rate-limit-remaining': '0',
      'x-rate-limit-reset': `${seconds + 60}`,
    })
    expect(readRateLimit(headers, now)).toEqual({
      limit: 450,
      remaining: 0,
      resetAt: new Date(Date.UTC(2026, 10, 21, 12, 1)),
    })
  })

  test('has only the fields that were sent', () => {
    expect(readRateLimit(new Headers(), now)).toBeUndefined()
    expect(Object.keys(readRateLimit(new Headers({ 'x-rate-limit-limit': '15' }), now) ?? {})).toEqual(['limit'])
  })

  test.each([
    ['now', seconds, true],
    ['a second ago', seconds - 1, false],
    ['at the end of the window', seconds + 900, true],
    ['rounded up, a second after the window', seconds + 901, true],
    ['a minute after the window, by a slow clock', seconds + 960, true],
    ['more than a minute after the window', seconds + 961, false],
    ['in milliseconds', seconds * 1000, false],
    ['in 1970', 0, false],
  ])('uses only a reset within the window: %s', (_, reset, isUsed) => {
    const read = readRateLimit(new Headers({ 'x-rate-limit-reset': String(reset) }), now)
    expect(read?.resetAt !== undefined).toBe(isUsed)
  })

  test.each(['', 'soon', '-1', '1e9', 'NaN', 'Infinity', '0x10', '1.5', '1, 2', '9'.repeat(30)])(
    'ignores %j',
    (text) => {
      const headers = { 'x-rate-limit-limit': text, 'x-rate-limit-remaining': text, 'x-rate-limit-reset': text }
      expect(readRateLimit(new Headers(headers), now)).toBeUndefined()
    },
  )
})

describe('a clock that is wrong', () => {
  const real = Date.UTC(2026, 10, 21, 12)
  const headers = new Headers({ date: 'Sat, 21 Nov 2026 12:00:00 GMT', 'x-rate-limit-reset': `${real / 1000 + 20}` })

  test.each([-3_600_000, -60_000, -3_000, 3_000, 60_000, 3_600_000])(
    'by %s ms changes nothing, because the response has the time of X',
    (difference) => {
      const resetAt = readRateLimit(headers, real + difference)?.resetAt
      expect(resetAt?.getTime()).toBe(real + difference + 20_000)
      const dated = new Headers({ date: headers.get('date') ?? '', 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' })
      const retryAt = readRetryAt({ status: 503, headers: dated }, real + difference)
      expect(retryAt?.getTime()).toBe(real + difference + 30_000)
    },
  )

  test.each([-1_000, 0, 500, 2_000])('by %s ms is not corrected: Date has whole seconds', (difference) => {
    expect(readRateLimit(headers, real + difference)?.resetAt?.getTime()).toBe(real + 20_000)
  })

  test.each(['', 'soon', '2026-11-21', 'Sat, 99 Nov 2026 12:00:00 GMT'])('is not corrected by %j', (date) => {
    const odd = new Headers({ date, 'x-rate-limit-reset': `${real / 1000 + 20}` })
    expect(readRateLimit(odd, real)?.resetAt?.getTime()).toBe(real + 20_000)
  })

  test('does not hide a reset by the clock of a simulation', () => {
    const simulated = new Headers({
      date: 'Sat, 21 Nov 2026 18:00:00 GMT',
      'x-rate-limit-reset': `${real / 1000 + 20}`,
    })
    expect(readRateLimit(simulated, real)?.resetAt?.getTime()).toBe(real + 20_000)
  })
})

describe('readLimit', () => {
  const window = {
    'x-rate-limit-limit': '450',
    'x-rate-limit-remaining': '449',
    'x-rate-limit-reset': `${seconds + 50}`,
  }
  const day = (owner: string, remaining: number, hours: number) => ({
    [`x-${owner}-limit-24hour-limit`]: '25',
    [`x-${owner}-limit-24hour-remaining`]: String(remaining),
    [`x-${owner}-limit-24hour-reset`]: String(seconds + hours * 3600),
  })

  test.each([
    ['the window', window, 'window', 50],
    [
      'the window, if the limits of 24 hours are not used up',
      { ...window, ...day('app', 1, 20), ...day('user', 2, 20) },
      'window',
      50,
    ],
    ['the limit of the app', { ...window, ...day('app', 0, 20) }, 'app_24_hours', 72_000],
    ['the limit of the user', { ...window, ...day('app', 1, 20), ...day('user', 0, 3) }, 'user_24_hours', 10_800],
    ['the later of two', { ...day('app', 0, 3), ...day('user', 0, 20) }, 'user_24_hours', 72_000],
    ['a reset that is rounded up', day('app', 0, 24.01), 'app_24_hours', 86_436],
  ] as const)('finds %s', (_, headers, kind, wait) => {
    const limit = readLimit(new Headers(headers), now)
    expect(limit?.kind).toBe(kind)
    expect((limit?.rateLimit.resetAt?.getTime() ?? 0) - now).toBe(wait * 1000)
  })

  test('has no time if the limit of 24 hours has none', () => {
    const headers = new Headers({ ...window, 'x-user-limit-24hour-remaining': '0' })
    expect(readLimit(headers, now)).toEqual({ kind: 'user_24_hours', rateLimit: { remaining: 0 } })
  })
})

describe('readDueAt', () => {
  const reset = String(seconds + 60)
  test.each([
    [429, { 'x-rate-limit-reset': reset }, 60_000],
    [429, { 'x-rate-limit-reset': reset, 'retry-after': '5' }, 60_000],
    [429, { 'x-rate-limit-reset': 'soon', 'retry-after': '5' }, 5000],
    [503, { 'retry-after': '0' }, 0],
    [503, { 'retry-after': ' 120 ' }, 120_000],
    [503, { 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' }, 30_000],
    [503, { 'x-rate-limit-reset': reset }, undefined],
    [400, { 'x-rate-limit-reset': reset, 'retry-after': '5' }, undefined],
  ] as const)('reads the time from HTTP %s with %j', (status, headers, expected) => {
    const due = readRetryAt({ status, headers: new Headers({ ...headers }) }, now)
    expect(due && due.getTime() - now).toBe(expected)
  })

  test.each(['', 'soon', '-5', '1.5', 'Sat, 99 Nov 2026 12:00:30 GMT', '9'.repeat(15)])(
    'ignores Retry-After %j',
    (text) => {
      expect(readRetryAt({ status: 503, headers: new Headers({ 'retry-after': text }) }, now)).toBeUndefined()
    },
  )
})
