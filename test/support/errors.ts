import {
  ApiError,
  ReplayWindowError,
  ResponseError,
  TransportError,
  VerificationError,
} from 'x-account-activity/errors'

// One error of each class.

export const apiError = new ApiError({
  endpoint: 'webhooks.create',
  reason: 'CrcValidationFailed',
  status: 400,
  detail: 'URL returned bad\nresponse',
  hint: 'Answer the CRC request.',
  body: '{"title":"Invalid Request"}',
})
export const transportError = new TransportError({
  reason: 'network',
  message: 'The connection was lost.',
  attempts: 2,
  cause: new Error('ECONNRESET'),
})
export const responseError = new ResponseError({
  endpoint: 'webhooks.list',
  status: 200,
  issues: [{ path: ['data', 0, 'id'], message: 'must be string' }],
  body: '{}',
})
export const verificationError = new VerificationError('crc_token_refused')
export const replayWindowError = new ReplayWindowError([
  { code: 'from_date_format', message: '"from" must be a valid Date' },
  { code: 'to_date_in_future', message: '"to" must be in the past' },
])

export const everyError = [apiError, transportError, responseError, verificationError, replayWindowError]
