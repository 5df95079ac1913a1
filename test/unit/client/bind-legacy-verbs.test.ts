import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import type { ClientOptions } from '../../../src/client/client-options.ts'
import { createEnterpriseClient } from '../../../src/client/create-enterprise-client.ts'
import { createPremiumClient } from '../../../src/client/create-premium-client.ts'
import type { LegacyClient } from '../../../src/client/legacy-client.ts'
import { expectSigned } from '../../support/signed-by.ts'
import { alice, fetchOf, mockXApi, patientOptions, type Script, secrets } from '../../support/x-api.ts'

// What both v1.1 clients have in common beyond single endpoints: options, users, retries and secrets.

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

describe.each(makers)('%s', (_, create) => {
  test('sends nothing until a method is called', () => {
    const fetch = vi.fn()
    create({ ...app, fetch })
    expect(fetch).not.toHaveBeenCalled()
  })

  test.each([
    ['no secret', { consumerKey: 'key' }, TypeError],
    ['an empty key', { ...app, consumerKey: '' }, RangeError],
    ['a timeout of NaN', { ...app, timeoutMs: Number.NaN }, RangeError],
    ['a token without its secret', { ...app, user: { accessToken: 'token' } }, TypeError],
    ['a bearer token with a line break', { ...app, bearerToken: 'AAAA\nA' }, RangeError],
  ])('refuses %s', (_, options, Expected) => {
    expect(() => create(options as ClientOptions)).toThrow(Expected)
  })

  test('gets a bearer token, as in v2', async () => {
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

    test.each(ownerVerbs)('of the client is the owner of the app: %s', async (_, call) => {
      x.answers({ status: 204 })
      await call(create(patientOptions())).catch(() => 'a 204 has no webhook')
      expectSigned(x.requests[0], owner)
    })

    test.each(ownerVerbs)('is required before %s is sent', async (_, call) => {
      const failure = call(create(app))
      await expect(failure).rejects.toThrow(TypeError)
      await expect(failure).rejects.toThrow(/^This call needs the owner of the app\. Pass the option "user"/)
      expect(x.requests).toEqual([])
    })

    test.each(userVerbs)('of the call overrides the user of the client: %s', async (_, call) => {
      const client = create(patientOptions())
      x.answers({ status: 204 }, { status: 204 })
      await call(client, { user: bob })
      await call(client)
      expectSigned(x.requests[0], { ...app, ...bob })
      expectSigned(x.requests[1], owner)
    })

    test.each(userVerbs)('is required before %s is sent', async (_, call) => {
      const failure = call(create(app))
      await expect(failure).rejects.toThrow(TypeError)
      await expect(failure).rejects.toThrow(/^This call needs a user\. Pass \{ user: /)
      expect(x.requests).toEqual([])
    })

    test.each(userVerbs)('is refused with an OAuth 2.0 token: %s', async (_, call) => {
      const failure = call(create(patientOptions()), { user: { bearerToken: 'AAAAuser' } as never })
      await expect(failure).rejects.toThrow(TypeError)
      await expect(failure).rejects.toThrow(/^Version 1\.1 does not accept an OAuth 2\.0 token of a user\. Pass /)
      expect(x.requests).toEqual([])
    })

    test('is refused with an OAuth 2.0 token when the client is created', () => {
      const createWithUser = () => create({ ...app, user: { bearerToken: 'AAAAuser' } as never })
      expect(createWithUser).toThrow(TypeError)
      expect(createWithUser).toThrow(/^Version 1\.1 does not accept an OAuth 2\.0 token of a user\. Pass /)
      expect(createWithUser).not.toThrow(/AAAAuser/)
    })

    test('can also have an OAuth 2.0 token, which is ignored', async () => {
      const both = { ...bob, bearerToken: 'AAAAuser' as never }
      x.answers({ status: 204 })
      await create({ ...patientOptions(), user: both }).subscriptions.create(id)
      expectSigned(x.requests[0], { ...app, ...bob })
    })

    test.each([
      ['null', null, TypeError],
      ['a string', 'bob', TypeError],
      ['a token without its secret', { accessToken: 'token' }, TypeError],
      ['an empty token', { ...bob, accessToken: '' }, RangeError],
      ['a secret without its token', { accessTokenSecret: 'secret' }, TypeError],
    ])('is refused before anything is sent: %s', async (_, user, Expected) => {
      const failure = create(patientOptions()).subscriptions.create(id, { user: user as typeof bob })
      await expect(failure).rejects.toThrow(Expected)
      expect(x.requests).toEqual([])
    })
  })

  describe('retries', () => {
    const repeatable: readonly (readonly [string, (client: LegacyClient) => Promise<unknown>])[] = [
      ['webhooks.validate', (client) => client.webhooks.validate(id)],
      ['webhooks.delete', (client) => client.webhooks.delete(id)],
      ['subscriptions.create', (client) => client.subscriptions.create(id)],
      ['subscriptions.check', (client) => client.subscriptions.check(id)],
      ['subscriptions.delete', (client) => client.subscriptions.delete(id, '1')],
      ['subscriptions.deleteOwn', (client) => client.subscriptions.deleteOwn(id)],
    ]

    test.each(repeatable)('%s after a 429, a 5xx and a lost connection', async (_, call) => {
      const { waits, ...options } = patientOptions()
      x.answers({ status: 429 }, { status: 502, text: '<html></html>' }, { network: 'lost' }, { status: 204 })
      await call(create(options))
      expect(waits).toEqual([250, 500, 1000])
    })

    test('not webhooks.create, because that could create two webhooks', async () => {
      const client = create(patientOptions())
      const register = () => client.webhooks.create('https://example.com/hook')
      x.answers({ status: 503 })
      await expect(register()).rejects.toMatchObject({ reason: 'ServerError' })
      x.answers({ network: 'lost' })
      await expect(register()).rejects.toMatchObject({ reason: 'network', attempts: 1 })
    })

    test.each<readonly [string, (client: LegacyClient) => Promise<unknown>, Script]>([
      [
        'a duplicate subscription',
        (client) => client.subscriptions.create(id),
        refusal(409, 355, 'Subscription already exists.'),
      ],
      [
        'a subscription that is deleted already',
        (client) => client.subscriptions.delete(id, '1'),
        refusal(404, 34, 'Sorry, that page does not exist.'),
      ],
      [
        'an own subscription that is deleted already',
        (client) => client.subscriptions.deleteOwn(id),
        refusal(404, 34, 'Sorry, that page does not exist.'),
      ],
      [
        'a webhook that is deleted already',
        (client) => client.webhooks.delete(id),
        refusal(404, 34, 'Sorry, that page does not exist.'),
      ],
    ])('treats %s as success after a retry', async (_, call, refused) => {
      x.answers({ status: 504 }, refused)
      expect(await call(create(patientOptions()))).toBeUndefined()
      x.answers({ status: 429 }, refused)
      await expect(call(create(patientOptions()))).rejects.toMatchObject({ name: 'ApiError' })
      x.answers(refused)
      await expect(call(create(patientOptions()))).rejects.toMatchObject({ name: 'ApiError' })
    })
  })

  test('shows no secret, even if X echoes the request', async () => {
    const shown: string[] = []
    const fetch = async (request: Request) => {
      const echo = { header: request.headers.get('authorization'), ...secrets }
      return Response.json({ errors: [{ code: 32, message: JSON.stringify(echo) }] }, { status: 403 })
    }
    const client = create({ ...patientOptions(), fetch: fetchOf(fetch) })
    for (const call of [() => client.webhooks.create('https://example.com/hook'), () => client.webhooks.list()]) {
      const error: unknown = await call().catch((thrown) => thrown)
      expect(error).toMatchObject({ name: 'ApiError', platformCodes: [32] })
      shown.push(inspect(error, { depth: 10, showHidden: true }), JSON.stringify(error), String(error))
    }
    shown.push(inspect(client, { depth: 10, showHidden: true }))
    for (const text of shown) for (const secret of Object.values(secrets)) expect(text).not.toContain(secret)
  })
})
