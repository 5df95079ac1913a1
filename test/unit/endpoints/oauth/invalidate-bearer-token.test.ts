import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { invalidateBearerToken } from '../../../../src/endpoints/oauth/invalidate-bearer-token.ts'
import { expectSigned } from '../../../support/signed-by.ts'
import { alice, fetchOf, mockXApi, type Script, secrets } from '../../../support/x-api.ts'

const x = mockXApi()
const app = { consumerKey: secrets.consumerKey, consumerSecret: secrets.consumerSecret }
const token = 'AAAAbt5Rk%2FyU%3D'
const invalidated: Script = { json: { access_token: token } }

describe('invalidateBearerToken', () => {
  test('sends the keys of the app as in the guide of X, and the token encoded once', async () => {
    // The keys are from the example in https://docs.x.com/fundamentals/authentication/oauth-2-0/application-only
    x.answers(invalidated)
    const credentials = {
      consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
      consumerSecret: 'L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg',
    }
    expect(await invalidateBearerToken(credentials, token)).toBeUndefined()
    expect(x.requests).toEqual([
      {
        method: 'POST',
        path: '/oauth2/invalidate_token',
        authorization: 'Basic eHZ6MWV2RlM0d0VFUFRHRUZQSEJvZzpMOHFxOVBaeVJnNmllS0dFS2hab2xHQzB2SldMdzhpRUo4OERSZHlPZw==',
        contentType: 'application/x-www-form-urlencoded;charset=UTF-8',
        body: 'access_token=AAAAbt5Rk%2FyU%3D',
      },
    ])
  })

  test.each([
    ['AAAAplain', 'access_token=AAAAplain'],
    ['AAAA/decoded+already=', 'access_token=AAAA%2Fdecoded%2Balready%3D'],
    ['AAAA%', 'access_token=AAAA%25'],
  ])('sends %s form-encoded', async (given, body) => {
    x.answers(invalidated)
    await invalidateBearerToken(app, given)
    expect(x.requests[0]?.body).toBe(body)
  })

  test('is signed if the owner of the app is given, as in the reference of X', async () => {
    x.answers(invalidated)
    await invalidateBearerToken(app, token, { user: { ...alice, screenName: 'alice' } as typeof alice })
    expectSigned(x.requests[0], { ...app, ...alice })
    expect(x.requests[0]?.body).toBe('access_token=AAAAbt5Rk%2FyU%3D')
  })

  test.each<readonly [Script]>([[invalidated], [{ json: {} }], [{ status: 204 }]])('accepts %j', async (script) => {
    x.answers(script)
    expect(await invalidateBearerToken(app, token)).toBeUndefined()
  })

  test('rejects with a ResponseError without the body for an HTML page', async () => {
    x.answers({ text: `<html>${token}</html>` })
    const error: unknown = await invalidateBearerToken(app, token).catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'ResponseError', endpoint: 'oauth.invalidateBearerToken', body: '[redacted]' })
  })

  test.each([
    [403, 99, 'Unable to verify your credentials', 'Forbidden'],
    [401, 89, 'Invalid or expired token', 'Unauthorized'],
  ])('has the reason of X: HTTP %s, code %s', async (status, code, message, reason) => {
    x.answers({ status, json: { errors: [{ code, message, label: 'authenticity_token_error' }] } })
    await expect(invalidateBearerToken(app, token)).rejects.toMatchObject({
      endpoint: 'oauth.invalidateBearerToken',
      reason,
      platformCodes: [code],
    })
  })

  test('shows no token if X echoes it', async () => {
    const fetch = async (request: Request) =>
      new Response(`${await request.text()} ${token} AAAAbt5Rk/yU=`, { status: 400 })
    const error: unknown = await invalidateBearerToken(app, token, { fetch: fetchOf(fetch) }).catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'ApiError' })
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('bt5Rk')
  })

  test.each([
    ['no keys', undefined, token, TypeError],
    ['no token', app, undefined, TypeError],
    ['an empty token', app, '', RangeError],
    ['a token with a line break', app, 'AAAA\nA', RangeError],
  ])('refuses %s and sends nothing', async (_, credentials, bearerToken, Expected) => {
    await expect(invalidateBearerToken(credentials as typeof app, bearerToken as string)).rejects.toThrow(Expected)
    expect(x.requests).toEqual([])
  })
})

describe('the option user', () => {
  test.each([null, 'alice', {}, { accessToken: 'token' }])('must not be %j', async (user) => {
    await expect(invalidateBearerToken(app, token, { user: user as typeof alice })).rejects.toThrow(TypeError)
    expect(x.requests).toEqual([])
  })
})
