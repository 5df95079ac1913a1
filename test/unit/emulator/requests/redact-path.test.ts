import { describe, expect, it } from 'vitest'
import { redactPath, redactText } from '../../../../src/emulator/requests/redact-path.ts'

const token = '1205348660982083585-aB3dE5gH7jK9mN1pQ3sT5vW7yZ'
const bearer = 'AAAAAAAAAAAAAAAAAAAAAbc%2FdEfGhIjKlMnOpQrStUv%3D0123'
const listSecrets = () => [token, bearer]

const redact = (path: string) => redactPath(new URL(`https://api.x.com${path}`), listSecrets)

describe('redactPath', () => {
  it.each([
    ['/', '/'],
    ['/2/webhooks', '/2/webhooks'],
    ['/2/webhooks?', '/2/webhooks'],
    ['/2/webhooks#fragment', '/2/webhooks'],
    ['//2/webhooks', '//2/webhooks'],
    [
      '/2/users/me?user.fields=created_at%2Curl&expansions=a+b',
      '/2/users/me?user.fields=created_at%2Curl&expansions=a+b',
    ],
    ['/x?from_date=202611210930&&=&flag', '/x?from_date=202611210930&&=&flag'],
    ['/x?url=https%3A%2F%2Fhook.example.com%2Fa', '/x?url=https%3A%2F%2Fhook.example.com%2Fa'],
    ['/x?%FF=%FF', '/x?%FF=%FF'],
  ])('keeps %s', (path, expected) => expect(redact(path)).toBe(expected))

  it.each([
    'oauth_token',
    'oauth_signature',
    'oauth_verifier',
    'OAuth_Consumer_Key',
    'oauth%5Ftoken',
    'access_token',
    'bearer_token',
    'refresh_token',
    'token',
    'client_secret',
    'consumerSecret',
    'password',
    'authorization',
    'code',
    'code_verifier',
    'api_key',
    'apikey',
    'x-signature',
    '__proto___token',
  ])('replaces the value of the parameter %s', (name) => {
    expect(redact(`/x?a=1&${name}=abc%20def=g&b=2`)).toBe(`/x?a=1&${name}=[redacted]&b=2`)
    expect(redact(`/x?${name}`)).toBe(`/x?${name}`)
    expect(redact(`/x?${name}=`)).toBe(`/x?${name}=`)
  })

  it.each([
    ['in a parameter', `/x?note=${token}`, '/x?note=[redacted]'],
    ['in a part of a parameter', `/x?note=Bearer%20${token}`, '/x?note=Bearer%20[redacted]'],
    ['as the name of a parameter', `/x?${token}`, '/x?[redacted]'],
    ['in a path segment', `/2/webhooks/${token}/x`, '/2/webhooks/[redacted]/x'],
    ['percent-encoded', `/2/${bearer}`, '/2/[redacted]'],
    ['percent-encoded in lower case', `/2/${bearer.replace('%2F', '%2f')}`, '/2/[redacted]'],
    ['percent-encoded twice', `/x?note=${encodeURIComponent(bearer)}`, '/x?note=[redacted]'],
    ['decoded', `/x?note=${decodeURIComponent(bearer)}&b=2`, '/x?note=[redacted]&b=2'],
    ['after other text', `/x?note=Bearer%20${bearer}.`, '/x?note=Bearer%20[redacted].'],
  ])('replaces a known secret %s', (_, path, expected) => expect(redact(path)).toBe(expected))

  it.each([
    [2047, false],
    [2048, false],
    [2049, true],
    [100_000, true],
  ])('cuts a path of %i characters to 2,048: %s', (length, isCut) => {
    const redacted = redact(`/${'a'.repeat(length - 1)}`)
    expect(redacted).toHaveLength(Math.min(length, 2048))
    expect(redacted.endsWith('…')).toBe(isCut)
  })

  it('replaces a secret before it cuts the path', () => {
    const redacted = redact(`/${'a'.repeat(2020)}/${token}`)
    expect(redacted).not.toContain(token.slice(0, 20))
  })
})

describe('redactText', () => {
  it('replaces known secrets, and keeps the rest', () => {
    expect(redactText(`The value [${token}] is wrong.`, listSecrets)).toBe('The value [[redacted]] is wrong.')
    expect(redactText('The value [created_at] is wrong.', listSecrets)).toBe('The value [created_at] is wrong.')
  })
})
