import { describe, expect, test } from 'vitest'
import { readRateLimit, readRetryAt } from '../../../src/http/rate-limit.ts'

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
    ['a second after the window', seconds + 901, false],
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
