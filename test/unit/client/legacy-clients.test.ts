import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import type { ClientOptions } from '../../../src/client/client-options.ts'
import { createEnterpriseClient } from '../../../src/client/create-enterprise-client.ts'
import { createPremiumClient, type PremiumClientOptions } from '../../../src/client/create-premium-client.ts'
import type { LegacyClient } from '../../../src/client/legacy-client.ts'
import { expectSigned } from '../../support/signed-by.ts'
import { alice, mockXApi, patientOptions, type Script, secrets } from '../../support/x-api.ts'

// What the clients of version 1.1 do that is not the work of one endpoint: options, users, retries, secrets.

const x = mockXApi()
const id = '1146654567674912769'
const app = { consumerKey: secrets.consumerKey, consumerSecret: secrets.consumerSecret }
const bob = { accessToken: 'bob-token', accessTokenSecret: 'bob-secret' }
const owner = { ...app, ...alice }

const makers: readonly (readonly [string, (options: ClientOptions) => LegacyClient])[] = [
  ['premium', (options) => createPremiumClient({ ...options, environment: 'dev' })],
  ['enterprise', createEnterpriseClient],
]

const refusal = (status: number, code: number, message: string): Script => ({
  status,
  json: { errors: [{ code, message }] },
})

describe('an environment', () => {
  const list = async (environment: unknown) => {
    const client = createPremiumClient({ ...patientOptions(), environment } as PremiumClientOptions)
    x.answers({ json: [] })
    await client.webhooks.list()
    return x.requests[0]?.path
  }

  test.each(['dev', 'Dev', 'DEV', 'env_beta-2', 'v1.1', '2', '-', '__proto__', 'constructor', 'e'.repeat(200)])(
    'is sent as it is written: %s',
    async (environment) => {
      expect(await list(environment)).toBe(`/1.1/account_activity/all/${environment}/webhooks.json`)
    },
  )

  test.each([
    ['nothing', undefined, TypeError],
    ['null', null, TypeError],
    ['a number', 1, TypeError],
    ['an array', ['dev'], TypeError],
    ['an object', { toString: () => 'dev' }, TypeError],
    ['an empty text', '', RangeError],
    ['white space', ' dev', RangeError],
    ['two words', 'my env', RangeError],
    ['a line break', 'dev\n', RangeError],
    ['a path', 'dev/webhooks', RangeError],
    ['the folder above', '..', RangeError],
    ['this folder', '.', RangeError],
    ['a hidden folder', '.dev', RangeError],
    ['a backslash', 'dev\\', RangeError],
    ['a query', 'dev?a=b', RangeError],
    ['a fragment', 'dev#', RangeError],
    ['an encoded slash', 'dev%2F', RangeError],
    ['letters of another script', 'dév', RangeError],
  ])('is refused at once: %s', (_, environment, Wrong) => {
    const create = () => createPremiumClient({ ...app, environment } as PremiumClientOptions)
    expect(create).toThrow(Wrong)
    expect(create).toThrow(/"environment" must/)
  })

  test.each([undefined, null, 'dev', []])('is not looked for in %j', (options) => {
    expect(() => createPremiumClient(options as unknown as PremiumClientOptions)).toThrow('"options" must be an object')
  })
})

describe.each(makers)('%s', (_, create) => {
  test('sends nothing before it is asked to', () => {
    const fetch = vi.fn()
    create({ ...app, fetch })
    expect(fetch).not.toHaveBeenCalled()
  })

  test.each([
    ['no secret', { consumerKey: 'key' }, TypeError],
    ['an empty key', { ...app, consumerKey: '' }, RangeError],
    ['a time-out that is none', { ...app, timeoutMs: Number.NaN }, RangeError],
    ['half a user', { ...app, user: { accessToken: 'token' } }, TypeError],
    ['a bearer token with a line break', { ...app, bearerToken: 'AAAA\nA' }, RangeError],
  ])('refuses %s', (_, options, Wrong) => {
    expect(() => create(options as ClientOptions)).toThrow(Wrong)
  })

  test('makes its own bearer token, as in v2', async () => {
    x.answers({ json: { token_type: 'bearer', access_token: 'AAAAmade' } }, { json: [] })
    expect(await create(app).webhooks.list()).toEqual([])
    expect(x.requests.map(({ path, authorization }) => [path.split('/')[1], authorization.split(' ')[0]])).toEqual([
      ['oauth2', 'Basic'],
      ['1.1', 'Bearer'],
    ])
  })

  describe('the user', () => {
    const ownerVerbs: readonly (readonly [string, (client: LegacyClient) => Promise<unknown>])[] = [
      ['webhooks.create', (client) => client.webhooks.create('https://example.com/hook')],
      ['webhooks.validate', (client) => client.webhooks.validate(id)],
      ['webhooks.delete', (client) => client.webhooks.delete(id)],
    ]
    const userVerbs: readonly (readonly [
      string,
      (client: LegacyClient, options?: { user: typeof bob }) => Promise<unknown>,
    ])[] = [
      ['subscriptions.create', (client, options) => client.subscriptions.create(id, options)],
      ['subscriptions.check', (client, options) => client.subscriptions.check(id, options)],
      ['subscriptions.deleteOwn', (client, options) => client.subscriptions.deleteOwn(id, options)],
    ]

    test.each(ownerVerbs)('of the client owns the app: %s', async (_, call) => {
      x.answers({ status: 204 })
      await call(create(patientOptions())).catch(() => 'a 204 is no webhook')
      expectSigned(x.requests[0], owner)
    })

    test.each(ownerVerbs)('that is missing is asked for before %s is sent', async (_, call) => {
      const failure = call(create(app))
      await expect(failure).rejects.toThrow(TypeError)
      await expect(failure).rejects.toThrow(/owner of the app: pass "user"/)
      expect(x.requests).toEqual([])
    })

    test.each(userVerbs)('of the call comes before that of the client: %s', async (_, call) => {
      const client = create(patientOptions())
      x.answers({ status: 204 }, { status: 204 })
      await call(client, { user: bob })
      await call(client)
      expectSigned(x.requests[0], { ...app, ...bob })
      expectSigned(x.requests[1], owner)
    })

    test.each(userVerbs)('that is missing is asked for before %s is sent', async (_, call) => {
      const failure = call(create(app))
      await expect(failure).rejects.toThrow(TypeError)
      await expect(failure).rejects.toThrow(/acts for a user/)
      expect(x.requests).toEqual([])
    })

    test.each(userVerbs)('is refused with a token of OAuth 2.0: %s', async (_, call) => {
      const failure = call(create(patientOptions()), { user: { bearerToken: 'AAAAuser' } as never })
      await expect(failure).rejects.toThrow(TypeError)
      await expect(failure).rejects.toThrow(/Version 1.1 takes no OAuth 2.0 token/)
      expect(x.requests).toEqual([])
    })

    test('is refused with a token of OAuth 2.0 when the client is made', () => {
      const make = () => create({ ...app, user: { bearerToken: 'AAAAuser' } })
      expect(make).toThrow(TypeError)
      expect(make).toThrow(/Version 1.1 takes no OAuth 2.0 token/)
      expect(make).not.toThrow(/AAAAuser/)
    })

    test('may hold a token of OAuth 2.0 besides, which is left alone', async () => {
      const both = { ...bob, bearerToken: 'AAAAuser' }
      x.answers({ status: 204 })
      await create({ ...patientOptions(), user: both }).subscriptions.create(id)
      expectSigned(x.requests[0], { ...app, ...bob })
    })

    test.each([
      ['null', null, TypeError],
      ['a text', 'bob', TypeError],
      ['half of one', { accessToken: 'token' }, TypeError],
      ['an empty token', { ...bob, accessToken: '' }, RangeError],
      ['a secret without its token', { accessTokenSecret: 'secret' }, TypeError],
    ])('that is wrong is refused before anything is sent: %s', async (_, user, Wrong) => {
      const failure = create(patientOptions()).subscriptions.create(id, { user: user as typeof bob })
      await expect(failure).rejects.toThrow(Wrong)
      expect(x.requests).toEqual([])
    })
  })

  describe('what is tried again', () => {
    const repeatable: readonly (readonly [string, (client: LegacyClient) => Promise<unknown>])[] = [
      ['webhooks.validate', (client) => client.webhooks.validate(id)],
      ['webhooks.delete', (client) => client.webhooks.delete(id)],
      ['subscriptions.create', (client) => client.subscriptions.create(id)],
      ['subscriptions.check', (client) => client.subscriptions.check(id)],
      ['subscriptions.delete', (client) => client.subscriptions.delete(id, '1')],
      ['subscriptions.deleteOwn', (client) => client.subscriptions.deleteOwn(id)],
    ]

    test.each(repeatable)('%s, after a 429, a 5xx and a lost connection', async (_, call) => {
      const { waits, ...options } = patientOptions()
      x.answers({ status: 429 }, { status: 502, text: '<html></html>' }, { network: 'lost' }, { status: 204 })
      await call(create(options))
      expect(waits).toEqual([250, 500, 1000])
    })

    test('not webhooks.create: there could be two', async () => {
      const client = create(patientOptions())
      const register = () => client.webhooks.create('https://example.com/hook')
      x.answers({ status: 503 })
      await expect(register()).rejects.toMatchObject({ reason: 'ServerError' })
      x.answers({ network: 'lost' })
      await expect(register()).rejects.toMatchObject({ reason: 'network', attempts: 1 })
    })

    test.each<readonly [string, (client: LegacyClient) => Promise<unknown>, Script]>([
      ['a duplicate', (client) => client.subscriptions.create(id), refusal(409, 355, 'Subscription already exists.')],
      [
        'a subscription that is gone',
        (client) => client.subscriptions.delete(id, '1'),
        refusal(404, 34, 'Sorry, that page does not exist.'),
      ],
      [
        'an own subscription that is gone',
        (client) => client.subscriptions.deleteOwn(id),
        refusal(404, 34, 'Sorry, that page does not exist.'),
      ],
      [
        'a webhook that is gone',
        (client) => client.webhooks.delete(id),
        refusal(404, 34, 'Sorry, that page does not exist.'),
      ],
    ])('and %s that answers our own repetition counts as success', async (_, call, answer) => {
      x.answers({ status: 504 }, answer)
      expect(await call(create(patientOptions()))).toBeUndefined()
      x.answers({ status: 429 }, answer)
      await expect(call(create(patientOptions()))).rejects.toMatchObject({ name: 'ApiError' })
      x.answers(answer)
      await expect(call(create(patientOptions()))).rejects.toMatchObject({ name: 'ApiError' })
    })
  })

  test('shows no secret, not even where X echoes what it was sent', async () => {
    const shown: string[] = []
    const fetch = async (request: Request) => {
      const echo = { header: request.headers.get('authorization'), ...secrets }
      return Response.json({ errors: [{ code: 32, message: JSON.stringify(echo) }] }, { status: 403 })
    }
    const client = create({ ...patientOptions(), fetch })
    for (const call of [() => client.webhooks.create('https://example.com/hook'), () => client.webhooks.list()]) {
      const error: unknown = await call().catch((thrown) => thrown)
      expect(error).toMatchObject({ name: 'ApiError', platformCodes: [32] })
      shown.push(inspect(error, { depth: 10, showHidden: true }), JSON.stringify(error), String(error))
    }
    shown.push(inspect(client, { depth: 10, showHidden: true }))
    for (const text of shown) for (const secret of Object.values(secrets)) expect(text).not.toContain(secret)
  })
})
