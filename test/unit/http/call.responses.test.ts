import { gzipSync } from 'node:zlib'
import { describe, expect, test, vi } from 'vitest'
import { createClient } from '../../../src/client/create-client.ts'
import { patientOptions } from '../../support/x-api.ts'

const url = 'https://example.com/hook'

function setup(fetch: () => Promise<Response>, more = {}) {
  const send = vi.fn(fetch)
  const { waits, ...options } = patientOptions()
  return { send, waits, client: createClient({ ...options, ...more, fetch: send }) }
}

describe('the option maxResponseBytes', () => {
  test('is the limit for a success, with an error that names the option', async () => {
    const body = JSON.stringify({ data: [], padding: 'x'.repeat(100) })
    const { client } = setup(async () => new Response(body), { maxResponseBytes: body.length })
    expect(await client.webhooks.list()).toEqual([])
    const { client: stricter, send } = setup(async () => new Response(body), { maxResponseBytes: body.length - 1 })
    await expect(stricter.webhooks.list()).rejects.toMatchObject({
      name: 'ResponseError',
      message: expect.stringContaining('"maxResponseBytes"'),
    })
    expect(send).toHaveBeenCalledTimes(1)
  })

  test('keeps the beginning of the body of an error', async () => {
    const { client } = setup(async () => new Response('not found '.repeat(1_000), { status: 404 }), {
      maxResponseBytes: 2_000,
    })
    await expect(client.webhooks.list()).rejects.toMatchObject({
      name: 'ApiError',
      reason: 'NotFound',
      body: expect.stringMatching(/^not found /),
    })
  })

  test('shows no part of a secret at the end of a body that is cut', async () => {
    const { bearerToken } = patientOptions()
    for (let length = 1; length < bearerToken.length; length += 1) {
      const text = `${'x'.repeat(1_000)}${bearerToken}`
      const { client } = setup(async () => new Response(text, { status: 404 }), { maxResponseBytes: 1_000 + length })
      const error: { body?: string } = await client.webhooks.list().catch((thrown) => thrown)
      expect(error.body).not.toContain('xA')
    }
  })

  test('counts the bytes after decompression', async () => {
    const packed = gzipSync('x'.repeat(1_000_000))
    const { client } = setup(
      async () => new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))),
      { maxResponseBytes: 10_000 },
    )
    await expect(client.webhooks.list()).rejects.toMatchObject({ name: 'ResponseError' })
  })

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])('refuses %s', (maxResponseBytes) => {
    expect(() => createClient({ ...patientOptions(), maxResponseBytes })).toThrow(RangeError)
  })
})

describe('a call', () => {
  test('reports Response.error() as a failure of the network', async () => {
    const { client, send } = setup(async () => Response.error(), { retry: 1 })
    await expect(client.webhooks.list()).rejects.toMatchObject({ name: 'TransportError', reason: 'network' })
    expect(send).toHaveBeenCalledTimes(2)
  })

  test('is not retried if the certificate of the server is not accepted', async () => {
    const cause = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    const { client, send } = setup(() => Promise.reject(new TypeError('fetch failed', { cause })))
    await expect(client.webhooks.list()).rejects.toMatchObject({ message: expect.stringContaining('certificate') })
    expect(send).toHaveBeenCalledTimes(1)
  })

  test('is not retried if the cap of the plan is used up', async () => {
    const type = 'https://api.x.com/2/problems/usage-capped'
    const { client, send } = setup(async () => Response.json({ title: 'UsageCapExceeded', type }, { status: 429 }))
    await expect(client.webhooks.list()).rejects.toMatchObject({ reason: 'RateLimited', limitedBy: 'usage_cap' })
    expect(send).toHaveBeenCalledTimes(1)
  })

  test.each([
    ['a lost connection', () => Promise.reject(new TypeError('fetch failed'))],
    ['a 502', async () => new Response('<html></html>', { status: 502 })],
    ['a success that cannot be read', async () => new Response('<html></html>')],
  ])('that creates something says what to do after %s', async (_, fetch) => {
    const { client } = setup(fetch)
    await expect(client.webhooks.create(url)).rejects.toMatchObject({
      message: expect.stringMatching(/may have been carried out: list the webhooks/),
    })
    await expect(client.replay.create('1', { from: '202611211000', to: '202611211130' })).rejects.toMatchObject({
      message: expect.stringMatching(/may have been carried out: wait for a replay_job_status event/),
    })
  })

  test('rejects with a documented error for a body of millions of wrong entries', async () => {
    const { client } = setup(async () => new Response(`{"data":[${'0,'.repeat(2_000_000)}0]}`))
    const error: { message: string; issues?: unknown[] } = await client.webhooks.list().catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'ResponseError', issues: [{ path: ['data', 0] }] })
    expect(error.message.length).toBeLessThanOrEqual(1_000)
  })
})

describe('the id of the request at X', () => {
  const id = '5a3e7c0d1f2b4a69'
  const headers = { 'x-transaction-id': id, 'x-access-level': 'read-write' }
  const lost = () => Promise.reject(new TypeError('fetch failed'))
  /** A response whose body breaks off. */
  const cutOff = async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"data":'))
        controller.error(new TypeError('terminated'))
      },
    })
    return new Response(body, { headers })
  }
  /** A response whose body never ends. */
  const stalled = async () => new Response(new ReadableStream(), { headers })
  const failureOf = async (run: Promise<unknown>) =>
    run.then(
      () => undefined,
      (error) => error,
    )

  test('is in a ResponseError, with the attempts and the access level', async () => {
    const answers = [lost, async () => new Response('<html></html>', { headers })]
    const { client } = setup(() => (answers.shift() ?? lost)())
    const error = await failureOf(client.webhooks.list())
    expect(error).toMatchObject({ name: 'ResponseError', attempts: 2, transactionId: id, accessLevel: 'read-write' })
  })

  test.each([
    ['breaks off', cutOff, 'network', {}],
    ['does not end', stalled, 'timeout', { timeoutMs: 5 }],
  ] as const)('is in a TransportError and in the hooks if the response %s', async (_, fetch, reason, more) => {
    const onResponse = vi.fn()
    const { client } = setup(fetch, { retry: false, hooks: { onResponse }, ...more })
    const error = await failureOf(client.webhooks.list())
    expect(error).toMatchObject({ name: 'TransportError', reason, attempts: 1, transactionId: id })
    const report = { outcome: reason, transactionId: id, accessLevel: 'read-write' }
    expect(onResponse).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(report))
  })

  test('is in a TransportError if the signal aborts while the body arrives', async () => {
    const controller = new AbortController()
    const { client } = setup(async () => {
      setImmediate(() => controller.abort())
      return stalled()
    })
    const error = await failureOf(client.webhooks.list({ signal: controller.signal }))
    expect(error).toMatchObject({ name: 'TransportError', reason: 'aborted', transactionId: id })
  })

  test('is that of the last response, if a later attempt got none', async () => {
    const unavailable = (name: string) => async () =>
      new Response('', { status: 503, headers: { 'x-transaction-id': name } })
    const answers = [unavailable('aa'), unavailable('bb'), lost]
    const { client } = setup(() => (answers.shift() ?? lost)(), { retry: 2 })
    const error = await failureOf(client.webhooks.list())
    expect(error).toMatchObject({ name: 'TransportError', attempts: 3, transactionId: 'bb' })
  })

  test('is absent if no response began, or if it does not have the form of X', async () => {
    const { client } = setup(lost, { retry: false })
    const error = await failureOf(client.webhooks.list())
    expect(error).toMatchObject({ name: 'TransportError' })
    expect(error).not.toHaveProperty('transactionId')
    const echoed = { headers: { 'x-transaction-id': 'Bearer secret' } }
    const { client: other } = setup(async () => new Response('no JSON', echoed), { retry: false })
    expect(await failureOf(other.webhooks.list())).not.toHaveProperty('transactionId')
  })
})
