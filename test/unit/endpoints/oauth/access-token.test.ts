import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { accessToken } from '../../../../src/endpoints/oauth/access-token.ts'
import { readCallback } from '../../../../src/endpoints/oauth/read-callback.ts'
import { ResponseError } from '../../../../src/errors/response-error.ts'
import { expectSigned, oauth1Parameters } from '../../../support/signed-by.ts'
import { fetchOf, mockXApi, type Script, secrets } from '../../../support/x-api.ts'

// https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens, and for the PIN
// https://docs.x.com/fundamentals/authentication/oauth-1-0a/pin-based-oauth

const x = mockXApi()
const app = { consumerKey: secrets.consumerKey, consumerSecret: secrets.consumerSecret }
const now = () => Date.UTC(2026, 10, 21, 12)
const quick = { now, retry: { random: () => 0, sleep: async () => {} } }

/** X sends form-encoded responses with the content type of HTML. */
const html = (text: string): Script => ({ text, headers: { 'content-type': 'text/html;charset=utf-8' } })

const issued = 'oauth_token=2244994945-accTok7&oauth_token_secret=accSec%2B6&user_id=2244994945&screen_name=alice'
const issuedSecrets = ['reqTok9', 'reqSec', 'accTok7', 'accSec']

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

  test('is sent as in the examples of X without a secret', async () => {
    x.answers(html(issued))
    await accessToken(app, { oauthToken: 'reqTok9', oauthVerifier: 'verify5' })
    expect(x.requests[0]?.path).toBe('/oauth/access_token?oauth_token=reqTok9&oauth_verifier=verify5')
    expectSigned(x.requests[0], app)
  })

  test('accepts a PIN, and the result of readCallback', async () => {
    x.answers(html(issued), html(issued))
    await accessToken(app, { ...input, oauthVerifier: '0123456' })
    const callback = readCallback('/callback?oauth_token=reqTok9&oauth_verifier=verify5')
    if (callback.denied) expect.fail('the user did not refuse')
    await accessToken(app, { ...callback, oauthTokenSecret: input.oauthTokenSecret })
    expect(x.requests.map(({ authorization }) => oauth1Parameters(authorization).oauth_verifier)).toEqual([
      '0123456',
      'verify5',
    ])
  })

  test.each([issued, `${issued}\r\n`, `${issued}&x_auth_expires=0`])('returns a user for %j', async (text) => {
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
    ['an HTML page', html('<html>accSec</html>'), ['oauth_token', 'oauth_token_secret', 'user_id', 'screen_name']],
    ['an empty response', { text: '' }, ['']],
  ])('rejects with a ResponseError without the body for %s', async (_, script, places) => {
    x.answers(script)
    const error: unknown = await accessToken(app, input).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ResponseError)
    expect(error).toMatchObject({ endpoint: 'oauth.accessToken', body: script.text === '' ? '' : '[redacted]' })
    expect((error as ResponseError).issues.map(({ path }) => path.join('.'))).toEqual(places)
    for (const secret of issuedSecrets) expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret)
  })

  test.each([input, { oauthToken: 'reqTok9', oauthVerifier: 'verify5' }])(
    'shows no secret if X echoes the request: %j',
    async (given) => {
      const fetch = async (request: Request) => {
        const echo = { url: request.url, header: request.headers.get('authorization'), ...given, ...app }
        return new Response(JSON.stringify(echo), { status: 401 })
      }
      const error: unknown = await accessToken(app, given, { fetch: fetchOf(fetch) }).catch((thrown) => thrown)
      expect(error).toMatchObject({ name: 'ApiError', endpoint: 'oauth.accessToken', reason: 'Unauthorized' })
      const shown = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error)
      for (const secret of [...Object.values(given), ...Object.values(app)]) expect(shown).not.toContain(secret)
    },
  )

  test('has the reason of X', async () => {
    x.answers({ ...html('Error processing your OAuth request: Invalid oauth_verifier parameter'), status: 401 })
    await expect(accessToken(app, input)).rejects.toMatchObject({
      reason: 'Unauthorized',
      message: expect.stringContaining('Invalid oauth_verifier parameter'),
    })
  })

  test('is retried, because a verifier gives only one token', async () => {
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
  ])('refuses %s and sends nothing', async (_, credentials, given, Expected) => {
    await expect(accessToken(credentials as typeof app, given as typeof input)).rejects.toThrow(Expected)
    expect(x.requests).toEqual([])
  })
})
