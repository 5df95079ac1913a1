import { describe, expect, test } from 'vitest'
import { authenticateUrl } from '../../../../src/endpoints/oauth/authenticate-url.ts'
import { authorizeUrl } from '../../../../src/endpoints/oauth/authorize-url.ts'
import type { ConsentUrlInput } from '../../../../src/endpoints/oauth/consent-url.ts'

// https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens

describe('authorizeUrl and authenticateUrl', () => {
  const both = [
    ['authorize', authorizeUrl],
    ['authenticate', authenticateUrl],
  ] as const

  describe.each(both)('%s', (page, urlOf) => {
    test.each<readonly [ConsentUrlInput, string]>([
      [{ oauthToken: 'reqTok9' }, `https://api.x.com/oauth/${page}?oauth_token=reqTok9`],
      [{ oauthToken: 'a/b+c=&d' }, `https://api.x.com/oauth/${page}?oauth_token=a%2Fb%2Bc%3D%26d`],
      [
        { oauthToken: 't', forceLogin: true, screenName: 'alice' },
        `https://api.x.com/oauth/${page}?oauth_token=t&force_login=true&screen_name=alice`,
      ],
      [{ oauthToken: 't', forceLogin: false }, `https://api.x.com/oauth/${page}?oauth_token=t`],
      [{ oauthToken: 't', baseUrl: 'http://127.0.0.1:4010/' }, `http://127.0.0.1:4010/oauth/${page}?oauth_token=t`],
      [
        { oauthToken: 't', baseUrl: new URL('https://proxy.example/x') },
        `https://proxy.example/x/oauth/${page}?oauth_token=t`,
      ],
    ])('builds a URL from %j', (input, url) => {
      expect(urlOf(input)).toBe(url)
    })

    test.each([
      ['undefined', undefined, TypeError],
      ['no token', {}, TypeError],
      ['an empty token', { oauthToken: '' }, RangeError],
      ['leading white space', { oauthToken: ' t' }, RangeError],
      ['a string', 'reqTok9', TypeError],
      ['a base URL that is a path', { oauthToken: 't', baseUrl: '/x' }, RangeError],
      ['a base URL with a query', { oauthToken: 't', baseUrl: 'https://api.x.com?a' }, RangeError],
      ['forceLogin as a string', { oauthToken: 't', forceLogin: 'false' }, TypeError],
      ['an empty screen name', { oauthToken: 't', screenName: '' }, RangeError],
    ])('refuses %s', (_, input, Expected) => {
      expect(() => urlOf(input as ConsentUrlInput)).toThrow(Expected)
    })
  })
})
