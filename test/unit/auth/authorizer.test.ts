import { describe, expect, it, vi } from 'vitest'
import {
  appOnlyAuthorizer,
  assertBearerToken,
  basicAuthorizer,
  userContextAuthorizer,
} from '../../../src/auth/authorizer.ts'
import type { OAuth2UserCredentials, UserCredentials, UserRequest } from '../../../src/auth/credentials.ts'

const app = { consumerKey: 'key', consumerSecret: 'secret' }
const request = { method: 'GET', url: 'https://api.x.com/2/webhooks' }

describe('basicAuthorizer', () => {
  it('percent-encodes both keys before joining them', async () => {
    // https://docs.x.com/fundamentals/authentication/oauth-2-0/application-only
    const { header } = await basicAuthorizer({
      consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
      consumerSecret: 'L8qq9PZyRg6ieKGEKhZolGC0vJWLw8iEJ88DRdyOg',
    }).authorize(request)
    expect(header).toBe(
      'Basic eHZ6MWV2RlM0d0VFUFRHRUZQSEJvZzpMOHFxOVBaeVJnNmllS0dFS2hab2xHQzB2SldMdzhpRUo4OERSZHlPZw==',
    )
    const odd = await basicAuthorizer({ consumerKey: "a:b'", consumerSecret: 'c d' }).authorize(request)
    expect(atob(odd.header?.slice('Basic '.length) ?? '')).toBe('a%3Ab%27:c%20d')
  })
})

describe('appOnlyAuthorizer', () => {
  it('sends the given token unchanged', async () => {
    const createToken = vi.fn()
    const { header } = await appOnlyAuthorizer({ bearerToken: 'AAAA%2Fbb%3D', createToken }).authorize(request)
    expect(header).toBe('Bearer AAAA%2Fbb%3D')
    expect(createToken).not.toHaveBeenCalled()
  })

  it('creates one token for concurrent requests, when it is first needed', async () => {
    const createToken = vi.fn(async () => 'token')
    const authorizer = appOnlyAuthorizer({ createToken })
    expect(createToken).not.toHaveBeenCalled()
    const headers = await Promise.all([authorizer.authorize(request), authorizer.authorize(request)])
    expect(headers.map(({ header }) => header)).toEqual(['Bearer token', 'Bearer token'])
    expect(createToken).toHaveBeenCalledOnce()
  })

  it('replaces a refused token once, even if several requests used it', async () => {
    const createToken = vi.fn().mockResolvedValueOnce('first').mockResolvedValueOnce('second')
    const authorizer = appOnlyAuthorizer({ createToken })
    const used = await Promise.all([authorizer.authorize(request), authorizer.authorize(request)])
    for (const { discardToken } of used) discardToken?.()
    expect((await authorizer.authorize(request)).header).toBe('Bearer second')
    used[0]?.discardToken?.()
    expect((await authorizer.authorize(request)).header).toBe('Bearer second')
    expect(createToken).toHaveBeenCalledTimes(2)
  })

  it('tries again after a failed creation', async () => {
    const createToken = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValueOnce('token')
    const authorizer = appOnlyAuthorizer({ createToken })
    await expect(authorizer.authorize(request)).rejects.toThrow('down')
    expect((await authorizer.authorize(request)).header).toBe('Bearer token')
  })
})

describe('userContextAuthorizer', () => {
  const readUser = (user: UserCredentials | OAuth2UserCredentials) => user
  const options = { app, readUser, now: Date.now }

  it('calls the function for each request, and passes the token that X refused', async () => {
    const user = vi.fn(async ({ refusedToken }: UserRequest) => ({ bearerToken: refusedToken ? 'second' : 'first' }))
    const authorizer = userContextAuthorizer({ ...options, user })
    const first = await authorizer.authorize(request)
    expect(first.header).toBe('Bearer first')
    first.discardToken?.()
    expect((await authorizer.authorize(request)).header).toBe('Bearer second')
    expect(user.mock.calls).toEqual([[{ refusedToken: undefined }], [{ refusedToken: 'first' }]])
  })

  it('signs with the OAuth 1.0a token that the function returns, and does not replace it', async () => {
    const user = () => ({ accessToken: 'token', accessTokenSecret: 'token-secret' })
    const authorization = await userContextAuthorizer({ ...options, user }).authorize(request)
    expect(authorization.header).toContain('oauth_token="token"')
    expect(authorization).not.toHaveProperty('discardToken')
  })

  it('creates a new signature for each request, with the time of its clock', async () => {
    const user = { accessToken: 'token', accessTokenSecret: 'token-secret' }
    const authorizer = userContextAuthorizer({ app, user, readUser, now: () => 1_318_622_958_999 })
    const headers = [await authorizer.authorize(request), await authorizer.authorize(request)].map(
      ({ header }) => header,
    )
    expect(headers[0]).not.toBe(headers[1])
    for (const header of headers) {
      expect(header).toMatch(/^OAuth oauth_consumer_key="key", .*oauth_timestamp="1318622958", oauth_token="token"/)
    }
  })

  it('sends an OAuth 2.0 token unchanged', async () => {
    const { header } = await userContextAuthorizer({ ...options, user: { bearerToken: 'oauth2' } }).authorize(request)
    expect(header).toBe('Bearer oauth2')
  })
})

describe('assertBearerToken', () => {
  it.each(['', ' hush', 'hush\n', 'hush hush', 'hüsh', 'hush\0'])('refuses %j, and does not show it', (token) => {
    expect(() => assertBearerToken(token, 'bearerToken')).toThrow(RangeError)
    expect(() => assertBearerToken(token, 'bearerToken')).not.toThrow(/hush/)
  })

  it.each([undefined, null, 1, {}])('refuses %j, which is not a string', (token) => {
    expect(() => assertBearerToken(token, 'bearerToken')).toThrow(TypeError)
  })
})
