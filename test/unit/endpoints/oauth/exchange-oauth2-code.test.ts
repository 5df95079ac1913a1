import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { exchangeOAuth2Code, type OAuth2CodeInput } from '../../../../src/endpoints/oauth/exchange-oauth2-code.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token

const x = mockXApi()
const now = () => Date.UTC(2026, 10, 21, 12)
const input = {
  clientId: 'rG9n6402A3dbUJKzXTNX4oWHJ',
  code: 'VGNibzFWSWREZm01bjN1N3dicWlNUG1oa2xRRVNNdmVHelJGY2hPWGxNd2dxOjE2MjIxNjA4MjU4MjU6MToxOmFjOjE',
  redirectUri: 'https://www.example.com',
  verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
}
const response = {
  token_type: 'bearer',
  expires_in: 7200,
  access_token: 'Q0Mzb0VhZ0V5dmNXSTEyNER2MFNfVW50RzdXdTN6STFxQlVkTGhTc1lCdlBiOjE',
  scope: 'tweet.read users.read offline.access',
  refresh_token: 'bWRWa3gzdnk3WHRGU1o0bmRRcTJ5VVhxX1BCbUJkTmJQMkd4QVFPcGtkOTRnOjE',
}

test('a public client sends its client id in the form, without an Authorization header', async () => {
  x.answers({ json: response })
  expect(await exchangeOAuth2Code(input, { now })).toEqual({
    bearerToken: response.access_token,
    refreshToken: response.refresh_token,
    expiresAt: new Date('2026-11-21T14:00:00Z'),
    scopes: ['tweet.read', 'users.read', 'offline.access'],
  })
  expect(x.requests).toEqual([
    {
      method: 'POST',
      path: '/2/oauth2/token',
      authorization: '',
      contentType: 'application/x-www-form-urlencoded;charset=UTF-8',
      body: `grant_type=authorization_code&code=${input.code}&redirect_uri=https%3A%2F%2Fwww.example.com&code_verifier=${input.verifier}&client_id=${input.clientId}`,
    },
  ])
})

test('a confidential client sends Basic authentication', async () => {
  x.answers({ json: response })
  // The key and secret of https://docs.x.com/fundamentals/authentication/oauth-2-0/application-only
  const [clientId, clientSecret] = ['xvz1evFS4wEEPTGEFPHBog', 'L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg']
  await exchangeOAuth2Code({ ...input, clientId, clientSecret }, { now })
  expect(x.requests[0]?.authorization).toBe(
    'Basic eHZ6MWV2RlM0d0VFUFRHRUZQSEJvZzpMOHFxOVBaeVJnNmllS0dFS2hab2xHQzB2SldMdzhpRUo4OERSZHlPZw==',
  )
  expect(x.requests[0]?.body).not.toContain('client_id')
})

test('without expires_in, scope and refresh_token, it takes the two hours that X documents', async () => {
  x.answers({ json: { token_type: 'bearer', access_token: 'token' } })
  expect(await exchangeOAuth2Code(input, { now })).toEqual({
    bearerToken: 'token',
    expiresAt: new Date('2026-11-21T14:00:00Z'),
    scopes: [],
  })
})

describe('is rejected, without a retry and without showing a secret', () => {
  const secrets = [input.code, input.verifier, response.access_token, 'client-secret']
  const failure = async (): Promise<Error> => {
    const error = await exchangeOAuth2Code({ ...input, clientSecret: 'client-secret' }, { now }).catch(
      (thrown) => thrown,
    )
    for (const secret of secrets) expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret)
    return error
  }

  test('if X refuses the code', async () => {
    const error = 'invalid_request'
    const error_description = `Value passed for the authorization code was invalid: ${input.code} client-secret`
    x.answers({ status: 400, json: { error, error_description } })
    expect(await failure()).toMatchObject({
      name: 'ApiError',
      endpoint: 'oauth.exchangeOAuth2Code',
      status: 400,
      message: expect.stringContaining('invalid_request'),
    })
  })

  test('if X refuses the app', async () => {
    x.answers({
      status: 401,
      json: { error: 'unauthorized_client', error_description: 'Missing valid authorization header' },
    })
    expect(await failure()).toMatchObject({ name: 'ApiError', reason: 'Unauthorized' })
  })

  test.each([500, 503])('if X responds with %s: the code may be used up', async (status) => {
    x.answers({ status })
    expect(await failure()).toMatchObject({ name: 'ApiError', reason: 'ServerError' })
    expect(x.requests).toHaveLength(1)
  })

  test('if the connection is lost', async () => {
    x.answers({ network: 'lost' })
    expect(await failure()).toMatchObject({ name: 'TransportError', reason: 'network', attempts: 1 })
  })

  test.each([
    ['nothing', {}],
    ['a token of another type', { ...response, token_type: 'mac' }],
    ['a token in two lines', { ...response, access_token: 'a\nb' }],
    ['a negative lifetime', { ...response, expires_in: -1 }],
  ])('if the response has %s', async (_, json) => {
    x.answers({ json })
    expect(await failure()).toMatchObject({ name: 'ResponseError', endpoint: 'oauth.exchangeOAuth2Code' })
  })
})

test.each<readonly [string, object, typeof TypeError | typeof RangeError, RegExp]>([
  ['no client id', { clientId: undefined }, TypeError, /"clientId"/],
  ['an empty client secret', { clientSecret: '' }, RangeError, /"clientSecret"/],
  ['no code', { code: null }, TypeError, /"code"/],
  ['a relative redirect URI', { redirectUri: 'callback' }, RangeError, /"redirectUri"/],
  ['a verifier of 42 characters', { verifier: 'v'.repeat(42) }, RangeError, /"verifier"/],
  ['a verifier of 129 characters', { verifier: 'v'.repeat(129) }, RangeError, /"verifier"/],
])('refuses %s before anything is sent', async (_, wrong, Expected, message) => {
  const call = exchangeOAuth2Code({ ...input, ...wrong } as OAuth2CodeInput)
  await expect(call).rejects.toThrow(Expected)
  await expect(call).rejects.toThrow(message)
  expect(x.requests).toEqual([])
})
