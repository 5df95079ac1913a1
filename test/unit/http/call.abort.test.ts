import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ClientOptions } from '../../../src/client/client-options.ts'
import { createClient } from '../../../src/client/create-client.ts'
import type { TransportError } from '../../../src/errors/transport-error.ts'
import { alice } from '../../support/x-api.ts'

// Timeouts and signals at every point of a call. No network is used: each test has its own `fetch`.

const app = { consumerKey: 'consumer-key', consumerSecret: 'consumer-secret' }
const listed = () => Response.json({ data: [] })
const never = () => new Promise<never>(() => undefined)

/** A response whose body begins but never ends. */
function endless(): Response {
  return new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{"data"')) }))
}

/** Like the global `fetch`, it rejects when the signal of its request is aborted. */
function rejectingOnAbort(respond: () => Promise<Response>) {
  return (_url: string, { signal }: RequestInit) =>
    new Promise<Response>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason))
      respond().then(resolve, reject)
    })
}

function setup(fetch: ClientOptions['fetch'] & {}, more: Partial<ClientOptions> = {}) {
  const sent = vi.fn(fetch)
  return { sent, client: createClient({ ...app, bearerToken: 'bearer-token', user: alice, fetch: sent, ...more }) }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

async function failureOf(call: Promise<unknown>): Promise<TransportError> {
  return call.then(
    () => expect.fail('the call succeeded'),
    (error: TransportError) => error,
  )
}

/** Runs everything that does not wait for a timer. */
const runPending = () => vi.advanceTimersByTimeAsync(0)

describe('a signal', () => {
  let controller: AbortController
  let signal: AbortSignal

  beforeEach(() => {
    controller = new AbortController()
    signal = controller.signal
  })

  afterEach(() => {
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  const aborted = { name: 'TransportError', reason: 'aborted' }

  test('that is aborted already prevents every request', async () => {
    const { client, sent } = setup(async () => listed())
    controller.abort()
    expect(await failureOf(client.webhooks.list({ signal }))).toMatchObject({ ...aborted, attempts: 0 })
    expect(await failureOf(client.subscriptions.create('1', { signal }))).toMatchObject({ ...aborted, attempts: 0 })
    expect(sent).not.toHaveBeenCalled()
  })

  test.each([
    ['while X does not respond', () => never()],
    ['while X does not respond, with a fetch that uses the signal', rejectingOnAbort(never)],
    ['while the body is read', async () => endless()],
  ])('aborts a call %s', async (_, fetch) => {
    const { client, sent } = setup(fetch)
    const failure = failureOf(client.webhooks.list({ signal }))
    await runPending()
    controller.abort(new Error('the user left'))
    expect(await failure).toMatchObject({ ...aborted, attempts: 1, cause: { message: 'the user left' } })
    expect(sent).toHaveBeenCalledOnce()
  })

  test('is passed on to the request', async () => {
    const { client, sent } = setup(never)
    const failure = failureOf(client.webhooks.list({ signal }))
    await runPending()
    expect(sent.mock.calls[0]?.[1].signal?.aborted).toBe(false)
    controller.abort()
    await failure
    expect(sent.mock.calls[0]?.[1].signal?.aborted).toBe(true)
  })

  test.each([
    ['with a timer', {}],
    ['with a sleep that ignores the signal', { retry: { sleep: never } }],
  ])('aborts a call between two attempts, %s', async (_, more) => {
    const { client, sent } = setup(async () => new Response('', { status: 503 }), more)
    const failure = failureOf(client.webhooks.list({ signal }))
    await runPending()
    controller.abort()
    expect(await failure).toMatchObject({ ...aborted, attempts: 1 })
    expect(sent).toHaveBeenCalledOnce()
  })

  test('of one call does not affect another call that waits for the same bearer token', async () => {
    let respond: (response: Response) => void = () => undefined
    const token = new Promise<Response>((resolve) => {
      respond = resolve
    })
    const fetch = vi.fn((url: string) => (url.endsWith('/oauth2/token') ? token : Promise.resolve(listed())))
    const client = createClient({ ...app, fetch })
    const abortedCall = failureOf(client.webhooks.list({ signal }))
    const otherCall = client.webhooks.list()
    await runPending()
    controller.abort()
    expect(await abortedCall).toMatchObject({ ...aborted, attempts: 0 })
    respond(Response.json({ token_type: 'bearer', access_token: 'AAAA' }))
    expect(await otherCall).toEqual([])
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  test('that is never aborted has no listeners after a successful call', async () => {
    const { client } = setup(async () => listed())
    for (let call = 0; call < 20; call++) await client.webhooks.list({ signal })
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

describe('timeoutMs', () => {
  test.each([
    ['while X does not respond', () => never()],
    ['while X does not respond, with a fetch that uses the signal', rejectingOnAbort(never)],
    ['while the body is read', async () => endless()],
  ])('ends an attempt %s', async (_, fetch) => {
    const { client } = setup(fetch, { retry: false, timeoutMs: 2000 })
    const settled = vi.fn()
    const failure = failureOf(client.webhooks.list()).finally(settled)
    await vi.advanceTimersByTimeAsync(1999)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(await failure).toMatchObject({
      name: 'TransportError',
      reason: 'timeout',
      attempts: 1,
      message:
        'The call webhooks.list failed: api.x.com did not respond to GET /2/webhooks within 2000 ms (1 attempt). Check the connection, or increase the option "timeoutMs".',
    })
  })

  test('is ten seconds by default', async () => {
    const { client } = setup(never, { retry: false })
    const failure = failureOf(client.webhooks.list())
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await failure).toMatchObject({ message: expect.stringContaining('10000 ms') })
  })

  test('applies to each attempt', async () => {
    const { client, sent } = setup(never, { timeoutMs: 1000, retry: { limit: 2, random: () => 0 } })
    const failure = failureOf(client.webhooks.list())
    await vi.advanceTimersByTimeAsync(3000)
    expect(await failure).toMatchObject({ reason: 'timeout', attempts: 3 })
    expect(sent).toHaveBeenCalledTimes(3)
  })

  test('is not followed by a retry if the call is not safe to repeat', async () => {
    const { client, sent } = setup(never, { timeoutMs: 1000 })
    const failure = failureOf(client.webhooks.create('https://example.com/hook'))
    await vi.advanceTimersByTimeAsync(1000)
    expect(await failure).toMatchObject({ reason: 'timeout', attempts: 1 })
    expect(sent).toHaveBeenCalledOnce()
  })

  test('and a signal: the first one determines the reason', async () => {
    const { client } = setup(never, { timeoutMs: 1000, retry: false })
    const controller = new AbortController()
    const first = failureOf(client.webhooks.list({ signal: controller.signal }))
    await vi.advanceTimersByTimeAsync(999)
    controller.abort()
    expect(await first).toMatchObject({ reason: 'aborted' })

    const { signal } = new AbortController()
    const second = failureOf(client.webhooks.list({ signal }))
    await vi.advanceTimersByTimeAsync(1000)
    expect(await second).toMatchObject({ reason: 'timeout' })
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

describe('the wait before a retry', () => {
  test('takes the planned time', async () => {
    const responses = [new Response('', { status: 503 }), listed()]
    const { client, sent } = setup(async () => responses.shift() ?? listed(), { retry: { random: () => 0.5 } })
    const call = client.webhooks.list()
    await vi.advanceTimersByTimeAsync(249)
    expect(sent).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(1)
    expect(await call).toEqual([])
  })
})
