import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { requestToken } from '../../../../src/endpoints/oauth/request-token.ts'
import { ResponseError } from '../../../../src/errors/response-error.ts'
import { expectSigned, oauth1Parameters } from '../../../support/signed-by.ts'
import { mockXApi, type Script, secrets } from '../../../support/x-api.ts'

// https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens, and for the PIN
// https://docs.x.com/fundamentals/authentication/oauth-1-0a/pin-based-oauth

const x = mockXApi()
const app = { consumerKey: secrets.consumerKey, consumerSecret: secrets.consumerSecret }
const now = () => Date.UTC(2026, 10, 21, 12)
const quick = { now, retry: { random: () => 0, sleep: async () => {} } }

/** X sends form-encoded responses with the content type of HTML. */
const html = (text: string): Script => ({ text, headers: { 'content-type': 'text/html;charset=utf-8' } })

const callback = 'https://app.example/callback?from=x&to=ü'
const encodedCallback = encodeURI(callback)
const granted = 'oauth_token=reqTok9&oauth_token_secret=reqSec%2B8%3D&oauth_callback_confirmed=true'
const issuedSecrets = ['reqTok9', 'reqSec']

describe('requestToken', () => {
  test('is signed with the callback and without a token', async () => {
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
    'accepts the callback %s',
    async (callback) => {
      x.answers(html(granted))
      await requestToken(app, { callback })
      expectSigned(x.requests[0], app)
      expect(oauth1Parameters(x.requests[0]?.authorization ?? '').oauth_callback).toBe(callback)
    },
  )

  test.each(['read', 'write'] as const)('requests %s access', async (accessType) => {
    x.answers(html(granted))
    await requestToken(app, { callback: 'oob', accessType })
    expect(x.requests[0]?.path).toBe(`/oauth/request_token?x_auth_access_type=${accessType}`)
    expectSigned(x.requests[0], app)
  })

  test.each([granted, `${granted}\n`, `${granted}&added_tomorrow=1`])(
    'returns the token and its secret for %j',
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
    ['an HTML page', html('<html>reqSec</html>'), ['oauth_token', 'oauth_token_secret', 'oauth_callback_confirmed']],
    ['JSON', { json: { oauth_token: 'reqTok9' } }, ['oauth_token', 'oauth_token_secret', 'oauth_callback_confirmed']],
    [
      'prototype keys',
      html('__proto__=reqTok9&constructor=reqSec'),
      ['oauth_token', 'oauth_token_secret', 'oauth_callback_confirmed'],
    ],
    ['an empty response', { status: 204 }, ['']],
  ])('rejects with a ResponseError without the body for %s', async (_, script, places) => {
    x.answers(script)
    const error: unknown = await requestToken(app, { callback: 'oob' }).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ResponseError)
    expect(error).toMatchObject({ endpoint: 'oauth.requestToken', body: script.status === 204 ? '' : '[redacted]' })
    expect((error as ResponseError).issues.map(({ path }) => path.join('.'))).toEqual(places)
    for (const secret of issuedSecrets) expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret)
  })

  test.each<readonly [string, Script, object]>([
    [
      'in the XML of the OAuth endpoints',
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
  ])('has the reason of X %s', async (_, script, expected) => {
    x.answers(script)
    const call = requestToken(app, { callback })
    await expect(call).rejects.toMatchObject({ name: 'ApiError', endpoint: 'oauth.requestToken', ...expected })
    expect(x.requests).toHaveLength(1)
  })

  test('is retried, because an unused token does no harm', async () => {
    x.answers({ status: 503 }, { network: 'lost' }, html(granted))
    expect((await requestToken(app, { callback: 'oob' }, quick)).oauthToken).toBe('reqTok9')
  })

  test.each([
    ['no credentials', undefined, { callback: 'oob' }, TypeError],
    ['an empty secret', { ...app, consumerSecret: '' }, { callback: 'oob' }, RangeError],
    ['no input', app, undefined, TypeError],
    ['a string', app, 'oob', TypeError],
    ['no callback', app, {}, TypeError],
    ['an empty callback', app, { callback: '' }, RangeError],
    ['a path', app, { callback: '/callback' }, RangeError],
    ['white space', app, { callback: ' https://app.example' }, RangeError],
    ['an unknown access type', app, { callback: 'oob', accessType: 'directmessages' }, RangeError],
    ['an access type that is a prototype key', app, { callback: 'oob', accessType: '__proto__' }, RangeError],
    ['an access type that is null', app, { callback: 'oob', accessType: null }, TypeError],
  ])('refuses %s and sends nothing', async (_, credentials, input, Expected) => {
    await expect(requestToken(credentials as typeof app, input as { callback: string })).rejects.toThrow(Expected)
    expect(x.requests).toEqual([])
  })
})
