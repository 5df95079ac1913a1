import { describe, expect, test, vi } from 'vitest'
import { createClient } from '../../../src/client/create-client.ts'
import { alice, mockXApi, patientOptions, refusal, type Script, secrets } from '../../support/x-api.ts'

// Retries, waits and the renewal of the bearer token.

const x = mockXApi()
const id = '1146654567674912769'
const hook = { id, url: 'https://example.com/hook', valid: true }
const listed: Script = { json: { data: [hook] } }
const window = { from: '202611211000', to: '202611211130' }
const token: Script = { json: { token_type: 'bearer', access_token: 'AAAAnew%2Ftoken' } }

function setup(more: Partial<Parameters<typeof createClient>[0]> = {}) {
  const { waits, ...options } = patientOptions()
  return { waits, client: createClient({ ...options, ...more }) }
}

describe('a call that may be repeated', () => {
  const reads = [
    ['webhooks.list', (c: ReturnType<typeof createClient>) => c.webhooks.list(), listed],
    ['webhooks.validate', (c: ReturnType<typeof createClient>) => c.webhooks.validate(id), { status: 204 }],
    ['webhooks.delete', (c: ReturnType<typeof createClient>) => c.webhooks.delete(id), { status: 204 }],
    ['subscriptions.create', (c: ReturnType<typeof createClient>) => c.subscriptions.create(id), { status: 204 }],
    ['subscriptions.check', (c: ReturnType<typeof createClient>) => c.subscriptions.check(id), { status: 204 }],
    ['subscriptions.delete', (c: ReturnType<typeof createClient>) => c.subscriptions.delete(id, '1'), { status: 204 }],
  ] as const

  test.each(reads)('%s is repeated after a 429, a 5xx and a lost connection', async (_, call, success) => {
    const { client, waits } = setup()
    x.answers({ status: 429 }, { status: 502, text: '<html></html>' }, { network: 'lost' }, success)
    await call(client)
    expect(x.requests).toHaveLength(4)
    expect(waits).toEqual([250, 500, 1000])
  })

  test.each(reads)('%s is given up after three retries', async (endpoint, call) => {
    const { client } = setup()
    x.answers({ status: 503 }, { status: 503 }, { status: 503 }, { status: 503, text: 'down' })
    await expect(call(client)).rejects.toMatchObject({ name: 'ApiError', endpoint, reason: 'ServerError', status: 503 })
    expect(x.requests).toHaveLength(4)
  })

  test.each([400, 403, 404, 409, 302])('is not repeated after a %s', async (status) => {
    const { client, waits } = setup()
    x.answers({ status })
    await expect(client.webhooks.list()).rejects.toMatchObject({ name: 'ApiError', status })
    expect(waits).toEqual([])
  })

  test('tells how many attempts there were when the connection is lost for good', async () => {
    const { client } = setup()
    x.answers({ network: 'lost' }, { network: 'lost' }, { network: 'lost' }, { network: 'lost' })
    await expect(client.webhooks.list()).rejects.toMatchObject({
      name: 'TransportError',
      reason: 'network',
      attempts: 4,
      message: expect.stringContaining('webhooks.list failed'),
    })
  })

  test.each([false, 0, { limit: 0 }] as const)('is not repeated with retry: %j', async (retry) => {
    const { client } = setup({ retry })
    x.answers({ status: 503 })
    await expect(client.webhooks.list()).rejects.toMatchObject({ reason: 'ServerError' })
  })

  test('is signed anew each time', async () => {
    const { client } = setup()
    x.answers({ status: 503 }, { status: 204 })
    await client.subscriptions.create(id)
    const [first, second] = x.requests.map(({ authorization }) => /oauth_nonce="([^"]+)"/.exec(authorization)?.[1])
    expect(first).toBeTruthy()
    expect(second).toBeTruthy()
    expect(first).not.toBe(second)
  })
})

describe('a call that must not happen twice', () => {
  const writes = [
    [
      'webhooks.create',
      (c: ReturnType<typeof createClient>) => c.webhooks.create('https://example.com/hook'),
      { json: hook },
    ],
    [
      'replay.create',
      (c: ReturnType<typeof createClient>) => c.replay.create(id, window),
      { json: { job_id: '1', created_at: '2026-11-21T12:00:00.000Z' } },
    ],
  ] as const

  test.each(writes)('%s is repeated after a 429, which was not carried out', async (_, call, success) => {
    const { client } = setup()
    x.answers({ status: 429 }, success)
    await call(client)
    expect(x.requests).toHaveLength(2)
  })

  test.each(writes)('%s is not repeated after a 5xx', async (endpoint, call) => {
    const { client } = setup()
    x.answers({ status: 500, json: { title: 'Internal Server Error', detail: 'Something is broken', status: 500 } })
    await expect(call(client)).rejects.toMatchObject({ endpoint, reason: 'ServerError' })
  })

  test.each(writes)('%s is not repeated after a lost connection', async (_, call) => {
    const { client } = setup()
    x.answers({ network: 'lost' })
    await expect(call(client)).rejects.toMatchObject({ name: 'TransportError', reason: 'network', attempts: 1 })
  })
})

describe('a refusal that only our own retry earned', () => {
  const repeated = [
    [
      'subscriptions.create',
      'DuplicateSubscriptionFailed',
      (c: ReturnType<typeof createClient>) => c.subscriptions.create(id),
    ],
    [
      'subscriptions.delete',
      'SubscriptionNotFound',
      (c: ReturnType<typeof createClient>) => c.subscriptions.delete(id, '1'),
    ],
    ['webhooks.delete', 'WebhookIdInvalid', (c: ReturnType<typeof createClient>) => c.webhooks.delete(id)],
  ] as const

  describe.each(repeated)('%s: %s', (endpoint, reason, call) => {
    test.each<readonly [string, Script]>([
      ['a 5xx', { status: 504 }],
      ['a lost connection', { network: 'lost' }],
    ])('counts as success after %s', async (_, lost) => {
      const { client } = setup()
      x.answers(lost, refusal(`${reason}: whatever`))
      expect(await call(client)).toBeUndefined()
    })

    test('counts as success also when another failure came between', async () => {
      const { client } = setup()
      x.answers({ status: 500 }, { status: 429 }, refusal(`${reason}: whatever`))
      expect(await call(client)).toBeUndefined()
    })

    test('is a failure when it is the first answer', async () => {
      const { client } = setup()
      x.answers(refusal(`${reason}: whatever`))
      await expect(call(client)).rejects.toMatchObject({ endpoint, reason })
    })

    test('is a failure after a 429, which was not carried out', async () => {
      const { client } = setup()
      x.answers({ status: 429 }, refusal(`${reason}: whatever`))
      await expect(call(client)).rejects.toMatchObject({ endpoint, reason })
    })
  })

  test('is not any other refusal', async () => {
    const { client } = setup()
    x.answers({ status: 500 }, refusal('SubscriptionLimitExceeded: 3 of 3'))
    await expect(client.subscriptions.create(id)).rejects.toMatchObject({ reason: 'SubscriptionLimitExceeded' })
  })
})

describe('a rate limit', () => {
  const now = Date.UTC(2026, 10, 21, 12)
  const resetIn = (seconds: number) => ({ 'x-rate-limit-reset': String(now / 1000 + seconds) })

  test('is waited out until it resets', async () => {
    const { client, waits } = setup()
    x.answers({ status: 429, headers: resetIn(42) }, listed)
    await client.webhooks.list()
    expect(waits).toEqual([42_250])
  })

  test('beyond the longest wait is an error at once, that names the reset time', async () => {
    const { client, waits } = setup()
    x.answers({ status: 429, headers: resetIn(61) })
    await expect(client.webhooks.list()).rejects.toMatchObject({
      reason: 'RateLimited',
      message: expect.stringContaining('2026-11-21T12:01:01.000Z'),
      rateLimit: { resetAt: new Date(now + 61_000) },
    })
    expect(waits).toEqual([])
  })

  test.each([
    ['past', -1],
    ['beyond the window', 901],
  ])('that resets in the %s is waited out as any other failure', async (_, seconds) => {
    const { client, waits } = setup()
    x.answers({ status: 429, headers: resetIn(seconds) }, listed)
    await client.webhooks.list()
    expect(waits).toEqual([250])
  })

  test('is honoured where a 503 says when to come again', async () => {
    const { client, waits } = setup()
    x.answers({ status: 503, headers: { 'retry-after': '7' } }, listed)
    await client.webhooks.list()
    expect(waits).toEqual([7250])
  })

  test('is not tried against where a 503 says to come again much later', async () => {
    const { client } = setup()
    x.answers({ status: 503, headers: { 'retry-after': '3600' } })
    await expect(client.webhooks.list()).rejects.toMatchObject({
      reason: 'ServerError',
      hint: 'X asks to try again at 2026-11-21T13:00:00.000Z',
    })
  })
})

describe('the bearer token', () => {
  const make = () => {
    const { bearerToken: _, waits: __, ...options } = patientOptions()
    return createClient(options)
  }
  const sent = () => x.requests.map(({ path, authorization }) => `${path} ${authorization.split(' ')[0]}`)

  test('is created when it is first needed, and kept', async () => {
    const client = make()
    expect(x.requests).toEqual([])
    x.answers(token, listed, listed)
    await client.webhooks.list()
    await client.webhooks.list()
    expect(sent()).toEqual(['/oauth2/token Basic', '/2/webhooks Bearer', '/2/webhooks Bearer'])
    expect(x.requests[1]?.authorization).toBe('Bearer AAAAnew%2Ftoken')
  })

  test('is not created for a call in user context', async () => {
    x.answers({ status: 204 })
    await make().subscriptions.create(id)
    expect(sent()).toEqual([expect.stringMatching(/ OAuth$/)])
  })

  test('is created once for calls at the same time', async () => {
    const client = make()
    x.answers(token, listed, listed, listed)
    await Promise.all([client.webhooks.list(), client.webhooks.list(), client.webhooks.list()])
    expect(sent().filter((line) => line.startsWith('/oauth2'))).toHaveLength(1)
  })

  test('whose creation failed is created by the next call', async () => {
    const client = make()
    x.answers(
      { status: 403, json: { errors: [{ code: 99, message: 'Unable to verify your credentials' }] } },
      token,
      listed,
    )
    await expect(client.webhooks.list()).rejects.toMatchObject({
      endpoint: 'oauth.createBearerToken',
      reason: 'Forbidden',
    })
    expect(await client.webhooks.list()).toHaveLength(1)
  })

  test('whose creation failed fails all calls that waited for it', async () => {
    const client = make()
    x.answers({ status: 403 })
    const outcomes = await Promise.allSettled([client.webhooks.list(), client.webhooks.list()])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  test.each(['created', 'given'])('that was %s is replaced once after a 401', async (kind) => {
    const client = kind === 'given' ? setup().client : make()
    if (kind === 'created') x.answers(token)
    x.answers({ status: 401 }, { json: { token_type: 'bearer', access_token: 'AAAAlatest' } }, listed)
    expect(await client.webhooks.list()).toHaveLength(1)
    expect(x.requests.at(-1)?.authorization).toBe('Bearer AAAAlatest')
  })

  test('is replaced also for a call that must not happen twice, and with retries off', async () => {
    const { client } = setup({ retry: false })
    x.answers({ status: 401 }, token, { json: hook })
    expect(await client.webhooks.create('https://example.com/hook')).toMatchObject({ id })
  })

  test('that is refused twice is an error', async () => {
    const { client } = setup()
    x.answers({ status: 401 }, token, { status: 401, json: { title: 'Unauthorized', status: 401 } })
    await expect(client.webhooks.list()).rejects.toMatchObject({
      name: 'ApiError',
      endpoint: 'webhooks.list',
      reason: 'Unauthorized',
    })
    expect(x.requests).toHaveLength(3)
  })

  test('that X will not replace leaves the first refusal standing', async () => {
    const { client } = setup()
    x.answers({ status: 401 }, { status: 403, json: { errors: [{ code: 99 }] } })
    await expect(client.webhooks.list()).rejects.toMatchObject({ endpoint: 'webhooks.list', reason: 'Unauthorized' })
  })

  test('that X cannot replace now is the failure of X', async () => {
    const { client } = setup({ retry: false })
    x.answers({ status: 401 }, { status: 503 })
    await expect(client.webhooks.list()).rejects.toMatchObject({
      endpoint: 'oauth.createBearerToken',
      reason: 'ServerError',
    })
  })

  test('is replaced once when several calls are refused, though X gives out the same one', async () => {
    const { client } = setup()
    const same: Script = { json: { token_type: 'bearer', access_token: secrets.bearerToken } }
    x.answers({ status: 401 }, { status: 401 }, { status: 401 }, same, listed, listed, listed)
    await Promise.all([client.webhooks.list(), client.webhooks.list(), client.webhooks.list()])
    expect(sent().filter((line) => line.startsWith('/oauth2'))).toHaveLength(1)
  })

  test.each([
    ['OAuth 1.0a', alice],
    ['OAuth 2.0', { bearerToken: 'AAAAuser' }],
  ])('is not what a refused user token of %s is replaced by', async (_, user) => {
    const { client } = setup()
    x.answers({ status: 401, json: { errors: [{ code: 89, message: 'Invalid or expired token.' }] } })
    await expect(client.subscriptions.check(id, { user })).rejects.toMatchObject({
      reason: 'Unauthorized',
      platformCodes: [89],
    })
    expect(x.requests).toHaveLength(1)
  })
})

describe('hooks', () => {
  test('are told of every request, without secrets', async () => {
    const events: unknown[] = []
    const log = (name: string) => (event: object) => void events.push({ name, ...event })
    const hooks = { onRequest: log('request'), onResponse: log('response'), onRetry: log('retry') }
    const { client } = setup({ hooks })
    x.answers({ status: 503 }, { network: 'lost' }, listed)
    await client.webhooks.list()
    const endpoint = 'webhooks.list'
    expect(events).toEqual([
      { name: 'request', endpoint, attempt: 1 },
      { name: 'response', endpoint, attempt: 1, outcome: 503, durationMs: 0 },
      { name: 'retry', endpoint, attempt: 1, outcome: 503, durationMs: 0, waitMs: 250 },
      { name: 'request', endpoint, attempt: 2 },
      { name: 'response', endpoint, attempt: 2, outcome: 'network', durationMs: 0 },
      { name: 'retry', endpoint, attempt: 2, outcome: 'network', durationMs: 0, waitMs: 500 },
      { name: 'request', endpoint, attempt: 3 },
      { name: 'response', endpoint, attempt: 3, outcome: 200, durationMs: 0 },
    ])
  })

  test('that throw or reject do no harm', async () => {
    const hooks = {
      onRequest: vi.fn(() => {
        throw new Error('log is full')
      }),
      onResponse: vi.fn(async () => Promise.reject(new Error('log is gone'))),
    }
    const { client } = setup({ hooks })
    x.answers(listed)
    expect(await client.webhooks.list()).toHaveLength(1)
    expect(hooks.onRequest).toHaveBeenCalledOnce()
    expect(hooks.onResponse).toHaveBeenCalledOnce()
  })

  test('may be methods of an object', async () => {
    class Counter {
      count = 0
      onRequest() {
        this.count += 1
      }
    }
    const counter = new Counter()
    const { client } = setup({ hooks: counter })
    x.answers(listed)
    await client.webhooks.list()
    expect(counter.count).toBe(1)
  })
})
