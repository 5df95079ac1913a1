import { readFile } from 'node:fs/promises'
import { describe, expect, test, vi } from 'vitest'
import { createClient } from '../../../src/client/create-client.ts'
import { defaultUserAgent } from '../../../src/http/transport.ts'
import { mockXApi, patientOptions, secrets } from '../../support/x-api.ts'

const x = mockXApi()
const listed = () => Response.json({ data: [] })

describe('fetch', () => {
  test('is called with the URL and the options of the request', async () => {
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => listed())
    const dispatcher = { name: 'a dispatcher of undici' }
    await createClient({ ...patientOptions(), fetch, fetchOptions: { dispatcher } }).webhooks.list()
    expect(fetch.mock.calls[0]).toEqual([
      'https://api.x.com/2/webhooks',
      {
        method: 'GET',
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${secrets.bearerToken}`,
          'user-agent': defaultUserAgent,
        },
        redirect: 'manual',
        signal: expect.any(AbortSignal),
        dispatcher,
      },
    ])
  })

  test('gets the body as text, and fetchOptions cannot replace what the client sets', async () => {
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json({ data: { subscribed: true } }))
    const fetchOptions = { method: 'GET', body: 'other', redirect: 'follow', headers: {} }
    await createClient({ ...patientOptions(), fetch, fetchOptions }).subscriptions.create('1')
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', body: '{}', redirect: 'manual' })
  })

  test.each([null, 'dispatcher', []])('is not given fetchOptions that are %j', (fetchOptions) => {
    expect(() => createClient({ ...patientOptions(), fetchOptions: fetchOptions as never })).toThrow(TypeError)
  })
})

describe('userAgent', () => {
  test('names this package and its version', async () => {
    const { name, version } = JSON.parse(await readFile('package.json', 'utf8'))
    expect(defaultUserAgent).toBe(`${name}/${version}`)
  })

  test('can be replaced', async () => {
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => listed())
    await createClient({ ...patientOptions(), fetch, userAgent: 'my-app/2.1 (ops@app.example)' }).webhooks.list()
    expect(fetch.mock.calls[0]?.[1].headers).toMatchObject({ 'user-agent': 'my-app/2.1 (ops@app.example)' })
  })

  test.each([
    ['', RangeError],
    ['a\r\nb', RangeError],
    ['ü', RangeError],
    [1, TypeError],
  ])('refuses %j', (userAgent, Expected) => {
    expect(() => createClient({ ...patientOptions(), userAgent: userAgent as string })).toThrow(Expected)
  })
})

describe('logger', () => {
  test('gets a line for each response, each retry, and each failed call, without secrets', async () => {
    const lines: string[] = []
    const log = (level: string) => (message: string) => void lines.push(`${level} ${message}`)
    const logger = { info: log('info'), warn: log('warn'), error: log('error') }
    const client = createClient({ ...patientOptions(), logger })
    x.answers(
      { status: 503 },
      { json: { data: [] }, headers: { 'x-transaction-id': '9f0c1c1b7d2e4a36' } },
      { status: 401, json: { title: 'Unauthorized', detail: secrets.bearerToken } },
      { status: 400, json: { error: 'no token' } },
    )
    await client.webhooks.list()
    await expect(client.webhooks.list({ retry: false })).rejects.toThrow()
    expect(lines.slice(0, 4)).toEqual([
      'info The call webhooks.list got HTTP 503 after 0 ms (attempt 1).',
      'warn The call webhooks.list is retried in 250 ms after HTTP 503 (attempt 1).',
      'info The call webhooks.list got HTTP 200 after 0 ms (attempt 2, transaction 9f0c1c1b7d2e4a36).',
      'info The call webhooks.list got HTTP 401 after 0 ms (attempt 1).',
    ])
    expect(lines.filter((line) => line.startsWith('error '))).not.toEqual([])
    for (const secret of Object.values(secrets)) expect(lines.join('\n')).not.toContain(secret)
  })

  test('that throws does not affect the call', async () => {
    const fail = () => {
      throw new Error('the disk is full')
    }
    x.answers({ json: { data: [] } })
    const client = createClient({ ...patientOptions(), logger: { info: fail, warn: fail, error: fail } })
    expect(await client.webhooks.list()).toEqual([])
  })

  test.each([null, {}, { info: () => {}, warn: () => {} }, 'console'])('is refused if it is %j', (logger) => {
    expect(() => createClient({ ...patientOptions(), logger: logger as never })).toThrow(TypeError)
  })

  test('can be console', () => {
    expect(() => createClient({ ...patientOptions(), logger: console })).not.toThrow()
  })
})

describe('what X says about a request', () => {
  const headers = { 'x-transaction-id': '9f0c1c1b7d2e4a36', 'x-access-level': 'read-write-directmessages' }
  const trace = { transactionId: '9f0c1c1b7d2e4a36', accessLevel: 'read-write-directmessages' }

  test('is in the error, with the number of attempts, and in the hooks', async () => {
    const onResponse = vi.fn()
    x.answers({ status: 503 }, { status: 403, headers })
    const client = createClient({ ...patientOptions(), hooks: { onResponse } })
    await expect(client.webhooks.list()).rejects.toMatchObject({ name: 'ApiError', attempts: 2, ...trace })
    expect(onResponse.mock.calls[0]?.[0]).not.toHaveProperty('transactionId')
    expect(onResponse.mock.calls[1]?.[0]).toMatchObject(trace)
  })

  test('is left out if it does not have the form of X: it could be an echoed secret', async () => {
    x.answers({ status: 403, headers: { 'x-transaction-id': secrets.bearerToken, 'x-access-level': 'Bearer x' } })
    const error: unknown = await createClient(patientOptions())
      .webhooks.list()
      .catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'ApiError', attempts: 1 })
    expect(error).not.toHaveProperty('transactionId')
    expect(error).not.toHaveProperty('accessLevel')
  })
})
