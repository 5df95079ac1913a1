import { createServer } from 'node:http'
import { describe, expect, it, vi } from 'vitest'
import { createForwarder, type ForwardResult, retrySchedules } from '../../../../src/cli/listen/create-forwarder.ts'
import type { ReceivedDelivery } from '../../../../src/cli/listen/create-listener.ts'
import { parseDelivery } from '../../../../src/entries/events.ts'
import { listen } from '../../../support/listen.ts'
import { envelopeOf } from '../../../support/x-activities.ts'

// Escaped as X escapes it, so that JSON written again has other bytes.
const body = Buffer.from(`${JSON.stringify({ data: envelopeOf('post.mention.create') }).replaceAll('/', '\\/')} `)
const received: ReceivedDelivery = {
  body,
  headers: {
    host: 'a.example',
    connection: 'keep-alive',
    'content-length': '1',
    'content-type': 'application/json',
    'x-twitter-webhooks-signature': 'sha256=abc',
  },
  delivery: parseDelivery(body),
  receivedAt: 0,
}

interface App {
  readonly status?: number
  readonly text?: string
  readonly location?: string
}

async function forwardTo(
  answers: readonly App[],
  {
    retry = 'five-minutes',
    signal = new AbortController().signal,
  }: {
    readonly retry?: keyof typeof retrySchedules
    readonly signal?: AbortSignal
  } = {},
) {
  const requests: { headers: NodeJS.Dict<string | string[]>; body: Buffer }[] = []
  const url = await listen(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    requests.push({ headers: request.headers, body: Buffer.concat(chunks) })
    const { status = 200, text = '', location } = answers[requests.length - 1] ?? {}
    response.writeHead(status, location === undefined ? {} : { location }).end(text)
  })
  const slept: number[] = []
  const results: ForwardResult[] = []
  const { forward } = createForwarder(
    { fetch, sleep: async (ms) => void slept.push(ms) },
    {
      rules: [{ types: ['*'], url }],
      retries: retrySchedules[retry],
      onResult: (result) => results.push(result),
      onDropped: () => {},
      signal,
    },
  )
  forward(received)
  return { requests, slept, results }
}

describe('createForwarder', () => {
  it('sends the very bytes with the headers of X, and none of the connection', async () => {
    const { requests, results } = await forwardTo([{}])
    await vi.waitFor(() => expect(results).toHaveLength(1))
    expect(requests[0]?.body.equals(body)).toBe(true)
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-twitter-webhooks-signature': 'sha256=abc',
      'content-length': String(body.length),
    })
    expect(requests[0]?.headers.host).not.toBe('a.example')
    expect(results).toEqual([expect.objectContaining({ attempt: 1, isReceived: true })])
  })

  it('attempts again after 3, 27 and 242 seconds, as X does, and then gives up', async () => {
    const failed = { status: 500, text: 'broken' }
    const { slept, results, requests } = await forwardTo([failed, failed, failed, failed])
    await vi.waitFor(() => expect(results).toHaveLength(4))
    expect(slept).toEqual([3_000, 27_000, 242_000])
    expect(requests).toHaveLength(4)
    expect(results.map(({ attempt, retryMs }) => [attempt, retryMs])).toEqual([
      [1, 3_000],
      [2, 27_000],
      [3, 242_000],
      [4, undefined],
    ])
    expect(results[0]?.answer).toEqual({ status: 500, text: 'broken' })
  })

  it('stops when the app has taken the delivery', async () => {
    const { results, slept } = await forwardTo([{ status: 503 }, { status: 200 }])
    await vi.waitFor(() => expect(results).toHaveLength(2))
    expect(results[1]).toMatchObject({ attempt: 2, isReceived: true })
    expect(slept).toEqual([3_000])
  })

  it.each([201, 204, 302, 400, 404])('counts the status %i as not received', async (status) => {
    const { results } = await forwardTo([{ status, ...(status === 302 && { location: '/' }) }], { retry: 'none' })
    await vi.waitFor(() => expect(results).toHaveLength(1))
    expect(results[0]).toMatchObject({ isReceived: false, answer: { status } })
    expect(results[0]).not.toHaveProperty('retryMs')
  })

  it('shows the beginning of a long answer', async () => {
    const { results } = await forwardTo([{ status: 500, text: 'x'.repeat(100_000) }], { retry: 'none' })
    await vi.waitFor(() => expect(results).toHaveLength(1))
    expect(results[0]?.answer).toEqual({ status: 500, text: 'x'.repeat(300) })
  })

  it('reports an app that cannot be reached', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    await new Promise((resolve) => server.close(resolve))
    const onResult = vi.fn()
    createForwarder(
      { fetch, sleep: async () => {} },
      {
        rules: [{ types: ['*'], url: `http://127.0.0.1:${port}` }],
        retries: [],
        onResult,
        onDropped: () => {},
        signal: new AbortController().signal,
      },
    ).forward(received)
    await vi.waitFor(() => expect(onResult).toHaveBeenCalled())
    expect(onResult.mock.calls[0]?.[0]).toMatchObject({ isReceived: false, answer: { error: 'ECONNREFUSED' } })
  })

  it('keeps at most a thousand deliveries waiting', () => {
    const onDropped = vi.fn()
    const { forward } = createForwarder(
      { fetch: () => new Promise(() => {}), sleep: async () => {} },
      {
        rules: [{ types: ['*'], url: 'http://a.example' }],
        retries: [],
        onResult: () => {},
        onDropped,
        signal: new AbortController().signal,
      },
    )
    for (let count = 0; count < 1000; count++) forward(received)
    expect(onDropped).not.toHaveBeenCalled()
    forward(received)
    expect(onDropped).toHaveBeenCalledOnce()
  })

  it('attempts no more when the signal has fired', async () => {
    const onResult = vi.fn()
    createForwarder(
      { fetch, sleep: async () => {} },
      {
        rules: [{ types: ['*'], url: 'http://a.example' }],
        retries: [1],
        onResult,
        onDropped: () => {},
        signal: AbortSignal.abort(),
      },
    ).forward(received)
    await Promise.resolve()
    expect(onResult).not.toHaveBeenCalled()
  })
})
