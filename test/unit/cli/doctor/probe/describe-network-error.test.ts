import { expect, it } from 'vitest'
import { describeNetworkError } from '../../../../../src/cli/doctor/probe/describe-network-error.ts'

const withCode = (code: string, message = '') => Object.assign(new Error(message), { code })

it.each([
  [withCode('ECONNREFUSED'), 'the connection was refused (ECONNREFUSED)'],
  [withCode('HPE_INVALID_CONSTANT'), 'the answer is not valid HTTP (HPE_INVALID_CONSTANT)'],
  [withCode('HPE_HEADER_OVERFLOW'), 'the header of the answer is larger than 16 kB (HPE_HEADER_OVERFLOW)'],
  [withCode('EWHATEVER'), 'the connection failed (EWHATEVER)'],
  [
    new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')]),
    'the connection was refused (ECONNREFUSED)',
  ],
  [new Error('closed'), 'closed'],
  [new Error(''), 'the connection failed'],
  [undefined, 'the connection failed'],
  ['text', 'the connection failed'],
])('describes %o', (error, expected) => expect(describeNetworkError(error)).toBe(expected))
