import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import * as errors from 'x-account-activity/errors'
import {
  ApiError,
  endpointReasons,
  isAccountActivityError,
  isApiError,
  isReplayWindowError,
  isResponseError,
  isTransportError,
  isVerificationError,
  ReplayWindowError,
  ResponseError,
  TransportError,
  VerificationError,
} from 'x-account-activity/errors'
import { reasonHints } from '../../../src/errors/reasons.ts'

const api = new ApiError({
  endpoint: 'webhooks.create',
  reason: 'CrcValidationFailed',
  status: 400,
  detail: 'CrcValidationFailed: bad\nresponse.',
  hint: 'answer the CRC',
  body: '{"title":"Invalid Request"}',
})
const transport = new TransportError({
  reason: 'network',
  message: 'lost',
  attempts: 2,
  cause: new Error('ECONNRESET'),
})
const response = new ResponseError({
  endpoint: 'webhooks.list',
  status: 200,
  issues: [{ path: ['data', 0, 'id'], message: 'must be text' }],
  body: '{}',
})
const verification = new VerificationError('crc_token_refused')
const replay = new ReplayWindowError([
  { code: 'from_date_format', message: 'not a date' },
  { code: 'to_date_in_future', message: 'not yet' },
])
const all = [api, transport, response, verification, replay]

describe('every error', () => {
  it.each(all)('$name has its code, its name and one line of message', (error) => {
    expect(error).toBeInstanceOf(Error)
    expect(error).toBeInstanceOf(errors.AccountActivityError)
    expect(error.name).toBe(error.constructor.name)
    expect(error.message).toMatch(/^\S.*[^.\s]$/)
    expect(String(error)).toBe(`${error.name}: ${error.message}`)
    expect(isAccountActivityError(error)).toBe(true)
  })

  it('has a code of its own', () => {
    expect(all.map(({ code }) => code)).toEqual(['api', 'transport', 'response', 'verification', 'replay_window'])
  })

  it('is plain data in a log, with its message', () => {
    expect(JSON.parse(JSON.stringify(api))).toEqual({
      name: 'ApiError',
      code: 'api',
      message:
        'webhooks.create failed: CrcValidationFailed (HTTP 400). CrcValidationFailed: bad response. answer the CRC',
      endpoint: 'webhooks.create',
      reason: 'CrcValidationFailed',
      status: 400,
      problems: [],
      platformCodes: [],
      hint: 'answer the CRC',
    })
  })

  it('keeps the body of an answer, but does not print it', () => {
    expect([api.body, response.body]).toEqual(['{"title":"Invalid Request"}', '{}'])
    expect(inspect(api)).not.toContain('Invalid Request')
  })

  it('says where an answer is not what was promised, and which rules a window breaks', () => {
    expect(response.message).toContain('data.0.id: must be text')
    expect(replay.message).toContain('not a date; not yet')
  })
})

describe('guards', () => {
  const guards = [isApiError, isTransportError, isResponseError, isVerificationError, isReplayWindowError]

  it.each(all.map((error, index) => ({ error, index, name: error.name })))(
    'know $name, and only that',
    ({ error, index }) => {
      expect(guards.map((guard) => guard(error))).toEqual(guards.map((_, other) => other === index))
    },
  )

  it('know the endpoint', () => {
    expect(isApiError(api, 'webhooks.create')).toBe(true)
    expect(isApiError(api, 'webhooks.list')).toBe(false)
  })

  it('know errors of another copy of the package', async () => {
    vi.resetModules()
    const copy = await import('../../../src/errors/verification-error.ts')
    const error = new copy.VerificationError('body_not_raw')
    expect(error).not.toBeInstanceOf(VerificationError)
    expect(isVerificationError(error)).toBe(true)
    expect(isAccountActivityError(error)).toBe(true)
  })

  it.each([undefined, null, 1, 'api', {}, { code: 'api' }, new Error('api'), Object.create(null), [], () => {}])(
    'take %j for none',
    (value) => {
      expect(isAccountActivityError(value)).toBe(false)
      expect(guards.some((guard) => guard(value))).toBe(false)
    },
  )
})

describe('the table of reasons', () => {
  it('has a hint for every word of X', () => {
    const words = new Set(Object.values(endpointReasons).flat())
    expect([...words].filter((word) => reasonHints[word] === undefined)).toEqual([])
  })
})
