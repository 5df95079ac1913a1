import { expect, test } from 'vitest'
import {
  type OAuth2AuthorizeUrlInput,
  oauth2AuthorizeUrl,
} from '../../../../src/endpoints/oauth/oauth2-authorize-url.ts'

const input = {
  clientId: 'M1M5R3BMVy13QmpScXkzTUt5OE46MTpjaQ',
  redirectUri: 'https://www.example.com',
  scopes: ['tweet.read', 'users.read', 'follows.read', 'follows.write'],
  state: 'state',
  challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
}

test('is the URL that X documents', () => {
  // The sample of https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code, with the method S256.
  expect(oauth2AuthorizeUrl(input)).toBe(
    'https://x.com/i/oauth2/authorize?response_type=code&client_id=M1M5R3BMVy13QmpScXkzTUt5OE46MTpjaQ&redirect_uri=https%3A%2F%2Fwww.example.com&scope=tweet.read%20users.read%20follows.read%20follows.write&state=state&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256',
  )
})

test('can be at another base URL', () => {
  const url = new URL(oauth2AuthorizeUrl({ ...input, baseUrl: 'http://127.0.0.1:4010/', state: 'a+b c&d' }))
  expect(url.origin + url.pathname).toBe('http://127.0.0.1:4010/i/oauth2/authorize')
  expect(url.searchParams.get('state')).toBe('a+b c&d')
})

test.each<readonly [string, object, typeof TypeError | typeof RangeError, RegExp]>([
  ['no client id', { clientId: undefined }, TypeError, /"clientId"/],
  ['a client id with white space', { clientId: 'id\n' }, RangeError, /"clientId"/],
  ['a relative redirect URI', { redirectUri: '/callback' }, RangeError, /"redirectUri"/],
  ['scopes in one text', { scopes: 'tweet.read users.read' }, TypeError, /"scopes"/],
  ['two scopes in one entry', { scopes: ['tweet.read users.read'] }, RangeError, /"scopes"/],
  ['no scopes', { scopes: [] }, RangeError, /"scopes"/],
  ['no state', { state: '' }, RangeError, /"state"/],
  ['a state of 501 characters', { state: 's'.repeat(501) }, RangeError, /"state"/],
  ['a verifier as the challenge', { challenge: 'short' }, RangeError, /"challenge"/],
  ['a base URL of another scheme', { baseUrl: 'ftp://x.com' }, RangeError, /"baseUrl"/],
])('refuses %s', (_, wrong, Expected, message) => {
  const build = () => oauth2AuthorizeUrl({ ...input, ...wrong } as OAuth2AuthorizeUrlInput)
  expect(build).toThrow(Expected)
  expect(build).toThrow(message)
})

test('takes a state of 500 characters, the limit of X', () => {
  expect(() => oauth2AuthorizeUrl({ ...input, state: 's'.repeat(500) })).not.toThrow()
})
