import { describe, expect, it } from 'vitest'
import { TransportError } from 'x-account-activity'
import { classifyRefusal } from '../../../../src/recovery/run/classify-refusal.ts'
import { refusal } from '../../../support/recovery-world.ts'

describe('classifyRefusal', () => {
  it.each([
    ['a network error', new TransportError({ reason: 'network', message: 'none', attempts: 1 }), 'unavailable'],
    ['a server error', refusal('ServerError'), 'unavailable'],
    ['another job', refusal('ReplayConflictError'), 'conflict'],
    ['a rate limit', refusal('RateLimited'), 'rate_limit'],
  ])('waits after %s', (_, error, reason) => {
    expect(classifyRefusal(error)).toEqual({ type: 'wait', reason })
  })

  it('waits until a rate limit resets, when X says when', () => {
    expect(classifyRefusal(refusal('RateLimited', { resetAt: 5000 }))).toEqual({
      type: 'wait',
      reason: 'rate_limit',
      until: 5000,
    })
  })

  it.each([
    ['CrcValidationFailed', 'unreachable'],
    ['QueryParamInvalid', 'window'],
    ['WebhookIdInvalid', 'final'],
    ['Unauthorized', 'final'],
    ['Forbidden', 'final'],
    ['NotFound', 'final'],
    ['Unknown', 'final'],
  ] as const)('classifies %s as %s', (reason, type) => {
    expect(classifyRefusal(refusal(reason))).toEqual({ type })
  })

  it('waits until the time in Retry-After, or the reset of a limit of 24 hours', () => {
    const error = refusal('RateLimited', { limitedBy: 'app_24_hours', retryAt: new Date(9000), resetAt: 5000 })
    expect(classifyRefusal(error)).toEqual({ type: 'wait', reason: 'rate_limit', until: 9000 })
  })

  it('classifies a used up cap of the plan as final, also if X sent a time', () => {
    expect(classifyRefusal(refusal('RateLimited', { limitedBy: 'usage_cap', resetAt: 5000 }))).toEqual({
      type: 'final',
    })
  })

  it.each(['window', 'app_24_hours', 'user_24_hours'] as const)('waits for the limit %s', (limitedBy) => {
    expect(classifyRefusal(refusal('RateLimited', { limitedBy }))).toEqual({ type: 'wait', reason: 'rate_limit' })
  })

  it.each([new Error('other'), undefined, 'text'])('classifies %j as final', (error) => {
    expect(classifyRefusal(error)).toEqual({ type: 'final' })
  })
})
