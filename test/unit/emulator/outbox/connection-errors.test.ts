import { describe, expect, it } from 'vitest'
import { isCertificateError } from '../../../../src/emulator/outbox/connection-errors.ts'
import { listen } from '../../../support/listen.ts'

describe('isCertificateError', () => {
  const withCode = (code: string) =>
    new TypeError('fetch failed', { cause: Object.assign(new Error('a problem'), { code }) })

  // https://nodejs.org/api/tls.html#x509-certificate-error-codes
  it.each([
    'CERT_HAS_EXPIRED',
    'CERT_UNTRUSTED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'HOSTNAME_MISMATCH',
    'ERR_SSL_WRONG_VERSION_NUMBER',
  ])('recognises the code %s', (code) => expect(isCertificateError(withCode(code))).toBe(true))

  it('recognises a server without TLS', async () => {
    const url = (await listen((_, response) => response.end())).replace('http:', 'https:')
    const error: unknown = await fetch(url).catch((reason) => reason)
    expect(isCertificateError(error)).toBe(true)
  })

  it('recognises the message of Deno', () => {
    expect(isCertificateError(new TypeError('invalid peer certificate: UnknownIssuer'))).toBe(true)
  })

  it.each([
    withCode('ECONNREFUSED'),
    withCode('ECONNRESET'),
    withCode('UND_ERR_SOCKET'),
    withCode('ENOTFOUND'),
    new Error(''),
    undefined,
    null,
    'certificate',
  ])('does not recognise %s', (error) => expect(isCertificateError(error)).toBe(false))

  it('ends when an error is its own cause', () => {
    const error: Error & { cause?: unknown } = new Error('round and round')
    error.cause = error
    expect(isCertificateError(error)).toBe(false)
  })
})
