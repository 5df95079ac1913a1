import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ClientOptions } from '../../../src/client/client-options.ts'
import { createClient } from '../../../src/client/create-client.ts'
import type { TransportError } from '../../../src/errors/transport-error.ts'
import { alice } from '../../support/x-api.ts'

// Time-outs and signals, at every point of a call. Nothing is on the network here: `fetch` is made up.

const app = { consumerKey: 'consumer-key', consumerSecret: 'consumer-secret' }
const listed = () => Response.json({ data: [] })
const never = () => new Promise<never>(() => undefined)

/** A response whose body begins, and never ends. */
function endless(): Response {
  return new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{"data"')) }))
}

/** As the real one: it rejects when the signal of its request fires. */
function heeding(answer: () => Promise<Response>) {
  return (request: Request) =>
    new Promise<Response>((resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason))
      answer().then(resolve, reject)
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

/** Lets everything happen that needs no time. */
const settle = () => vi.advanceTimersByTimeAsync(0)

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

  test('that has fired already lets nothing out', async () => {
    const { client, sent } = setup(async () => listed())
    controller.abort()
    expect(await failureOf(client.webhooks.list({ signal }))).toMatchObject({ ...aborted, attempts: 0 })
    expect(await failureOf(client.subscriptions.create('1', { signal }))).toMatchObject({ ...aborted, attempts: 0 })
    expect(sent).not.toHaveBeenCalled()
  })

  test.each([
    ['while X is silent', () => never()],
    ['while X is silent, and fetch knows the signal', heeding(never)],
    ['while the answer is read', async () => endless()],
  ])('ends a call %s', async (_, fetch) => {
    const { client, sent } = setup(fetch)
    const failure = failureOf(client.webhooks.list({ signal }))
    await settle()
    controller.abort(new Error('the user left'))
    expect(await failure).toMatchObject({ ...aborted, attempts: 1, cause: { message: 'the user left' } })
    expect(sent).toHaveBeenCalledOnce()
  })

  test('reaches the request itself', async () => {
    const { client, sent } = setup(never)
    const failure = failureOf(client.webhooks.list({ signal }))
    await settle()
    expect(sent.mock.calls[0]?.[0].signal.aborted).toBe(false)
    controller.abort()
    await failure
    expect(sent.mock.calls[0]?.[0].signal.aborted).toBe(true)
  })

  test.each([
    ['with a timer', {}],
    ['with a sleep that does not know the signal', { retry: { sleep: never } }],
  ])('ends a call between two attempts, %s', async (_, more) => {
    const { client, sent } = setup(async () => new Response('', { status: 503 }), more)
    const failure = failureOf(client.webhooks.list({ signal }))
    await settle()
    controller.abort()
    expect(await failure).toMatchObject({ ...aborted, attempts: 1 })
    expect(sent).toHaveBeenCalledOnce()
  })

  test('of one call does not take the bearer token from another', async () => {
    let answer: (response: Response) => void = () => undefined
    const token = new Promise<Response>((resolve) => {
      answer = resolve
    })
    const fetch = vi.fn((request: Request) =>
      request.url.endsWith('/oauth2/token') ? token : Promise.resolve(listed()),
    )
    const client = createClient({ ...app, fetch })
    const left = failureOf(client.webhooks.list({ signal }))
    const stayed = client.webhooks.list()
    await settle()
    controller.abort()
    expect(await left).toMatchObject({ ...aborted, attempts: 0 })
    answer(Response.json({ token_type: 'bearer', access_token: 'AAAA' }))
    expect(await stayed).toEqual([])
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  test('that never fires keeps no listener of a call that went well', async () => {
    const { client } = setup(async () => listed())
    for (let call = 0; call < 20; call++) await client.webhooks.list({ signal })
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

describe('timeoutMs', () => {
  test.each([
    ['while X is silent', () => never()],
    ['while X is silent, and fetch knows the signal', heeding(never)],
    ['while the answer is read', async () => endless()],
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
      message: 'webhooks.list failed: no answer within 2000 ms (1 attempt)',
    })
  })

  test('is ten seconds unless set', async () => {
    const { client } = setup(never, { retry: false })
    const failure = failureOf(client.webhooks.list())
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await failure).toMatchObject({ message: expect.stringContaining('10000 ms') })
  })

  test('counts for each attempt', async () => {
    const { client, sent } = setup(never, { timeoutMs: 1000, retry: { limit: 2, random: () => 0 } })
    const failure = failureOf(client.webhooks.list())
    await vi.advanceTimersByTimeAsync(3000)
    expect(await failure).toMatchObject({ reason: 'timeout', attempts: 3 })
    expect(sent).toHaveBeenCalledTimes(3)
  })

  test('ends a call that must not happen twice', async () => {
    const { client, sent } = setup(never, { timeoutMs: 1000 })
    const failure = failureOf(client.webhooks.create('https://example.com/hook'))
    await vi.advanceTimersByTimeAsync(1000)
    expect(await failure).toMatchObject({ reason: 'timeout', attempts: 1 })
    expect(sent).toHaveBeenCalledOnce()
  })

  test('and a signal: the one that fires first decides', async () => {
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

describe('waits', () => {
  test('are as long as they say', async () => {
    const answers = [new Response('', { status: 503 }), listed()]
    const { client, sent } = setup(async () => answers.shift() ?? listed(), { retry: { random: () => 0.5 } })
    const call = client.webhooks.list()
    await vi.advanceTimersByTimeAsync(249)
    expect(sent).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(1)
    expect(await call).toEqual([])
  })
})
