import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ApiError } from 'x-account-activity/errors'
import { apiError } from '../../support/errors.ts'

describe('ApiError', () => {
  it('has the call, the reason and the status in a sentence, and then the detail and the hint', () => {
    expect(apiError.message).toBe(
      'The call webhooks.create failed: CrcValidationFailed (HTTP 400). URL returned bad response. Answer the CRC request.',
    )
  })

  it.each([
    ['nothing more', {}, ''],
    ['an empty detail', { detail: ' ' }, ''],
    ['a detail with a full stop', { detail: 'Bad request.' }, ' Bad request.'],
    ['a detail that is a question', { detail: 'Who are you?' }, ' Who are you?'],
    ['a hint', { hint: 'Try again later.' }, ' Try again later.'],
  ])('has a message of sentences with %s', (_, more, rest) => {
    const { message } = new ApiError({ endpoint: 'webhooks.list', reason: 'Unknown', status: 400, ...more })
    expect(message).toBe(`The call webhooks.list failed: Unknown (HTTP 400).${rest}`)
  })

  it('has no hint and no rate limit unless they are given', () => {
    const error = new ApiError({ endpoint: 'webhooks.list', reason: 'Unknown', status: 400 })
    expect('hint' in error).toBe(false)
    expect('rateLimit' in error).toBe(false)
    expect(error.body).toBe('')
  })

  it('keeps the body of the response, but does not print it', () => {
    expect(apiError.body).toBe('{"title":"Invalid Request"}')
    expect(inspect(apiError)).not.toContain('Invalid Request')
  })
})
