import { expect } from 'vitest'
import { type Keys, oauth1Header } from './emulator-oauth1.ts'
import { type Arrived, secrets } from './x-api.ts'

/** The decoded parameters of an `Authorization: OAuth` header. */
export function oauth1Parameters(header: string): Record<string, string> {
  const pairs = [...header.matchAll(/(\w+)="([^"]*)"/g)]
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decodeURIComponent(value)]))
}

/**
 * Expects that a request has the right OAuth 1.0a signature. The expected signature is computed from the request by another
 * implementation, which only the tests use. Without a token in `keys`, the app signs for itself.
 */
export function expectSigned(
  request: Arrived | undefined,
  keys: Partial<Keys> = secrets,
  origin = 'https://api.x.com',
) {
  const { method, path, body, contentType, authorization = '' } = request ?? {}
  expect(authorization).toMatch(/^OAuth /)
  const sent = oauth1Parameters(authorization)
  const { oauth_timestamp, oauth_nonce = '', oauth_callback = '', oauth_verifier = '' } = sent
  const form = contentType?.startsWith('application/x-www-form-urlencoded') ? new URLSearchParams(body) : []
  const expected = oauth1Header(
    { method: method ?? '', url: origin + path, form: Object.fromEntries(form) },
    { consumerKey: '', consumerSecret: '', accessToken: '', accessTokenSecret: '', ...keys },
    { timestamp: Number(oauth_timestamp), nonce: oauth_nonce, oauth: { oauth_callback, oauth_verifier } },
  )
  expect(sent).toEqual(oauth1Parameters(expected))
}
