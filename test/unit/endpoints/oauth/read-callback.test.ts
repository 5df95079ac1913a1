import { describe, expect, test } from 'vitest'
import { readCallback } from '../../../../src/endpoints/oauth/read-callback.ts'

// https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens

describe('readCallback', () => {
  test.each([
    'https://app.example/callback?oauth_token=reqTok9&oauth_verifier=verify5',
    '/callback?oauth_token=reqTok9&oauth_verifier=verify5',
    '?oauth_verifier=verify5&state=1&oauth_token=reqTok9#_=_',
    'myapp://callback?oauth_token=reqTok9&oauth_verifier=verify5',
    new URL('https://app.example/callback?oauth_token=reqTok9&oauth_verifier=verify5'),
  ])('returns the token and its verifier: %s', (url) => {
    expect(readCallback(url)).toEqual({ denied: false, oauthToken: 'reqTok9', oauthVerifier: 'verify5' })
  })

  test('decodes them', () => {
    expect(readCallback('/?oauth_token=a%2Bb&oauth_verifier=c%3D')).toMatchObject({
      oauthToken: 'a+b',
      oauthVerifier: 'c=',
    })
  })

  test.each(['https://app.example/callback?denied=reqTok9', '/?oauth_token=reqTok9&oauth_verifier=v&denied=reqTok9'])(
    'reports that the user refused: %s',
    (url) => {
      expect(readCallback(url)).toEqual({ denied: true, oauthToken: 'reqTok9' })
    },
  )

  test.each([
    ['undefined', undefined, TypeError],
    ['an object', { url: '/?denied=t' }, TypeError],
    ['an empty string', '', RangeError],
    ['no query', 'https://app.example/callback', RangeError],
    ['no verifier', '/?oauth_token=reqTok9', RangeError],
    ['no token', '/?oauth_verifier=verify5', RangeError],
    ['an empty verifier', '/?oauth_token=reqTok9&oauth_verifier=', RangeError],
    ['an empty refusal', '/?denied=', RangeError],
    ['two tokens', '/?oauth_token=reqTok9&oauth_token=other&oauth_verifier=verify5', RangeError],
    ['two verifiers', '/?oauth_token=reqTok9&oauth_verifier=verify5&oauth_verifier=other', RangeError],
    ['a fragment', '/#?oauth_token=reqTok9&oauth_verifier=verify5', RangeError],
  ])('refuses %s, and does not show it', (_, url, Expected) => {
    const read = () => readCallback(url as string)
    expect(read).toThrow(Expected)
    expect(read).not.toThrow(/reqTok9|verify5/)
  })
})
