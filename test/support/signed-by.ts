import { expect } from 'vitest'
import { type Keys, oauth1Header } from './emulator-oauth1.ts'
import { type Arrived, secrets } from './x-api.ts'

/** The parameters of an `Authorization: OAuth` header, decoded. */
export function oauth1Parameters(header: string): Record<string, string> {
  const pairs = [...header.matchAll(/(\w+)="([^"]*)"/g)]
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decodeURIComponent(value)]))
}

/**
 * Expects that a request came with this signature by OAuth 1.0a and no other: computed anew, by a signer of the tests'
 * own, over all that the request carried. `keys` without a token are those of an app alone.
 */
export function expectSigned(
  request: Arrived | undefined,
  keys: Partial<Keys> = secrets,
  origin = 'https://api.x.com',
) {
  const { method, path, body, authorization = '' } = request ?? {}
  expect(authorization).toMatch(/^OAuth /)
  const sent = oauth1Parameters(authorization)
  const { oauth_timestamp, oauth_nonce = '', oauth_callback = '', oauth_verifier = '' } = sent
  const wanted = oauth1Header(
    { method: method ?? '', url: origin + path, form: Object.fromEntries(new URLSearchParams(body)) },
    { consumerKey: '', consumerSecret: '', accessToken: '', accessTokenSecret: '', ...keys },
    { timestamp: Number(oauth_timestamp), nonce: oauth_nonce, oauth: { oauth_callback, oauth_verifier } },
  )
  expect(sent).toEqual(oauth1Parameters(wanted))
}
