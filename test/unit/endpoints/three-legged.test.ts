import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { accessToken } from '../../../src/endpoints/oauth/access-token.ts'
import { authenticateUrl } from '../../../src/endpoints/oauth/authenticate-url.ts'
import { authorizeUrl } from '../../../src/endpoints/oauth/authorize-url.ts'
import type { ConsentUrlInput } from '../../../src/endpoints/oauth/consent-url.ts'
import { readCallback } from '../../../src/endpoints/oauth/read-callback.ts'
import { requestToken } from '../../../src/endpoints/oauth/request-token.ts'
import { ResponseError } from '../../../src/errors/response-error.ts'
import { expectSigned, oauth1Parameters } from '../../support/signed-by.ts'
import { mockXApi, type Script, secrets } from '../../support/x-api.ts'

// https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens, and for the PIN
// https://docs.x.com/fundamentals/authentication/oauth-1-0a/pin-based-oauth

const x = mockXApi()
const app = { consumerKey: secrets.consumerKey, consumerSecret: secrets.consumerSecret }
const callback = 'https://app.example/callback?from=x&to=ü'
const encodedCallback = encodeURI(callback)
const now = () => Date.UTC(2026, 10, 21, 12)
const quick = { now, retry: { random: () => 0, sleep: async () => {} } }

/** X labels its form-encoded answers as HTML. */
const html = (text: string): Script => ({ text, headers: { 'content-type': 'text/html;charset=utf-8' } })
const granted = 'oauth_token=reqTok9&oauth_token_secret=reqSec%2B8%3D&oauth_callback_confirmed=true'
const issued = 'oauth_token=2244994945-accTok7&oauth_token_secret=accSec%2B6&user_id=2244994945&screen_name=alice'
const issuedSecrets = ['reqTok9', 'reqSec', 'accTok7', 'accSec']

describe('requestToken', () => {
  test('is signed with the callback, and with no token', async () => {
    x.answers(html(granted))
    await requestToken(app, { callback: encodedCallback }, quick)
    const [request] = x.requests
    expect(request).toMatchObject({ method: 'POST', path: '/oauth/request_token', body: '', contentType: null })
    expectSigned(request, app)
    expect(oauth1Parameters(request?.authorization ?? '')).toMatchObject({
      oauth_callback: encodedCallback,
      oauth_timestamp: '1795262400',
    })
    expect(request?.authorization).not.toContain('oauth_token=')
  })

  test.each(['oob', 'http://127.0.0.1:3000/callback', 'myapp://callback', 'https://app.example'])(
    'takes the callback %s',
    async (callback) => {
      x.answers(html(granted))
      await requestToken(app, { callback })
      expectSigned(x.requests[0], app)
      expect(oauth1Parameters(x.requests[0]?.authorization ?? '').oauth_callback).toBe(callback)
    },
  )

  test.each(['read', 'write'] as const)('asks for %s access', async (accessType) => {
    x.answers(html(granted))
    await requestToken(app, { callback: 'oob', accessType })
    expect(x.requests[0]?.path).toBe(`/oauth/request_token?x_auth_access_type=${accessType}`)
    expectSigned(x.requests[0], app)
  })

  test.each([granted, `${granted}\n`, `${granted}&added_tomorrow=1`])(
    'gives the token and its secret: %j',
    async (text) => {
      x.answers(html(text))
      expect(await requestToken(app, { callback: 'oob' })).toEqual({
        oauthToken: 'reqTok9',
        oauthTokenSecret: 'reqSec+8=',
        callbackConfirmed: true,
      })
    },
  )

  test.each<readonly [string, Script, readonly string[]]>([
    ['a callback that is not confirmed', html(granted.replace('=true', '=false')), ['oauth_callback_confirmed']],
    [
      'a callback that is not mentioned',
      html('oauth_token=reqTok9&oauth_token_secret=reqSec'),
      ['oauth_callback_confirmed'],
    ],
    ['no secret', html('oauth_token=reqTok9&oauth_callback_confirmed=true'), ['oauth_token_secret']],
    ['an empty token', html(granted.replace('reqTok9', '')), ['oauth_token']],
    ['a token with a line break', html(granted.replace('reqTok9', 'reqTok9%0AHost')), ['oauth_token']],
    ['a page', html('<html>reqSec</html>'), ['oauth_token', 'oauth_token_secret', 'oauth_callback_confirmed']],
    ['JSON', { json: { oauth_token: 'reqTok9' } }, ['oauth_token', 'oauth_token_secret', 'oauth_callback_confirmed']],
    [
      'prototype keys',
      html('__proto__=reqTok9&constructor=reqSec'),
      ['oauth_token', 'oauth_token_secret', 'oauth_callback_confirmed'],
    ],
    ['nothing', { status: 204 }, ['']],
  ])('refuses %s, and keeps the body to itself', async (_, script, places) => {
    x.answers(script)
    const error: unknown = await requestToken(app, { callback: 'oob' }).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ResponseError)
    expect(error).toMatchObject({ endpoint: 'oauth.requestToken', body: script.status === 204 ? '' : '[redacted]' })
    expect((error as ResponseError).issues.map(({ path }) => path.join('.'))).toEqual(places)
    for (const secret of issuedSecrets) expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret)
  })

  test.each<readonly [string, Script, object]>([
    [
      'in XML, as the OAuth endpoints write it',
      {
        ...html(
          `<?xml version='1.0' encoding='UTF-8'?><errors><error code="415">Callback URL not approved for this client application.</error></errors>`,
        ),
        status: 403,
      },
      { reason: 'Forbidden', platformCodes: [415], hint: expect.stringContaining('settings of the app') },
    ],
    [
      'in JSON',
      { status: 401, json: { errors: [{ code: 32, message: 'Could not authenticate you.' }] } },
      { reason: 'Unauthorized', platformCodes: [32] },
    ],
    [
      'in plain text',
      { ...html('Failed to validate oauth signature and token'), status: 401 },
      { reason: 'Unauthorized', message: expect.stringContaining('Failed to validate oauth signature') },
    ],
  ])('says why X refused: %s', async (_, script, expected) => {
    x.answers(script)
    const call = requestToken(app, { callback })
    await expect(call).rejects.toMatchObject({ name: 'ApiError', endpoint: 'oauth.requestToken', ...expected })
    expect(x.requests).toHaveLength(1)
  })

  test('is tried again, as an unused token does no harm', async () => {
    x.answers({ status: 503 }, { network: 'lost' }, html(granted))
    expect((await requestToken(app, { callback: 'oob' }, quick)).oauthToken).toBe('reqTok9')
  })

  test.each([
    ['no credentials', undefined, { callback: 'oob' }, TypeError],
    ['an empty secret', { ...app, consumerSecret: '' }, { callback: 'oob' }, RangeError],
    ['no input', app, undefined, TypeError],
    ['a text', app, 'oob', TypeError],
    ['no callback', app, {}, TypeError],
    ['an empty callback', app, { callback: '' }, RangeError],
    ['a path', app, { callback: '/callback' }, RangeError],
    ['white space', app, { callback: ' https://app.example' }, RangeError],
    ['another access', app, { callback: 'oob', accessType: 'directmessages' }, RangeError],
    ['access that is a prototype key', app, { callback: 'oob', accessType: '__proto__' }, RangeError],
    ['access that is null', app, { callback: 'oob', accessType: null }, TypeError],
  ])('sends nothing with %s', async (_, credentials, input, Wrong) => {
    await expect(requestToken(credentials as typeof app, input as { callback: string })).rejects.toThrow(Wrong)
    expect(x.requests).toEqual([])
  })
})

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
    ])('is made of %j', (input, url) => {
      expect(urlOf(input)).toBe(url)
    })

    test.each([
      ['nothing', undefined, TypeError],
      ['no token', {}, TypeError],
      ['an empty token', { oauthToken: '' }, RangeError],
      ['white space', { oauthToken: ' t' }, RangeError],
      ['a text', 'reqTok9', TypeError],
      ['a base URL that is a path', { oauthToken: 't', baseUrl: '/x' }, RangeError],
      ['a base URL with a query', { oauthToken: 't', baseUrl: 'https://api.x.com?a' }, RangeError],
      ['forceLogin as text', { oauthToken: 't', forceLogin: 'false' }, TypeError],
      ['an empty name', { oauthToken: 't', screenName: '' }, RangeError],
    ])('is not made of %s', (_, input, Wrong) => {
      expect(() => urlOf(input as ConsentUrlInput)).toThrow(Wrong)
    })
  })
})

describe('readCallback', () => {
  test.each([
    'https://app.example/callback?oauth_token=reqTok9&oauth_verifier=verify5',
    '/callback?oauth_token=reqTok9&oauth_verifier=verify5',
    '?oauth_verifier=verify5&state=1&oauth_token=reqTok9#_=_',
    'myapp://callback?oauth_token=reqTok9&oauth_verifier=verify5',
    new URL('https://app.example/callback?oauth_token=reqTok9&oauth_verifier=verify5'),
  ])('gives the token and its verifier: %s', (url) => {
    expect(readCallback(url)).toEqual({ denied: false, oauthToken: 'reqTok9', oauthVerifier: 'verify5' })
  })

  test('decodes them', () => {
    expect(readCallback('/?oauth_token=a%2Bb&oauth_verifier=c%3D')).toMatchObject({
      oauthToken: 'a+b',
      oauthVerifier: 'c=',
    })
  })

  test.each(['https://app.example/callback?denied=reqTok9', '/?oauth_token=reqTok9&oauth_verifier=v&denied=reqTok9'])(
    'tells that the user said no: %s',
    (url) => {
      expect(readCallback(url)).toEqual({ denied: true, oauthToken: 'reqTok9' })
    },
  )

  test.each([
    ['nothing', undefined, TypeError],
    ['an object', { url: '/?denied=t' }, TypeError],
    ['an empty text', '', RangeError],
    ['no query', 'https://app.example/callback', RangeError],
    ['no verifier', '/?oauth_token=reqTok9', RangeError],
    ['no token', '/?oauth_verifier=verify5', RangeError],
    ['an empty verifier', '/?oauth_token=reqTok9&oauth_verifier=', RangeError],
    ['an empty refusal', '/?denied=', RangeError],
    ['two tokens', '/?oauth_token=reqTok9&oauth_token=other&oauth_verifier=verify5', RangeError],
    ['two verifiers', '/?oauth_token=reqTok9&oauth_verifier=verify5&oauth_verifier=other', RangeError],
    ['a fragment', '/#?oauth_token=reqTok9&oauth_verifier=verify5', RangeError],
  ])('makes nothing of %s, and does not repeat it', (_, url, Wrong) => {
    const read = () => readCallback(url as string)
    expect(read).toThrow(Wrong)
    expect(read).not.toThrow(/reqTok9|verify5/)
  })
})

describe('accessToken', () => {
  const input = { oauthToken: 'reqTok9', oauthVerifier: 'verify5', oauthTokenSecret: 'reqSec+8=' }

  test('is signed with the request token, its secret and the verifier', async () => {
    x.answers(html(issued))
    await accessToken(app, input, quick)
    expect(x.requests[0]).toMatchObject({ method: 'POST', path: '/oauth/access_token', body: '', contentType: null })
    expectSigned(x.requests[0], { ...app, accessToken: 'reqTok9', accessTokenSecret: 'reqSec+8=' })
    expect(oauth1Parameters(x.requests[0]?.authorization ?? '')).toMatchObject({
      oauth_token: 'reqTok9',
      oauth_verifier: 'verify5',
      oauth_timestamp: '1795262400',
    })
  })

  test('is sent as in the examples of X where the secret is not at hand', async () => {
    x.answers(html(issued))
    await accessToken(app, { oauthToken: 'reqTok9', oauthVerifier: 'verify5' })
    expect(x.requests[0]?.path).toBe('/oauth/access_token?oauth_token=reqTok9&oauth_verifier=verify5')
    expectSigned(x.requests[0], app)
  })

  test('is the same for a PIN, and for what readCallback gives', async () => {
    x.answers(html(issued), html(issued))
    await accessToken(app, { ...input, oauthVerifier: '0123456' })
    const callback = readCallback('/callback?oauth_token=reqTok9&oauth_verifier=verify5')
    if (callback.denied) expect.fail('the user said yes')
    await accessToken(app, { ...callback, oauthTokenSecret: input.oauthTokenSecret })
    expect(x.requests.map(({ authorization }) => oauth1Parameters(authorization).oauth_verifier)).toEqual([
      '0123456',
      'verify5',
    ])
  })

  test.each([issued, `${issued}\r\n`, `${issued}&x_auth_expires=0`])('gives a user of a client: %j', async (text) => {
    x.answers(html(text))
    expect(await accessToken(app, input)).toEqual({
      accessToken: '2244994945-accTok7',
      accessTokenSecret: 'accSec+6',
      userId: '2244994945',
      screenName: 'alice',
    })
  })

  test.each<readonly [string, Script, readonly string[]]>([
    ['no secret', html(issued.replace('oauth_token_secret', 'secret')), ['oauth_token_secret']],
    ['no user', html(issued.replace('user_id', 'id')), ['user_id']],
    ['an empty user', html(issued.replace('user_id=2244994945', 'user_id=')), ['user_id']],
    ['no name', html(issued.replace('&screen_name=alice', '')), ['screen_name']],
    ['a page', html('<html>accSec</html>'), ['oauth_token', 'oauth_token_secret', 'user_id', 'screen_name']],
    ['nothing', { text: '' }, ['']],
  ])('refuses %s, and keeps the body to itself', async (_, script, places) => {
    x.answers(script)
    const error: unknown = await accessToken(app, input).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ResponseError)
    expect(error).toMatchObject({ endpoint: 'oauth.accessToken', body: script.text === '' ? '' : '[redacted]' })
    expect((error as ResponseError).issues.map(({ path }) => path.join('.'))).toEqual(places)
    for (const secret of issuedSecrets) expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret)
  })

  test.each([input, { oauthToken: 'reqTok9', oauthVerifier: 'verify5' }])(
    'shows no secret where X echoes what it was sent: %j',
    async (given) => {
      const fetch = async (request: Request) => {
        const echo = { url: request.url, header: request.headers.get('authorization'), ...given, ...app }
        return new Response(JSON.stringify(echo), { status: 401 })
      }
      const error: unknown = await accessToken(app, given, { fetch }).catch((thrown) => thrown)
      expect(error).toMatchObject({ name: 'ApiError', endpoint: 'oauth.accessToken', reason: 'Unauthorized' })
      const shown = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error)
      for (const secret of [...Object.values(given), ...Object.values(app)]) expect(shown).not.toContain(secret)
    },
  )

  test('says why X refused', async () => {
    x.answers({ ...html('Error processing your OAuth request: Invalid oauth_verifier parameter'), status: 401 })
    await expect(accessToken(app, input)).rejects.toMatchObject({
      reason: 'Unauthorized',
      message: expect.stringContaining('Invalid oauth_verifier parameter'),
    })
  })

  test('is tried again: of one verifier comes one token', async () => {
    x.answers({ status: 503 }, html(issued))
    expect((await accessToken(app, input, quick)).userId).toBe('2244994945')
  })

  test.each([
    ['no credentials', undefined, input, TypeError],
    ['no input', app, undefined, TypeError],
    ['no token', app, { oauthVerifier: 'v' }, TypeError],
    ['an empty token', app, { ...input, oauthToken: '' }, RangeError],
    ['no verifier', app, { oauthToken: 't' }, TypeError],
    ['a PIN that is a number', app, { ...input, oauthVerifier: 1234567 }, TypeError],
    ['a PIN with a line break', app, { ...input, oauthVerifier: '1234567\n' }, RangeError],
    ['an empty secret', app, { ...input, oauthTokenSecret: '' }, RangeError],
    ['a secret that is null', app, { ...input, oauthTokenSecret: null }, TypeError],
  ])('sends nothing with %s', async (_, credentials, given, Wrong) => {
    await expect(accessToken(credentials as typeof app, given as typeof input)).rejects.toThrow(Wrong)
    expect(x.requests).toEqual([])
  })
})
