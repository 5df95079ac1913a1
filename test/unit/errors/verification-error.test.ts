import { expect, it } from 'vitest'
import { VerificationError } from 'x-account-activity/errors'

it('has a message without one, for tests that make such an error', () => {
  const error = new VerificationError('body_not_raw')
  expect([error.reason, error.message]).toEqual(['body_not_raw', 'The request is refused: body_not_raw.'])
})

it('has the message that it is given', () => {
  expect(new VerificationError('body_not_raw', 'Pass the bytes.').message).toBe('Pass the bytes.')
})
