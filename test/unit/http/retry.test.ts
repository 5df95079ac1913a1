import { describe, expect, test } from 'vitest'
import { createRetryPolicy, type FailedAttempt, type RetryOptions, waitBeforeRetry } from '../../../src/http/retry.ts'

const now = Date.UTC(2026, 10, 21, 12)
const failed: FailedAttempt = { retries: 0, canRepeat: true, retryAt: undefined, now }
const inMs = (ms: number) => new Date(now + ms)

describe('createRetryPolicy', () => {
  test('has three retries, a base of 500 ms and waits of at most a minute by default', () => {
    expect(createRetryPolicy(undefined)).toMatchObject({ limit: 3, maxWaitMs: 60_000, baseMs: 500 })
  })

  test('accepts a number as the limit, and false for no retries', () => {
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
    ['a string', '3', TypeError],
    ['NaN', Number.NaN, RangeError],
    ['a negative limit', -1, RangeError],
    ['a limit that is not an integer', { limit: 0.5 }, RangeError],
    ['an infinite limit', { limit: Number.POSITIVE_INFINITY }, RangeError],
    ['101 retries', { limit: 101 }, RangeError],
    ['a limit that is a string', { limit: '3' }, TypeError],
    ['a negative wait', { maxWaitMs: -1 }, RangeError],
    ['a wait that is NaN', { maxWaitMs: Number.NaN }, RangeError],
    ['a wait longer than the longest timer', { maxWaitMs: 2 ** 31 }, RangeError],
    ['a base that is Infinity', { baseMs: Number.POSITIVE_INFINITY }, RangeError],
    ['a random that is a number', { random: 0.5 }, TypeError],
    ['a sleep that is a number', { sleep: 10 }, TypeError],
  ])('refuses %s', (_, retry, Expected) => {
    expect(() => createRetryPolicy(retry as RetryOptions)).toThrow(Expected)
  })
})

describe('waitBeforeRetry', () => {
  const withRandom = (fraction: number, options: RetryOptions = {}) =>
    createRetryPolicy({ random: () => fraction, ...options })

  test.each([
    [0, 500],
    [1, 1000],
    [2, 2000],
  ])('is random, before retry %s between 0 and %s', (retries, ceiling) => {
    expect(waitBeforeRetry(withRandom(0), { ...failed, retries })).toBe(0)
    expect(waitBeforeRetry(withRandom(0.5), { ...failed, retries })).toBe(ceiling / 2)
    expect(waitBeforeRetry(withRandom(1), { ...failed, retries })).toBe(ceiling)
  })

  test('is at most maxWaitMs', () => {
    expect(waitBeforeRetry(withRandom(1, { limit: 100 }), { ...failed, retries: 99 })).toBe(60_000)
    expect(waitBeforeRetry(withRandom(1, { maxWaitMs: 70 }), failed)).toBe(70)
  })

  test.each([
    [2, 500],
    [3, undefined],
    [4, undefined],
  ])('is, after %s of three retries, %s', (retries, wait) => {
    expect(waitBeforeRetry(withRandom(0.25), { ...failed, retries })).toBe(wait)
  })

  test('is undefined for a request that cannot be repeated', () => {
    expect(waitBeforeRetry(withRandom(0), { ...failed, canRepeat: false })).toBeUndefined()
  })

  test.each([
    ['in the past', -5000, 250],
    ['now', 0, 250],
    ['in 20 s', 20_000, 20_250],
    ['after exactly maxWaitMs', 60_000, 60_000],
    ['after more than maxWaitMs', 60_001, undefined],
  ])('ends a random time after the time that X gave: %s', (_, ms, wait) => {
    expect(waitBeforeRetry(withRandom(0.5), { ...failed, retryAt: inMs(ms) })).toBe(wait)
  })
})
