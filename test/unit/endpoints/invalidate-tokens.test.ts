import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { invalidateAccessToken } from '../../../src/endpoints/oauth/invalidate-access-token.ts'
import { invalidateBearerToken } from '../../../src/endpoints/oauth/invalidate-bearer-token.ts'
import { expectSigned } from '../../support/signed-by.ts'
import { alice, mockXApi, type Script, secrets } from '../../support/x-api.ts'

const x = mockXApi()
const app = { consumerKey: secrets.consumerKey, consumerSecret: secrets.consumerSecret }
const token = 'AAAAbt5Rk%2FyU%3D'
const gone: Script = { json: { access_token: token } }

describe('invalidateBearerToken', () => {
  test('sends the keys of the app as the guide of X does, and the token encoded once', async () => {
    // https://docs.x.com/fundamentals/authentication/oauth-2-0/application-only; the keys are those of its example.
    x.answers(gone)
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
  ])('sends %s as a form does', async (given, body) => {
    x.answers(gone)
    await invalidateBearerToken(app, given)
    expect(x.requests[0]?.body).toBe(body)
  })

  test('is signed where the owner of the app is named, as the reference of X has it', async () => {
    x.answers(gone)
    await invalidateBearerToken(app, token, { user: { ...alice, screenName: 'alice' } as typeof alice })
    expectSigned(x.requests[0], { ...app, ...alice })
    expect(x.requests[0]?.body).toBe('access_token=AAAAbt5Rk%2FyU%3D')
  })

  test.each<readonly [Script]>([[gone], [{ json: {} }], [{ status: 204 }]])('takes %j for done', async (script) => {
    x.answers(script)
    expect(await invalidateBearerToken(app, token)).toBeUndefined()
  })

  test('does not take a page for done, and keeps it to itself', async () => {
    x.answers({ text: `<html>${token}</html>` })
    const error: unknown = await invalidateBearerToken(app, token).catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'ResponseError', endpoint: 'oauth.invalidateBearerToken', body: '[redacted]' })
  })

  test.each([
    [403, 99, 'Unable to verify your credentials', 'Forbidden'],
    [401, 89, 'Invalid or expired token', 'Unauthorized'],
  ])('says why X refused: HTTP %s, code %s', async (status, code, message, reason) => {
    x.answers({ status, json: { errors: [{ code, message, label: 'authenticity_token_error' }] } })
    await expect(invalidateBearerToken(app, token)).rejects.toMatchObject({
      endpoint: 'oauth.invalidateBearerToken',
      reason,
      platformCodes: [code],
    })
  })

  test('shows no token where X echoes it', async () => {
    const fetch = async (request: Request) =>
      new Response(`${await request.text()} ${token} AAAAbt5Rk/yU=`, { status: 400 })
    const error: unknown = await invalidateBearerToken(app, token, { fetch }).catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'ApiError' })
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('bt5Rk')
  })

  test.each([
    ['no keys', undefined, token, TypeError],
    ['no token', app, undefined, TypeError],
    ['an empty token', app, '', RangeError],
    ['a token with a line break', app, 'AAAA\nA', RangeError],
  ])('sends nothing with %s', async (_, credentials, bearerToken, Wrong) => {
    await expect(invalidateBearerToken(credentials as typeof app, bearerToken as string)).rejects.toThrow(Wrong)
    expect(x.requests).toEqual([])
  })
})

describe('the owner of an app', () => {
  test.each([null, 'alice', {}, { accessToken: 'token' }])('is not %j', async (user) => {
    await expect(invalidateBearerToken(app, token, { user: user as typeof alice })).rejects.toThrow(TypeError)
    expect(x.requests).toEqual([])
  })
})

describe('invalidateAccessToken', () => {
  test('is signed with the token that shall go', async () => {
    x.answers({ json: { access_token: secrets.accessToken } })
    expect(await invalidateAccessToken(app, alice)).toBeUndefined()
    expect(x.requests[0]).toMatchObject({ method: 'POST', path: '/1.1/oauth/invalidate_token.json', body: '' })
    expectSigned(x.requests[0], { ...app, ...alice })
  })

  test('says when the token was worthless already', async () => {
    x.answers({ status: 401, json: { errors: [{ code: 89, message: 'Invalid or expired token.' }] } })
    await expect(invalidateAccessToken(app, alice)).rejects.toMatchObject({
      endpoint: 'oauth.invalidateAccessToken',
      reason: 'Unauthorized',
      platformCodes: [89],
    })
  })

  test('does not take a page for done', async () => {
    x.answers({ text: '<html></html>' })
    await expect(invalidateAccessToken(app, alice)).rejects.toMatchObject({ name: 'ResponseError', body: '[redacted]' })
  })

  test.each([
    ['no keys', undefined, alice, TypeError],
    ['no user', app, undefined, TypeError],
    ['half a user', app, { accessToken: 'token' }, TypeError],
    ['an empty secret', app, { ...alice, accessTokenSecret: '' }, RangeError],
  ])('sends nothing with %s', async (_, credentials, user, Wrong) => {
    await expect(invalidateAccessToken(credentials as typeof app, user as typeof alice)).rejects.toThrow(Wrong)
    expect(x.requests).toEqual([])
  })
})
