import { describe, expect, test } from 'vitest'
import { toTransportError } from '../../../src/http/to-transport-error.ts'

const call = {
  endpoint: 'subscriptions.delete',
  method: 'DELETE',
  baseUrl: 'https://proxy.example:8443/x',
  path: '/2/account_activity/webhooks/1146654567674912769/subscriptions/2244994945/all',
  attempts: 4,
  timeoutMs: 5000,
  secrets: ['bearer-token'],
} as const

const request = 'DELETE /2/account_activity/webhooks/:id/subscriptions/:id/all'

describe('toTransportError', () => {
  test.each([
    [
      'timeout',
      `proxy.example:8443 did not respond to ${request} within 5000 ms (4 attempts). Check the connection, or increase the option "timeoutMs".`,
    ],
    ['aborted', `its signal was aborted during ${request} to proxy.example:8443 (4 attempts).`],
    [
      'network',
      `the connection to proxy.example:8443 failed during ${request} (4 attempts). Check the network and the option "baseUrl"; the property "cause" has the error of the network.`,
    ],
  ] as const)('names the method, the host and the path without ids: %s', (reason, message) => {
    const error = toTransportError({ reason, cause: new Error('lost') }, call)
    expect(error).toMatchObject({ name: 'TransportError', code: 'transport', reason, attempts: 4 })
    expect(error.message).toBe(`The call subscriptions.delete failed: ${message}`)
  })

  test('counts one attempt in the singular', () => {
    const { message } = toTransportError({ reason: 'aborted', cause: undefined }, { ...call, attempts: 1 })
    expect(message).toContain('(1 attempt).')
  })

  test.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /TLS certificate of proxy.example:8443 is not accepted.*NODE_EXTRA_CA_CERTS/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /the TLS connection to proxy.example:8443 failed/],
    ['ENOTFOUND', /the host proxy.example:8443 .* was not found.*DNS/],
    ['ECONNREFUSED', /no connection to proxy.example:8443/],
    ['ECONNRESET', /the connection to proxy.example:8443 was closed/],
    ['Z_DATA_ERROR', /the compressed response of proxy.example:8443 .* is damaged/],
  ])('names what failed: %s', (code, message) => {
    const cause = new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) })
    const error = toTransportError({ reason: 'network', cause }, call)
    expect(error.message).toMatch(message)
    expect(error.message).toContain(error.hint)
    expect(error.cause).toMatchObject({ code })
  })

  test('names the function of the caller, if it failed for a reason of its own', () => {
    const cause = new ReferenceError('token is not defined')
    const error = toTransportError({ reason: 'network', cause }, { ...call, isOwnFetch: true })
    expect(error.message).toContain('the function in the option "fetch" failed')
    expect(error.cause).toMatchObject({ name: 'ReferenceError', message: 'token is not defined' })
  })

  test.each([
    ['timeout', undefined, true],
    ['aborted', undefined, true],
    ['network', 'ECONNRESET', true],
    ['network', 'Z_DATA_ERROR', true],
    ['network', 'ECONNREFUSED', false],
    ['network', 'CERT_HAS_EXPIRED', false],
  ] as const)('says whether the request may have been carried out: %s %s', (reason, code, mayBe) => {
    const cause = Object.assign(new Error('no'), { code })
    const error = toTransportError({ reason, cause }, { ...call, lostResponseHint: 'List first.' })
    expect(error.message.endsWith('List first.')).toBe(mayBe)
  })

  test('has a message of at most 1,000 characters', () => {
    const path = `/2/${'x'.repeat(5_000)}`
    const error = toTransportError({ reason: 'network', cause: new Error('y'.repeat(5_000)) }, { ...call, path })
    expect(error.message).toHaveLength(1_000)
    expect((error.cause as Error).message).toHaveLength(1_000)
  })

  test('has a cause without secrets', () => {
    const error = toTransportError({ reason: 'network', cause: new Error('sent bearer-token') }, call)
    expect(error.cause).toMatchObject({ message: 'sent [redacted]' })
  })
})
