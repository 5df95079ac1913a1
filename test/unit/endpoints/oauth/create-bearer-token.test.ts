import { describe, expect, test } from 'vitest'
import { createBearerToken } from '../../../../src/endpoints/oauth/create-bearer-token.ts'
import { ResponseError } from '../../../../src/errors/response-error.ts'
import { mockXApi, secrets } from '../../../support/x-api.ts'

const x = mockXApi()
const app = { consumerKey: secrets.consumerKey, consumerSecret: secrets.consumerSecret }
const token = { token_type: 'bearer', access_token: 'AAAA%2FAAA%3DAAAAA' }

describe('createBearerToken', () => {
  test('sends the request that X documents', async () => {
    // The example in https://docs.x.com/fundamentals/authentication/oauth-2-0/application-only
    x.answers({ json: token })
    await createBearerToken({
      consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
      consumerSecret: 'L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg',
    })
    expect(x.requests).toEqual([
      {
        method: 'POST',
        path: '/oauth2/token',
        authorization: 'Basic eHZ6MWV2RlM0d0VFUFRHRUZQSEJvZzpMOHFxOVBaeVJnNmllS0dFS2hab2xHQzB2SldMdzhpRUo4OERSZHlPZw==',
        contentType: 'application/x-www-form-urlencoded;charset=UTF-8',
        body: 'grant_type=client_credentials',
      },
    ])
  })

  test('encodes the keys before joining them', async () => {
    x.answers({ json: token })
    await createBearerToken({ consumerKey: "a:b!'()*", consumerSecret: 'ü/+ z' })
    // printf %s 'a%3Ab%21%27%28%29%2A:%C3%BC%2F%2B%20z' | base64
    expect(x.requests[0]?.authorization).toBe('Basic YSUzQWIlMjElMjclMjglMjklMkE6JUMzJUJDJTJGJTJCJTIweg==')
  })

  test('returns the token unchanged, still encoded', async () => {
    x.answers({ json: token })
    expect(await createBearerToken(app)).toBe('AAAA%2FAAA%3DAAAAA')
  })

  test.each([
    ['another type of token', { ...token, token_type: 'mac' }, ['token_type']],
    ['no type', { access_token: 'AAAA%2FAAA' }, ['token_type']],
    ['no token', { token_type: 'bearer' }, ['access_token']],
    ['an empty token', { ...token, access_token: '' }, ['access_token']],
    ['a token with a line break', { ...token, access_token: 'AAAA\r\nHost: evil' }, ['access_token']],
    ['a number', { ...token, access_token: 12 }, ['access_token']],
  ])('rejects with a ResponseError without the body for %s', async (_, json, places) => {
    x.answers({ json })
    const error: unknown = await createBearerToken(app).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ResponseError)
    expect((error as ResponseError).issues.map(({ path }) => path.join('.'))).toEqual(places)
    expect((error as ResponseError).body).toBe('[redacted]')
  })

  test.each([
    [
      {
        status: 403,
        json: {
          errors: [{ code: 99, label: 'authenticity_token_error', message: 'Unable to verify your credentials' }],
        },
      },
      'Forbidden',
      [99],
    ],
    [{ status: 401, json: { errors: [{ code: 89, message: 'Invalid or expired token' }] } }, 'Unauthorized', [89]],
    [{ status: 401, json: { error: 'invalid_client', error_description: 'no such client' } }, 'Unauthorized', []],
    [{ status: 403, text: '' }, 'Forbidden', []],
  ])('has the reason of X: %j', async (script, reason, platformCodes) => {
    x.answers(script)
    await expect(createBearerToken(app)).rejects.toMatchObject({
      name: 'ApiError',
      endpoint: 'oauth.createBearerToken',
      reason,
      platformCodes,
    })
    expect(x.requests).toHaveLength(1)
  })

  test('is retried, because X returns the same token', async () => {
    x.answers({ status: 503 }, { network: 'lost' }, { json: token })
    const retry = { random: () => 0, sleep: async () => {} }
    expect(await createBearerToken(app, { retry })).toBe('AAAA%2FAAA%3DAAAAA')
  })

  test.each([
    ['undefined', undefined, TypeError],
    ['no secret', { consumerKey: 'key' }, TypeError],
    ['an empty secret', { consumerKey: 'key', consumerSecret: '' }, RangeError],
    ['a secret with a line break', { consumerKey: 'key', consumerSecret: 'secret\n' }, RangeError],
  ])('refuses credentials with %s and sends nothing', async (_, credentials, Expected) => {
    await expect(createBearerToken(credentials as typeof app)).rejects.toThrow(Expected)
    expect(x.requests).toEqual([])
  })
})
