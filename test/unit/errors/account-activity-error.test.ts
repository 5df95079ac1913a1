import { describe, expect, it } from 'vitest'
import { AccountActivityError, isAccountActivityError } from 'x-account-activity/errors'
import { apiError, everyError } from '../../support/errors.ts'

describe('every error', () => {
  it.each(everyError)('$name has a name, and a message of sentences in one line', (error) => {
    expect(error).toBeInstanceOf(Error)
    expect(error).toBeInstanceOf(AccountActivityError)
    expect(error.name).toBe(error.constructor.name)
    expect(error.message).toMatch(/^[A-Z].*\.$/)
    expect(String(error)).toBe(`${error.name}: ${error.message}`)
    expect(isAccountActivityError(error)).toBe(true)
  })

  it('has a code of its own', () => {
    expect(everyError.map(({ code }) => code)).toEqual([
      'api',
      'transport',
      'response',
      'verification',
      'replay_window',
    ])
  })

  it('is plain data in a log', () => {
    expect(JSON.parse(JSON.stringify(apiError))).toEqual({
      name: 'ApiError',
      code: 'api',
      message:
        'The call webhooks.create failed: CrcValidationFailed (HTTP 400). URL returned bad response. Answer the CRC request.',
      endpoint: 'webhooks.create',
      reason: 'CrcValidationFailed',
      status: 400,
      problems: [],
      platformCodes: [],
      attempts: 1,
      hint: 'Answer the CRC request.',
    })
  })
})
