import { describe, expect, test } from 'vitest'
import { networkFailureKind } from '../../../src/http/network-failure.ts'

// Codes: https://nodejs.org/api/errors.html, https://nodejs.org/api/tls.html#x509-certificate-error-codes,
// https://zlib.net/manual.html#Constants, https://undici.nodejs.org/#/docs/api/Errors
const coded = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) })

describe('networkFailureKind', () => {
  test.each([
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['EPROTO', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['ENOTFOUND', 'unknown_host'],
    ['EAI_AGAIN', 'unknown_host'],
    ['ECONNREFUSED', 'refused'],
    ['ECONNRESET', 'closed'],
    ['UND_ERR_SOCKET', 'closed'],
    ['Z_DATA_ERROR', 'encoding'],
    ['Z_BUF_ERROR', 'encoding'],
    ['EMFILE', 'other'],
  ] as const)('reads %s as %s', (code, kind) => {
    expect(networkFailureKind(coded(code), true)).toBe(kind)
  })

  test('reads the code of one of several addresses', () => {
    const errors = [Object.assign(new Error('no'), { code: 'ECONNREFUSED' })]
    expect(networkFailureKind(new TypeError('fetch failed', { cause: new AggregateError(errors) }), false)).toBe(
      'refused',
    )
  })

  test.each(['fetch failed', 'Failed to fetch', 'Load failed', 'NetworkError when attempting to fetch resource.'])(
    'reads %j as a failure of the network',
    (message) => {
      expect(networkFailureKind(new TypeError(message), true)).toBe('other')
    },
  )

  test.each([new ReferenceError('token is not defined'), new TypeError('x is not a function'), 'text', undefined])(
    'reads %s as a failure of the function in the option "fetch"',
    (error) => {
      expect(networkFailureKind(error, true)).toBe('own_fetch')
      expect(networkFailureKind(error, false)).toBe('other')
    },
  )

  test('reads an error that throws, and a circular chain', () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no')
        },
      },
    )
    const circular: { cause?: unknown } = {}
    circular.cause = circular
    expect(networkFailureKind(hostile, false)).toBe('other')
    expect(networkFailureKind(circular, false)).toBe('other')
  })
})
