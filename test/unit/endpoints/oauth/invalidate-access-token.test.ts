import { describe, expect, test } from 'vitest'
import { invalidateAccessToken } from '../../../../src/endpoints/oauth/invalidate-access-token.ts'
import { expectSigned } from '../../../support/signed-by.ts'
import { alice, mockXApi, secrets } from '../../../support/x-api.ts'

// https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens

const x = mockXApi()
const app = { consumerKey: secrets.consumerKey, consumerSecret: secrets.consumerSecret }

describe('invalidateAccessToken', () => {
  test('is signed with the token to invalidate', async () => {
    x.answers({ json: { access_token: secrets.accessToken } })
    expect(await invalidateAccessToken(app, alice)).toBeUndefined()
    expect(x.requests[0]).toMatchObject({ method: 'POST', path: '/1.1/oauth/invalidate_token.json', body: '' })
    expectSigned(x.requests[0], { ...app, ...alice })
  })

  test('rejects if the token is invalid already', async () => {
    x.answers({ status: 401, json: { errors: [{ code: 89, message: 'Invalid or expired token.' }] } })
    await expect(invalidateAccessToken(app, alice)).rejects.toMatchObject({
      endpoint: 'oauth.invalidateAccessToken',
      reason: 'Unauthorized',
      platformCodes: [89],
    })
  })

  test('rejects with a ResponseError for an HTML page', async () => {
    x.answers({ text: '<html></html>' })
    await expect(invalidateAccessToken(app, alice)).rejects.toMatchObject({ name: 'ResponseError', body: '[redacted]' })
  })

  test.each([
    ['no keys', undefined, alice, TypeError],
    ['no user', app, undefined, TypeError],
    ['a token without its secret', app, { accessToken: 'token' }, TypeError],
    ['an empty secret', app, { ...alice, accessTokenSecret: '' }, RangeError],
  ])('refuses %s and sends nothing', async (_, credentials, user, Expected) => {
    await expect(invalidateAccessToken(credentials as typeof app, user as typeof alice)).rejects.toThrow(Expected)
    expect(x.requests).toEqual([])
  })
})
