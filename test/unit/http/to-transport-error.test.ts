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

  test('has a cause without secrets', () => {
    const error = toTransportError({ reason: 'network', cause: new Error('sent bearer-token') }, call)
    expect(error.cause).toMatchObject({ message: 'sent [redacted]' })
  })
})
