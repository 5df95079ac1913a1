import { describe, expect, it, vi } from 'vitest'
import {
  isAccountActivityError,
  isApiError,
  isReplayWindowError,
  isResponseError,
  isTransportError,
  isVerificationError,
  VerificationError,
} from 'x-account-activity/errors'
import { apiError, everyError } from '../../support/errors.ts'

describe('guards', () => {
  const guards = [isApiError, isTransportError, isResponseError, isVerificationError, isReplayWindowError]

  it.each(everyError.map((error, index) => ({ error, index, name: error.name })))(
    'only the guard of $name accepts it',
    ({ error, index }) => {
      expect(guards.map((guard) => guard(error))).toEqual(guards.map((_, other) => other === index))
    },
  )

  it('isApiError compares the endpoint', () => {
    expect(isApiError(apiError, 'webhooks.create')).toBe(true)
    expect(isApiError(apiError, 'webhooks.list')).toBe(false)
  })

  it('accept errors of another copy of the package', async () => {
    vi.resetModules()
    const copy = await import('../../../src/errors/verification-error.ts')
    const error = new copy.VerificationError('body_not_raw')
    expect(error).not.toBeInstanceOf(VerificationError)
    expect(isVerificationError(error)).toBe(true)
    expect(isAccountActivityError(error)).toBe(true)
  })

  it.each([undefined, null, 1, 'api', {}, { code: 'api' }, new Error('api'), Object.create(null), [], () => {}])(
    'refuse %j',
    (value) => {
      expect(isAccountActivityError(value)).toBe(false)
      expect(guards.some((guard) => guard(value))).toBe(false)
    },
  )
})
