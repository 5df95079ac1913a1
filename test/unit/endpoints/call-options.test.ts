import { describe, expect, test } from 'vitest'
import { createClient } from '../../../src/client/create-client.ts'
import { createEnterpriseClient } from '../../../src/client/create-enterprise-client.ts'
import { type CallOptions, readCallOptions } from '../../../src/endpoints/call-options.ts'
import { alice, mockXApi, patientOptions, secrets } from '../../support/x-api.ts'

const x = mockXApi()
const id = '1146654567674912769'

describe('an option that the call does not have', () => {
  const client = createClient(patientOptions())
  const enterprise = createEnterpriseClient(patientOptions())

  test.each<readonly [string, (options: object) => Promise<unknown>]>([
    ['v2 create', (options) => client.subscriptions.create(id, options)],
    ['v2 check', (options) => client.subscriptions.check(id, options)],
    ['v2 ensure', (options) => client.subscriptions.ensure(id, options)],
    ['v1.1 create', (options) => enterprise.subscriptions.create(id, options)],
    ['v1.1 check', (options) => enterprise.subscriptions.check(id, options)],
    ['v1.1 deleteOwn', (options) => enterprise.subscriptions.deleteOwn(id, options)],
  ])('is refused if it is a credential: %s', async (_, call) => {
    await expect(call(alice)).rejects.toThrow(
      new TypeError(
        '"accessToken" is not an option of this call. Pass the credentials in the option "user": { user: { accessToken, … } }.',
      ),
    )
    await expect(call({ bearerToken: 'AAAA' })).rejects.toThrow(/"user"/)
    expect(x.requests).toEqual([])
  })

  /** As objects of database libraries have their members. */
  class StoredUser {
    get accessToken() {
      return alice.accessToken
    }
    get accessTokenSecret() {
      return alice.accessTokenSecret
    }
  }

  test.each<readonly [string, object]>([
    ['a getter of a class', new StoredUser()],
    ['inherited', Object.create(alice)],
    ['not enumerable', Object.defineProperty({}, 'accessToken', { value: alice.accessToken })],
  ])('is refused if it is a credential that is %s', async (_, options) => {
    await expect(client.subscriptions.create(id, options)).rejects.toThrow(/"accessToken" is not an option/)
    await expect(enterprise.subscriptions.create(id, options)).rejects.toThrow(/"accessToken" is not an option/)
    await expect(client.webhooks.list(options)).rejects.toThrow(/"accessToken" is not an option/)
    expect(x.requests).toEqual([])
  })

  test.each<readonly [string, object, string]>([
    ['a user of an app-only call', { user: alice }, '"user" is not an option of this call. '],
    ['a misspelled option', { timeout: 1 }, '"timeout" is not an option of this call. '],
    ['a secret as a name', { [secrets.consumerSecret]: 1 }, 'One of the given options is not an option of this call. '],
  ])('is refused: %s', async (_, options, message) => {
    const names = 'Its options are "signal", "timeoutMs", "retry", "headers".'
    await expect(client.webhooks.list(options)).rejects.toThrow(new TypeError(message + names))
    expect(x.requests).toEqual([])
  })

  test('is accepted if it is undefined', async () => {
    x.answers({ json: { data: [] } })
    expect(await client.webhooks.list({ user: undefined } as CallOptions)).toEqual([])
  })
})

describe('timeoutMs', () => {
  test('of the call replaces that of the client', async () => {
    x.answers({ network: 'never' })
    const call = createClient(patientOptions()).webhooks.list({ timeoutMs: 20, retry: false })
    await expect(call).rejects.toMatchObject({ reason: 'timeout', message: expect.stringContaining('within 20 ms') })
  })

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])('refuses %s', (timeoutMs) => {
    expect(() => readCallOptions({ timeoutMs })).toThrow(RangeError)
  })

  test.each([1, 2 ** 31 - 1])('accepts %s', (timeoutMs) => {
    expect(readCallOptions({ timeoutMs })).toMatchObject({ timeoutMs })
  })
})

describe('retry', () => {
  test('of the call replaces that of the client, which keeps its other settings', async () => {
    const { waits, ...options } = patientOptions()
    const client = createClient(options)
    x.answers({ status: 503 })
    await expect(client.webhooks.list({ retry: false })).rejects.toMatchObject({ status: 503, attempts: 1 })
    x.answers({ status: 503 }, { status: 503 })
    await expect(client.webhooks.list({ retry: 1 })).rejects.toMatchObject({ status: 503, attempts: 2 })
    x.answers({ status: 503 }, { json: { data: [] } })
    await client.webhooks.list({ retry: { baseMs: 100 } })
    expect(waits).toEqual([250, 50])
  })

  test.each([
    [{ limit: -1 }, RangeError],
    ['3', TypeError],
  ])('refuses %j', async (retry, Expected) => {
    const call = createClient(patientOptions()).webhooks.list({ retry: retry as never })
    await expect(call).rejects.toThrow(Expected)
  })
})

describe('headers', () => {
  test('are sent in addition, and are not shown in errors', async () => {
    const sent: Headers[] = []
    const fetch = async (_: string, { headers }: RequestInit) => {
      sent.push(new Headers(headers))
      return Response.json({ errors: [{ message: 'Got proxy-key-1' }] }, { status: 400 })
    }
    const client = createClient({ ...patientOptions(), fetch })
    const call = client.webhooks.list({ headers: { 'X-Proxy-Key': 'proxy-key-1', Accept: 'text/plain' } })
    await expect(call).rejects.toThrow(/Got \[redacted\]/)
    expect(sent[0]?.get('x-proxy-key')).toBe('proxy-key-1')
    expect(sent[0]?.get('accept')).toBe('text/plain')
    expect(sent[0]?.get('authorization')).toBe(`Bearer ${secrets.bearerToken}`)
  })

  test.each<readonly [string, unknown, typeof TypeError | typeof RangeError]>([
    ['Authorization', { Authorization: 'Bearer other' }, RangeError],
    ['content-type', { 'content-type': 'text/plain' }, RangeError],
    ['a line break', { 'x-a': 'a\r\nb: c' }, RangeError],
    ['a name with a space', { 'x a': 'a' }, RangeError],
    ['a number', { 'x-a': 1 }, TypeError],
    ['Headers, whose fields cannot be listed', new Headers({ 'x-a': 'a' }), TypeError],
    ['entries', [['x-a', 'a']], TypeError],
  ])('refuses %s', (_, headers, Expected) => {
    expect(() => readCallOptions({ headers: headers as Record<string, string> })).toThrow(Expected)
  })
})
