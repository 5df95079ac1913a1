import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import type { UserRequest } from '../../../src/auth/credentials.ts'
import type { ClientOptions } from '../../../src/client/client-options.ts'
import { createClient } from '../../../src/client/create-client.ts'
import type { Fetch } from '../../../src/http/send.ts'
import { alice, fetchOf, mockXApi, patientOptions, secrets } from '../../support/x-api.ts'

const x = mockXApi()
const app = { consumerKey: secrets.consumerKey, consumerSecret: secrets.consumerSecret }
const id = '1146654567674912769'
const everySecret = Object.values(secrets).flatMap((secret) => [secret, decodeURIComponent(secret)])

/** Everything that a logger may print of a value. */
function printed(value: unknown): string {
  const { message, stack, cause } = Object(value) as Partial<Error>
  const texts = [inspect(value, { depth: 10, showHidden: true }), JSON.stringify(value), message, stack, String(value)]
  return texts.join('\n') + (cause === undefined ? '' : printed(cause))
}

describe('options', () => {
  test.each<readonly [string, unknown, typeof TypeError | typeof RangeError, RegExp]>([
    ['undefined', undefined, TypeError, /"options"/],
    ['null', null, TypeError, /"options"/],
    ['an array', [], TypeError, /"options"/],
    ['no key', { consumerSecret: 'secret' }, TypeError, /"consumerKey"/],
    ['no secret', { consumerKey: 'key' }, TypeError, /"consumerSecret"/],
    ['a secret that is a number', { consumerKey: 'key', consumerSecret: 1 }, TypeError, /"consumerSecret"/],
    ['an empty key', { ...app, consumerKey: '' }, RangeError, /"consumerKey"/],
    ['an empty secret', { ...app, consumerSecret: '' }, RangeError, /"consumerSecret"/],
    ['a secret with a line break', { ...app, consumerSecret: 'secret\n' }, RangeError, /"consumerSecret"/],
    ['an empty bearer token', { ...app, bearerToken: '' }, RangeError, /"bearerToken"/],
    ['a bearer token that is null', { ...app, bearerToken: null }, TypeError, /"bearerToken"/],
    ['a bearer token in two lines', { ...app, bearerToken: 'AA\r\nHost: evil' }, RangeError, /"bearerToken"/],
    ['a user that is a string', { ...app, user: 'alice' }, TypeError, /"user"/],
    ['a user that is null', { ...app, user: null }, TypeError, /"user"/],
    ['a user without a token secret', { ...app, user: { accessToken: 'token' } }, TypeError, /"accessTokenSecret"/],
    ['a user without a token', { ...app, user: { accessTokenSecret: 'secret' } }, TypeError, /"accessToken"/],
    ['a user without fields', { ...app, user: {} }, TypeError, /"accessToken"/],
    [
      'a user with an empty secret',
      { ...app, user: { ...alice, accessTokenSecret: '' } },
      RangeError,
      /"accessTokenSecret"/,
    ],
    ['a user with both kinds of token', { ...app, user: { ...alice, bearerToken: 'b' } }, TypeError, /not both/],
    ['a user with an empty bearer token', { ...app, user: { bearerToken: '' } }, RangeError, /"user.bearerToken"/],
    ['a base URL that is a path', { ...app, baseUrl: '/api' }, RangeError, /"baseUrl"/],
    ['an empty base URL', { ...app, baseUrl: '' }, RangeError, /"baseUrl"/],
    ['a base URL of another scheme', { ...app, baseUrl: 'ftp://api.x.com' }, RangeError, /"baseUrl"/],
    ['a base URL with a query', { ...app, baseUrl: 'https://api.x.com/?a=b' }, RangeError, /"baseUrl"/],
    ['a base URL with a fragment', { ...app, baseUrl: 'https://api.x.com/#a' }, RangeError, /"baseUrl"/],
    ['a base URL with a password', { ...app, baseUrl: 'https://a:b@api.x.com' }, RangeError, /"baseUrl"/],
    ['a base URL that is a number', { ...app, baseUrl: 8080 }, TypeError, /"baseUrl"/],
    ['a fetch that is an object', { ...app, fetch: {} }, TypeError, /"fetch"/],
    ['a clock that is a number', { ...app, now: 0 }, TypeError, /"now"/],
    ['a timeout of 0', { ...app, timeoutMs: 0 }, RangeError, /"timeoutMs"/],
    ['a negative timeout', { ...app, timeoutMs: -1 }, RangeError, /"timeoutMs"/],
    ['a timeout of NaN', { ...app, timeoutMs: Number.NaN }, RangeError, /"timeoutMs"/],
    ['an infinite timeout', { ...app, timeoutMs: Number.POSITIVE_INFINITY }, RangeError, /"timeoutMs"/],
    ['a timeout longer than the longest timer', { ...app, timeoutMs: 2 ** 31 }, RangeError, /"timeoutMs"/],
    ['a timeout that is a string', { ...app, timeoutMs: '1000' }, TypeError, /"timeoutMs"/],
    ['an infinite retry limit', { ...app, retry: { limit: Number.POSITIVE_INFINITY } }, RangeError, /"retry.limit"/],
    ['hooks that are a function', { ...app, hooks: () => {} }, TypeError, /"hooks"/],
    ['a hook that is a string', { ...app, hooks: { onRetry: 'log' } }, TypeError, /"hooks.onRetry"/],
  ])('are refused immediately, without being printed: %s', (_, options, Expected, message) => {
    const create = () => createClient(options as ClientOptions)
    expect(create).toThrow(Expected)
    expect(create).toThrow(message)
    for (const secret of everySecret) expect(create).not.toThrow(secret)
  })

  test.each([1, 2 ** 31 - 1])('accept a timeoutMs of %s', (timeoutMs) => {
    expect(() => createClient({ ...app, timeoutMs })).not.toThrow()
  })

  test('that are undefined count as absent', async () => {
    const undefinedOptions = { baseUrl: undefined, fetch: undefined, timeoutMs: undefined, retry: undefined }
    const more = { hooks: undefined, now: undefined, user: undefined }
    const client = createClient({ ...patientOptions(), ...undefinedOptions, ...more } as unknown as ClientOptions)
    x.answers({ json: { data: [] } })
    expect(await client.webhooks.list()).toEqual([])
  })

  test('are not changed, and are read only once', async () => {
    const options = { ...app, user: { ...alice }, hooks: {}, retry: { limit: 0 }, bearerToken: 'AAAAfirst' }
    const before = structuredClone(options)
    const client = createClient(options)
    expect(options).toEqual(before)
    for (const key of Object.keys(options)) Reflect.set(options, key, 'changed')
    x.answers({ status: 503 })
    await expect(client.webhooks.list()).rejects.toMatchObject({ reason: 'ServerError' })
    expect(x.requests[0]?.authorization).toBe('Bearer AAAAfirst')
  })

  test('can be frozen', () => {
    expect(() => createClient(Object.freeze({ ...app, user: Object.freeze({ ...alice }) }))).not.toThrow()
  })
})

describe('baseUrl', () => {
  test.each([
    ['https://api.x.com', 'https://api.x.com/2/webhooks'],
    ['https://api.x.com/', 'https://api.x.com/2/webhooks'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010/2/webhooks'],
    ['https://proxy.example/x', 'https://proxy.example/x/2/webhooks'],
    ['https://proxy.example/x/y//', 'https://proxy.example/x/y/2/webhooks'],
    [new URL('https://api.twitter.com'), 'https://api.twitter.com/2/webhooks'],
  ])('%s', async (baseUrl, url) => {
    const fetch = vi.fn(async (_url: string) => Response.json({ data: [] }))
    await createClient({ ...app, bearerToken: 'AAAA', baseUrl, fetch }).webhooks.list()
    expect(fetch.mock.calls[0]?.[0]).toBe(url)
  })

  test('also applies to the request for a bearer token', async () => {
    const fetch = vi.fn(async (_url: string, { method }: RequestInit) =>
      Response.json(method === 'POST' ? { token_type: 'bearer', access_token: 'AAAA' } : { data: [] }),
    )
    await createClient({ ...app, baseUrl: 'https://proxy.example/x', fetch }).webhooks.list()
    expect(fetch.mock.calls[0]?.[0]).toBe('https://proxy.example/x/oauth2/token')
  })
})

describe('the user', () => {
  test('of the call overrides the user of the client', async () => {
    const client = createClient(patientOptions())
    x.answers({ status: 204 }, { status: 204 })
    await client.subscriptions.create(id, { user: { accessToken: 'bob-token', accessTokenSecret: 'bob-secret' } })
    await client.subscriptions.create(id)
    expect(x.requests.map(({ authorization }) => /oauth_token="([^"]+)"/.exec(authorization)?.[1])).toEqual([
      'bob-token',
      secrets.accessToken,
    ])
  })

  test('can have an OAuth 2.0 token', async () => {
    const client = createClient(patientOptions())
    x.answers({ status: 204 })
    expect(await client.subscriptions.check(id, { user: { bearerToken: 'AAAAuser%3D' } })).toBe(true)
    expect(x.requests[0]?.authorization).toBe('Bearer AAAAuser%3D')
  })

  test('of the client can have an OAuth 2.0 token', async () => {
    x.answers({ status: 204 })
    await createClient({ ...app, user: { bearerToken: 'AAAAuser' } }).subscriptions.create(id)
    expect(x.requests[0]?.authorization).toBe('Bearer AAAAuser')
  })

  test.each(['create', 'check'] as const)('is required before subscriptions.%s is sent', async (verb) => {
    const client = createClient(app)
    await expect(client.subscriptions[verb](id)).rejects.toThrow(TypeError)
    await expect(client.subscriptions[verb](id)).rejects.toThrow(/accessToken, accessTokenSecret/)
    expect(x.requests).toEqual([])
  })

  test.each([
    ['null', null, TypeError],
    ['a token without its secret', { accessToken: 'token' }, TypeError],
    ['a string', 'alice', TypeError],
    ['an empty token', { ...alice, accessToken: '' }, RangeError],
    ['trailing white space', { ...alice, accessToken: 'token ' }, RangeError],
  ])('is refused before anything is sent: %s', async (_, user, Expected) => {
    const client = createClient(patientOptions())
    await expect(client.subscriptions.create(id, { user: user as typeof alice })).rejects.toThrow(Expected)
    expect(x.requests).toEqual([])
  })
})

describe('a user that is a function', () => {
  const tokenOf = (authorization: string | undefined) => /oauth_token="([^"]+)"/.exec(authorization ?? '')?.[1]

  test('of the client is called for each request, and not before', async () => {
    const user = vi.fn(async () => alice)
    const client = createClient({ ...patientOptions(), user })
    expect(user).not.toHaveBeenCalled()
    x.answers({ status: 503 }, { status: 204 })
    await client.subscriptions.create(id)
    expect(user).toHaveBeenCalledTimes(2)
    expect(x.requests.map(({ authorization }) => tokenOf(authorization))).toEqual(Array(2).fill(secrets.accessToken))
  })

  test('of the call overrides the user of the client', async () => {
    x.answers({ status: 204 })
    const user = () => ({ accessToken: 'bob-token', accessTokenSecret: 'bob-secret' })
    await createClient(patientOptions()).subscriptions.create(id, { user })
    expect(tokenOf(x.requests[0]?.authorization)).toBe('bob-token')
  })

  test('is called again after a 401, with the refused OAuth 2.0 token', async () => {
    const user = vi.fn(({ refusedToken }: UserRequest) => ({ bearerToken: refusedToken ? 'second' : 'first' }))
    x.answers({ status: 401 }, { status: 204 })
    await createClient({ ...patientOptions(), user }).subscriptions.create(id)
    expect(x.requests.map(({ authorization }) => authorization)).toEqual(['Bearer first', 'Bearer second'])
    expect(user.mock.calls).toEqual([[{ refusedToken: undefined }], [{ refusedToken: 'first' }]])
  })

  test('is checked like credentials, and its errors reach the caller', async () => {
    const call = (user: unknown) =>
      createClient(patientOptions()).subscriptions.create(id, { user: user as () => typeof alice })
    await expect(call(async () => undefined)).rejects.toThrow(TypeError)
    await expect(call(async () => ({ accessToken: 'token' }))).rejects.toThrow(/"accessTokenSecret"/)
    await expect(call(async () => Promise.reject(new Error('the vault is down')))).rejects.toThrow('the vault is down')
    expect(x.requests).toEqual([])
  })

  test('that hangs is left when the signal is aborted', async () => {
    const controller = new AbortController()
    const user = () => {
      controller.abort()
      return new Promise<never>(() => undefined)
    }
    const call = createClient(patientOptions()).subscriptions.create(id, { user, signal: controller.signal })
    await expect(call).rejects.toMatchObject({ name: 'TransportError', reason: 'aborted' })
  })

  test('does not show what it fetched in an error', async () => {
    const bob = { accessToken: 'bob-token', accessTokenSecret: 'bob-secret' }
    x.answers({ status: 400, json: { errors: [{ message: `Got ${JSON.stringify(bob)}` }] } })
    const error: Error = await createClient({ ...patientOptions(), user: () => bob })
      .subscriptions.create(id)
      .catch((thrown) => thrown)
    expect(error.message).toContain('[redacted]')
    expect(error.message).not.toMatch(/bob-/)
  })
})

describe('as', () => {
  const bob = { accessToken: 'bob-token', accessTokenSecret: 'bob-secret' }

  test('returns the same client for another user, and does not change the first', async () => {
    const client = createClient(patientOptions())
    x.answers({ status: 204 }, { status: 204 }, { status: 204 })
    await client.as(bob).subscriptions.create(id)
    await client.as(() => ({ bearerToken: 'carol' })).subscriptions.create(id)
    await client.subscriptions.create(id)
    const [first, second, third] = x.requests.map(({ authorization }) => authorization)
    expect(first).toContain('oauth_token="bob-token"')
    expect(second).toBe('Bearer carol')
    expect(third).toContain(`oauth_token="${secrets.accessToken}"`)
  })

  test('shares the bearer token of the app', async () => {
    const client = createClient(app)
    x.answers({ json: { token_type: 'bearer', access_token: 'AAAA' } }, { json: { data: [] } }, { json: { data: [] } })
    await client.webhooks.list()
    await client.as(bob).webhooks.list()
    expect(x.requests.map(({ path }) => path)).toEqual(['/oauth2/token', '/2/webhooks', '/2/webhooks'])
  })

  test('does not show the user in an error of an app-only call', async () => {
    x.answers({ status: 400, json: { errors: [{ message: `Got ${bob.accessTokenSecret}` }] } })
    await expect(createClient(patientOptions()).as(bob).webhooks.list()).rejects.toThrow(/Got \[redacted\]/)
  })

  test.each([
    [undefined, TypeError],
    [null, TypeError],
    ['bob', TypeError],
    [{ accessToken: 'token' }, TypeError],
    [{ ...bob, bearerToken: 'both' }, TypeError],
    [{ bearerToken: '' }, RangeError],
  ])('refuses %j immediately', (user, Expected) => {
    expect(() => createClient(app).as(user as typeof bob)).toThrow(Expected)
  })
})

test('the timestamp of OAuth 1.0a comes from `now`', async () => {
  x.answers({ status: 204 })
  await createClient({ ...patientOptions(), now: () => 1318622958_999 }).subscriptions.create(id)
  expect(x.requests[0]?.authorization).toContain('oauth_timestamp="1318622958"')
})

test('a redirect is not followed, so the credentials are not sent to its target', async () => {
  x.answers({ status: 307, headers: { location: 'https://api.x.com/elsewhere' } })
  await expect(createClient(patientOptions()).webhooks.list()).rejects.toMatchObject({
    name: 'ApiError',
    status: 307,
    hint: expect.stringContaining('not followed'),
  })
  expect(x.requests).toHaveLength(1)
})

test.each([undefined, null, 'ok', {}, { status: 200 }])('a fetch that returns %j is an error', async (returned) => {
  const fetch = async () => returned as unknown as Response
  const client = createClient({ ...app, bearerToken: 'AAAA', fetch })
  await expect(client.webhooks.list()).rejects.toThrow(new TypeError('"fetch" must return a Response'))
})

describe('no secret is shown', () => {
  const expectNone = (text: string) => {
    for (const secret of everySecret) expect(text).not.toContain(secret)
    expect(text).not.toMatch(/oauth_signature="|Bearer AAAA|Basic [\w+/=]/)
  }

  test('by the client', () => {
    const client = createClient(patientOptions())
    expectNone(printed(client))
    for (const group of Object.values(client)) for (const verb of Object.values(group)) expectNone(printed(verb))
  })

  /** Everything that a server can echo: the request, and the options of the client. */
  const echo = (request: Request) => {
    const authorization = request.headers.get('authorization') ?? ''
    return { authorization, bare: authorization.replace(/^\w+ /, ''), everySecret }
  }

  const echoing = (status: number) => async (request: Request) => {
    const echoed = echo(request)
    return Response.json({ errors: [{ message: `You sent ${JSON.stringify(echoed)}`, echoed }] }, { status })
  }

  /** Responds to the first request with a bearer token, and passes the others to `fetch`. */
  const afterToken = (fetch: Fetch): Fetch => {
    const token = Response.json({ token_type: 'bearer', access_token: secrets.bearerToken })
    const responses = [token]
    return async (url, init) => responses.shift() ?? fetch(url, init)
  }

  const { bearerToken, user, ...options } = { ...patientOptions(), retry: false } as const
  const calls: readonly (readonly [string, (fetch: Fetch) => Promise<unknown>])[] = [
    ['app-only', (fetch) => createClient({ ...options, bearerToken, user, fetch }).webhooks.list()],
    ['a created token', (fetch) => createClient({ ...options, user, fetch: afterToken(fetch) }).webhooks.list()],
    ['user context', (fetch) => createClient({ ...options, bearerToken, user, fetch }).subscriptions.create(id)],
    [
      'a user of the call',
      (fetch) => createClient({ ...options, bearerToken, fetch }).subscriptions.check(id, { user }),
    ],
  ]

  describe.each(calls)('%s', (_, call) => {
    const failureOf = (fetch: Fetch) =>
      call(fetch).then(
        () => expect.fail('the call succeeded'),
        (error: Error) => error,
      )

    test.each([401, 400, 500, 200, 307])('by the error for a response that echoes them: %s', async (status) => {
      const error = await failureOf(fetchOf(echoing(status)))
      expect(error).toMatchObject({ name: 'ApiError', body: expect.stringContaining('[redacted]') })
      expectNone(printed(error))
    })

    test('by the error for a 2xx that echoes them', async () => {
      const error = await failureOf(fetchOf(async (request) => new Response(`<html>${JSON.stringify(echo(request))}`)))
      expect(error).toMatchObject({ name: 'ResponseError', body: expect.stringContaining('[redacted]') })
      expectNone(printed(error))
    })

    test('by the error for a failed connection whose error contains them', async () => {
      const error = await failureOf(
        fetchOf(async (request) => {
          const cause = Object.assign(new Error(`to ${JSON.stringify(echo(request))}`), { request, code: 'ECONNRESET' })
          throw Object.assign(new TypeError('fetch failed', { cause }), { request, headers: request.headers })
        }),
      )
      expect(error).toMatchObject({ name: 'TransportError', reason: 'network', cause: { code: 'ECONNRESET' } })
      expect(Object.keys(error.cause as Error)).toEqual(['code'])
      expectNone(printed(error))
    })
  })

  test('by hooks', async () => {
    const reports: unknown[] = []
    const hook = (report: object) => void reports.push(report)
    const hooks = { onRequest: hook, onResponse: hook, onRetry: hook }
    x.answers({ status: 503 }, { status: 204 })
    await createClient({ ...patientOptions(), hooks }).subscriptions.create(id)
    expect(reports).toHaveLength(5)
    expectNone(printed(reports))
  })
})
