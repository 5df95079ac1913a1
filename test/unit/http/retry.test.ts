import { describe, expect, test } from 'vitest'
import { createRetryPolicy, type FailedAttempt, type RetryOptions, waitBeforeRetry } from '../../../src/http/retry.ts'

const now = Date.UTC(2026, 10, 21, 12)
const failed: FailedAttempt = { retries: 0, canRepeat: true, retryAt: undefined, now }
const inMs = (ms: number) => new Date(now + ms)

describe('createRetryPolicy', () => {
  test('has three retries, a minute at most, and half a second to begin with', () => {
    expect(createRetryPolicy(undefined)).toMatchObject({ limit: 3, maxWaitMs: 60_000, baseMs: 500 })
  })

  test('takes a number for the limit, and false for none', () => {
    expect(createRetryPolicy(5).limit).toBe(5)
    expect(createRetryPolicy(0).limit).toBe(0)
    expect(createRetryPolicy(false).limit).toBe(0)
    expect(createRetryPolicy({ limit: 0, maxWaitMs: 0, baseMs: 0 })).toMatchObject({
      limit: 0,
      maxWaitMs: 0,
      baseMs: 0,
    })
  })

  test.each([
    ['true', true, TypeError],
    ['null', null, TypeError],
    ['an array', [], TypeError],
    ['a text', '3', TypeError],
    ['NaN', Number.NaN, RangeError],
    ['a negative limit', -1, RangeError],
    ['half a limit', { limit: 0.5 }, RangeError],
    ['no end of retries', { limit: Number.POSITIVE_INFINITY }, RangeError],
    ['101 retries', { limit: 101 }, RangeError],
    ['a limit that is a text', { limit: '3' }, TypeError],
    ['a negative wait', { maxWaitMs: -1 }, RangeError],
    ['a wait that is NaN', { maxWaitMs: Number.NaN }, RangeError],
    ['a wait longer than timers take', { maxWaitMs: 2 ** 31 }, RangeError],
    ['a base that is Infinity', { baseMs: Number.POSITIVE_INFINITY }, RangeError],
    ['a random that is a number', { random: 0.5 }, TypeError],
    ['a sleep that is a number', { sleep: 10 }, TypeError],
  ])('refuses %s', (_, retry, Wrong) => {
    expect(() => createRetryPolicy(retry as RetryOptions)).toThrow(Wrong)
  })
})

describe('waitBeforeRetry', () => {
  const always = (fraction: number, options: RetryOptions = {}) =>
    createRetryPolicy({ random: () => fraction, ...options })

  test.each([
    [0, 500],
    [1, 1000],
    [2, 2000],
  ])('draws the wait before retry %s from 0 to %s', (retries, ceiling) => {
    expect(waitBeforeRetry(always(0), { ...failed, retries })).toBe(0)
    expect(waitBeforeRetry(always(0.5), { ...failed, retries })).toBe(ceiling / 2)
    expect(waitBeforeRetry(always(1), { ...failed, retries })).toBe(ceiling)
  })

  test('never waits longer than maxWaitMs', () => {
    expect(waitBeforeRetry(always(1, { limit: 100 }), { ...failed, retries: 99 })).toBe(60_000)
    expect(waitBeforeRetry(always(1, { maxWaitMs: 70 }), failed)).toBe(70)
  })

  test.each([
    [2, 500],
    [3, undefined],
    [4, undefined],
  ])('after %s retries of three: %s', (retries, wait) => {
    expect(waitBeforeRetry(always(0.25), { ...failed, retries })).toBe(wait)
  })

  test('does not repeat what may not be repeated', () => {
    expect(waitBeforeRetry(always(0), { ...failed, canRepeat: false })).toBeUndefined()
  })

  test.each([
    ['past', -5000, 250],
    ['now', 0, 250],
    ['in 20 s', 20_000, 20_250],
    ['at the longest wait', 60_000, 60_000],
    ['just beyond the longest wait', 60_001, undefined],
  ])('waits until X said, and a little longer: %s', (_, ms, wait) => {
    expect(waitBeforeRetry(always(0.5), { ...failed, retryAt: inMs(ms) })).toBe(wait)
  })
})
