import { describe, expect, test } from 'vitest'
import { createClient } from '../../../src/client/create-client.ts'
import { mockXApi, patientOptions, refusal, type Script } from '../../support/x-api.ts'

const x = mockXApi()
const id = '1146654567674912769'
const hook = { id, url: 'https://example.com/hook', valid: true }
const listed: Script = { json: { data: [hook] } }
const window = { from: '202611211000', to: '202611211130' }

function setup(more: Partial<Parameters<typeof createClient>[0]> = {}) {
  const { waits, ...options } = patientOptions()
  return { waits, client: createClient({ ...options, ...more }) }
}

describe('a call that is safe to repeat', () => {
  const reads = [
    ['webhooks.list', (c: ReturnType<typeof createClient>) => c.webhooks.list(), listed],
    ['webhooks.validate', (c: ReturnType<typeof createClient>) => c.webhooks.validate(id), { status: 204 }],
    ['webhooks.delete', (c: ReturnType<typeof createClient>) => c.webhooks.delete(id), { status: 204 }],
    ['subscriptions.create', (c: ReturnType<typeof createClient>) => c.subscriptions.create(id), { status: 204 }],
    ['subscriptions.check', (c: ReturnType<typeof createClient>) => c.subscriptions.check(id), { status: 204 }],
    ['subscriptions.delete', (c: ReturnType<typeof createClient>) => c.subscriptions.delete(id, '1'), { status: 204 }],
  ] as const

  test.each(reads)('%s is retried after a 429, a 5xx and a lost connection', async (_, call, success) => {
    const { client, waits } = setup()
    x.answers({ status: 429 }, { status: 502, text: '<html></html>' }, { network: 'lost' }, success)
    await call(client)
    expect(x.requests).toHaveLength(4)
    expect(waits).toEqual([250, 500, 1000])
  })

  test.each(reads)('%s fails after three retries', async (endpoint, call) => {
    const { client } = setup()
    x.answers({ status: 503 }, { status: 503 }, { status: 503 }, { status: 503, text: 'down' })
    await expect(call(client)).rejects.toMatchObject({ name: 'ApiError', endpoint, reason: 'ServerError', status: 503 })
    expect(x.requests).toHaveLength(4)
  })

  test.each([400, 403, 404, 409, 302])('is not retried after a %s', async (status) => {
    const { client, waits } = setup()
    x.answers({ status })
    await expect(client.webhooks.list()).rejects.toMatchObject({ name: 'ApiError', status })
    expect(waits).toEqual([])
  })

  test('has the number of attempts in its error', async () => {
    const { client } = setup()
    x.answers({ network: 'lost' }, { network: 'lost' }, { network: 'lost' }, { network: 'lost' })
    await expect(client.webhooks.list()).rejects.toMatchObject({
      name: 'TransportError',
      reason: 'network',
      attempts: 4,
      message: expect.stringContaining('the connection to api.x.com failed during GET /2/webhooks (4 attempts)'),
    })
  })

  test.each([false, 0, { limit: 0 }] as const)('is not retried with retry: %j', async (retry) => {
    const { client } = setup({ retry })
    x.answers({ status: 503 })
    await expect(client.webhooks.list()).rejects.toMatchObject({ reason: 'ServerError' })
  })

  test('has a new signature for each attempt', async () => {
    const { client } = setup()
    x.answers({ status: 503 }, { status: 204 })
    await client.subscriptions.create(id)
    const [first, second] = x.requests.map(({ authorization }) => /oauth_nonce="([^"]+)"/.exec(authorization)?.[1])
    expect(first).toBeTruthy()
    expect(second).toBeTruthy()
    expect(first).not.toBe(second)
  })
})

describe('a call that is not safe to repeat', () => {
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

  test.each(writes)('%s is retried after a 429, because X did not carry it out', async (_, call, success) => {
    const { client } = setup()
    x.answers({ status: 429 }, success)
    await call(client)
    expect(x.requests).toHaveLength(2)
  })

  test.each(writes)('%s is not retried after a 5xx', async (endpoint, call) => {
    const { client } = setup()
    x.answers({ status: 500, json: { title: 'Internal Server Error', detail: 'Something is broken', status: 500 } })
    await expect(call(client)).rejects.toMatchObject({ endpoint, reason: 'ServerError' })
  })

  test.each(writes)('%s is not retried after a lost connection', async (_, call) => {
    const { client } = setup()
    x.answers({ network: 'lost' })
    await expect(call(client)).rejects.toMatchObject({ name: 'TransportError', reason: 'network', attempts: 1 })
  })
})

describe('a refusal because an earlier attempt succeeded', () => {
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

    test('counts as success after a second failure', async () => {
      const { client } = setup()
      x.answers({ status: 500 }, { status: 429 }, refusal(`${reason}: whatever`))
      expect(await call(client)).toBeUndefined()
    })

    test('is a failure for the first attempt', async () => {
      const { client } = setup()
      x.answers(refusal(`${reason}: whatever`))
      await expect(call(client)).rejects.toMatchObject({ endpoint, reason })
    })

    test('is a failure after a 429, because X did not carry out the request', async () => {
      const { client } = setup()
      x.answers({ status: 429 }, refusal(`${reason}: whatever`))
      await expect(call(client)).rejects.toMatchObject({ endpoint, reason })
    })
  })

  test('does not include other refusals', async () => {
    const { client } = setup()
    x.answers({ status: 500 }, refusal('SubscriptionLimitExceeded: 3 of 3'))
    await expect(client.subscriptions.create(id)).rejects.toMatchObject({ reason: 'SubscriptionLimitExceeded' })
  })
})

describe('a rate limit', () => {
  const now = Date.UTC(2026, 10, 21, 12)
  const resetIn = (seconds: number) => ({ 'x-rate-limit-reset': String(now / 1000 + seconds) })

  test('delays the retry until it resets', async () => {
    const { client, waits } = setup()
    x.answers({ status: 429, headers: resetIn(42) }, listed)
    await client.webhooks.list()
    expect(waits).toEqual([42_250])
  })

  test('that resets later than maxWaitMs fails the call immediately, with the reset time', async () => {
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
    ['in the past', -1],
    ['more than a minute after the window', 961],
  ])('that resets %s is handled like any other failure', async (_, seconds) => {
    const { client, waits } = setup()
    x.answers({ status: 429, headers: resetIn(seconds) }, listed)
    await client.webhooks.list()
    expect(waits).toEqual([250])
  })

  test('can also be the Retry-After of a 503', async () => {
    const { client, waits } = setup()
    x.answers({ status: 503, headers: { 'retry-after': '7' } }, listed)
    await client.webhooks.list()
    expect(waits).toEqual([7250])
  })

  test('fails the call immediately if the Retry-After of a 503 is later than maxWaitMs', async () => {
    const { client } = setup()
    x.answers({ status: 503, headers: { 'retry-after': '3600' } })
    await expect(client.webhooks.list()).rejects.toMatchObject({
      reason: 'ServerError',
      hint: 'Try again at 2026-11-21T13:00:00.000Z, the time that X gave.',
    })
  })
})
