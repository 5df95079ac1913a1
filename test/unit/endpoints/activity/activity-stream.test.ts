import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ClientOptions } from '../../../../src/client/client-options.ts'
import { createClient } from '../../../../src/client/create-client.ts'
import type { ActivityStreamOptions } from '../../../../src/endpoints/activity/activity-stream.ts'
import { invalidOptions } from '../../../support/endpoint-values.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { createStreamServer, type Serve, type ServedStream } from '../../../support/stream-server.ts'
import { patientOptions, secrets } from '../../../support/x-api.ts'

// The stream: https://docs.x.com/x-api/activity/introduction. Reconnecting and errors in the stream:
// https://docs.x.com/x-api/posts/filtered-stream/integrate/handling-disconnections

const post = (id: string) => `{"data":{"event_uuid":"${id}","event_type":"post.create","payload":{"id":"${id}"}}}\r\n`
const keepAlive = '\r\n'
const operational = `${JSON.stringify({
  errors: [
    {
      title: 'operational-disconnect',
      disconnect_type: 'UpstreamOperationalDisconnect',
      detail: 'This stream has been disconnected upstream for operational reasons.',
      type: 'https://api.x.com/2/problems/operational-disconnect',
    },
  ],
})}\r\n`
const tooMany = {
  title: 'ConnectionException',
  detail: 'This stream is currently at the maximum allowed connection limit.',
  connection_issue: 'TooManyConnections',
  type: 'https://api.x.com/2/problems/streaming-connection',
}
const endsAt = new Date(Date.UTC(2026, 10, 28, 12))
const refuse =
  (status: number, json: unknown = {}, headers = {}): Serve =>
  () =>
    Response.json(json, { status, headers })
const sends =
  (...chunks: (string | Uint8Array)[]): Serve =>
  ({ send, end }) => {
    for (const chunk of chunks) send(chunk)
    end()
  }

function setup(serves: readonly Serve[], more: Partial<ClientOptions> = {}) {
  const { fetch, connections } = createStreamServer(...serves)
  const { waits, ...options } = patientOptions()
  const client = createClient({ ...options, fetch, ...more })
  const stream = (streamOptions?: ActivityStreamOptions) => client.activity.stream(streamOptions)
  return { client, connections, stream, waits }
}

/** The ids of the first deliveries of a stream. Then the loop is left. */
async function take(count: number, stream: AsyncIterable<{ payload: unknown }>): Promise<string[]> {
  const ids: string[] = []
  for await (const { payload } of stream) {
    ids.push((payload as { data: { event_uuid: string } }).data.event_uuid)
    if (ids.length === count) break
  }
  return ids
}

const failureOf = (stream: AsyncIterable<{ payload: unknown }>): Promise<unknown> =>
  take(Number.POSITIVE_INFINITY, stream).then(
    (ids) => expect.fail(`the stream ended after ${ids.length} deliveries`),
    (error: unknown) => error,
  )

beforeEach(() => void vi.useFakeTimers())

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

describe('activity.stream', () => {
  test('sends the request that X documents, and yields deliveries', async () => {
    const { stream, connections } = setup([sends(post('1'))])
    const iterator = stream()[Symbol.asyncIterator]()
    const { value: delivery } = await iterator.next()
    await iterator.return?.()
    expect(delivery).toMatchObject({ family: 'activity', payload: { data: { event_type: 'post.create' } } })
    expect(connections.map(({ url }) => url)).toEqual(['https://api.x.com/2/activity/stream'])
    expect(connections[0]?.headers.get('authorization')).toBe(`Bearer ${secrets.bearerToken}`)
    expect(connections[0]?.headers.get('user-agent')).toMatch(/^x-account-activity\//)
  })

  test('sends nothing before the iteration, and closes the connection when the loop is left', async () => {
    const { stream, connections } = setup([({ send }) => send(post('1'))])
    const deliveries = stream()
    expect(connections).toEqual([])
    expect(await take(1, deliveries)).toEqual(['1'])
    expect(connections[0]?.signal.aborted).toBe(true)
    expect(connections[0]?.isCancelled()).toBe(true)
  })

  test.each([1, 2, 3, 7, 1_000])('reads lines, keep-alives and characters in chunks of %s bytes', async (size) => {
    const text = `${keepAlive}${post('😀')}${keepAlive}data: ${post('漢')}${post('3').trim()}`
    const bytes = new TextEncoder().encode(text)
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    )
    const { stream } = setup([sends(...chunks)])
    expect(await take(3, stream())).toEqual(['😀', '漢', '3'])
  })

  test('reads only when the loop asks for a delivery', async () => {
    const { stream, connections } = setup([({ send }) => [post('1'), post('2'), post('3')].forEach(send)])
    const iterator = stream()[Symbol.asyncIterator]()
    await iterator.next()
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(connections).toHaveLength(1)
    expect(connections[0]?.pulls()).toBeLessThan(3)
    expect((await iterator.next()).value?.payload).toMatchObject({ data: { event_uuid: '2' } })
    await iterator.return?.()
  })

  test('leaves out lines that are too long or not JSON, and reports them', async () => {
    const skipped: unknown[] = []
    const onStreamSkip = vi.fn()
    const { stream } = setup([sends('x'.repeat(201), '\n<html>\n', post('1'))], {
      maxResponseBytes: 200,
      hooks: { onStreamSkip },
    })
    expect(await take(1, stream({ on: { skip: (report) => skipped.push(report) } }))).toEqual(['1'])
    expect(skipped).toEqual([
      { endpoint: 'activity.stream', reason: 'too_long', bytes: 201 },
      { endpoint: 'activity.stream', reason: 'not_json', bytes: 6 },
    ])
    expect(onStreamSkip.mock.calls.flat()).toEqual(skipped)
  })

  test('passes a delivery on if X could not include all of it', async () => {
    const { stream } = setup([
      sends('{"data":{"event_uuid":"1","event_type":"post.create"},"errors":[{"title":"No"}]}\n'),
    ])
    expect(await take(1, stream())).toEqual(['1'])
  })
})

describe('a window of time', () => {
  test('is in the query, and the stream ends when X closes the connection', async () => {
    const { stream, connections, waits } = setup([sends(post('1'), post('2'))])
    const startTime = new Date(Date.UTC(2026, 10, 28, 11, 0, 0, 999))
    const ids = take(9, stream({ backfillMinutes: 5, startTime, endTime: '2026-11-28T13:00:00.001+01:00' }))
    expect(await ids).toEqual(['1', '2'])
    expect(connections.map(({ url }) => decodeURIComponent(new URL(url).search))).toEqual([
      '?backfill_minutes=5&start_time=2026-11-28T11:00:00Z&end_time=2026-11-28T12:00:01Z',
    ])
    expect(waits).toEqual([])
  })

  test('is asked for again after a lost connection', async () => {
    const lost: Serve = ({ send, lose }) => {
      send(post('1'))
      setTimeout(lose, 1)
    }
    const { stream, connections, waits } = setup([lost, sends(post('1'), post('2'))])
    const ids = take(9, stream({ startTime: '2026-11-28T11:00:00Z', endTime: endsAt }))
    await vi.advanceTimersByTimeAsync(1)
    expect(await ids).toEqual(['1', '1', '2'])
    expect(new Set(connections.map(({ url }) => url)).size).toBe(1)
    expect(waits).toEqual([250])
  })

  test('without an end goes on at the last byte', async () => {
    const clock = createManualClock()
    const start = Date.UTC(2026, 10, 28, 11)
    const { stream, connections } = setup([sends(post('1')), sends(post('2'))], { now: () => start + clock.now() })
    const iterator = stream({ startTime: new Date(start - 60_000) })[Symbol.asyncIterator]()
    clock.advance(90_500)
    await iterator.next()
    await iterator.next()
    await iterator.return?.()
    expect(connections.map(({ url }) => new URL(url).searchParams.get('start_time'))).toEqual([
      '2026-11-28T10:59:00Z',
      '2026-11-28T11:01:30Z',
    ])
  })
})

describe('a connection that ended', () => {
  test('is opened again, with the schedule for networks', async () => {
    const { stream, waits } = setup([sends(), sends(keepAlive), sends(), sends(post('1')), sends(), sends(post('2'))])
    expect(await take(2, stream())).toEqual(['1', '2'])
    expect(waits).toEqual([250, 500, 750, 250, 500])
  })

  test('is opened again if it was lost, or could not be opened', async () => {
    const fails: Serve = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { code: 'ECONNREFUSED' }))
    const { stream, waits } = setup([({ lose }) => lose(), fails, fails, sends(post('1'))])
    expect(await take(1, stream())).toEqual(['1'])
    expect(waits).toEqual([250, 500, 750])
  })

  test.each([
    [19_999, [250, 500]],
    [20_000, [250, 250]],
  ])('that lasted %s ms counts as healthy from 20 seconds on', async (ms, expected) => {
    const clock = createManualClock()
    const lasts: Serve = ({ send, end }) => {
      setTimeout(() => {
        clock.advance(ms)
        send(keepAlive)
        end()
      }, 1)
    }
    const { stream, waits } = setup([sends(), lasts, sends(post('1'))], { now: clock.now })
    const ids = take(1, stream())
    await vi.advanceTimersByTimeAsync(1)
    expect(await ids).toEqual(['1'])
    expect(waits).toEqual(expected)
  })

  test('leaves half a line: it is reported if X closed the connection, and dropped if it was lost', async () => {
    const half = post('1').slice(0, 20)
    const skip = vi.fn()
    const loses: Serve = ({ send, lose }) => {
      send(half)
      setTimeout(lose, 1)
    }
    const { stream } = setup([sends(half), loses, sends(post('2'))])
    const ids = take(1, stream({ on: { skip } }))
    await vi.advanceTimersByTimeAsync(1)
    expect(await ids).toEqual(['2'])
    expect(skip.mock.calls).toEqual([[{ endpoint: 'activity.stream', reason: 'not_json', bytes: 20 }]])
  })

  test.each([
    [19_999, 1],
    [20_000, 1],
    [20_001, 2],
  ])('counts as stalled after more than 20 seconds without a byte: %s ms, %s connections', async (ms, count) => {
    const disconnect = vi.fn()
    const { stream, connections } = setup([({ send }) => send(keepAlive)])
    const controller = new AbortController()
    const { signal } = controller
    const failure = failureOf(stream({ signal, on: { disconnect } }))
    await vi.advanceTimersByTimeAsync(0)
    await vi.advanceTimersByTimeAsync(ms)
    expect(connections).toHaveLength(count)
    if (count === 2) {
      expect(disconnect.mock.calls).toEqual([
        [{ endpoint: 'activity.stream', reason: 'stalled', connectedMs: 0, deliveries: 0, waitMs: 250 }],
      ])
      expect(connections[0]?.signal.aborted).toBe(true)
    }
    controller.abort()
    await failure
  })

  test('is not stalled while keep-alives arrive', async () => {
    const served: ServedStream[] = []
    const { stream, connections } = setup([(connection) => void served.push(connection)])
    const next = take(1, stream())
    for (let count = 0; count < 100; count += 1) {
      await vi.advanceTimersByTimeAsync(20_000)
      served[0]?.send(keepAlive)
    }
    served[0]?.send(post('1'))
    expect(await next).toEqual(['1'])
    expect(connections).toHaveLength(1)
  })

  test.each([
    [29_999, undefined, 1],
    [30_000, undefined, 2],
    [99, 100, 1],
    [100, 100, 2],
  ])('has a timeout for the head: %s ms of %s, %s requests', async (ms, timeoutMs, count) => {
    const never: Serve = () => new Promise(() => undefined)
    const { stream, connections } = setup([never])
    const controller = new AbortController()
    const { signal } = controller
    const failure = failureOf(stream({ signal, ...(timeoutMs && { timeoutMs }) }))
    await vi.advanceTimersByTimeAsync(ms)
    expect(connections).toHaveLength(count)
    controller.abort()
    expect(await failure).toMatchObject({ name: 'TransportError', reason: 'aborted' })
  })
})

describe('an error of X', () => {
  test.each<readonly [string, Serve, readonly number[]]>([
    ['a 503', refuse(503), [5_000, 10_000]],
    ['a 500 with an HTML page', () => new Response('<html></html>', { status: 500 }), [5_000, 10_000]],
    ['a 429', refuse(429, { title: 'Too Many Requests' }), [60_000, 120_000]],
    ['a disconnection', sends(operational), [250, 500]],
    ['another disconnection', sends('{"errors":[{"disconnect_type":"ForceDisconnect"}]}\n'), [5_000, 10_000]],
    ['an error of the connection', sends('{"connection_issue":"ProvisioningSubscription"}\n'), [5_000, 10_000]],
  ])('is waited for: %s', async (_, serve, expected) => {
    const { stream, waits } = setup([serve, serve, sends(post('1'))])
    expect(await take(1, stream())).toEqual(['1'])
    expect(waits).toEqual(expected)
  })

  test('is waited for until the rate limit resets', async () => {
    const now = Date.UTC(2026, 10, 21, 12)
    const limited = refuse(429, {}, { 'x-rate-limit-reset': String(now / 1000 + 600), 'x-rate-limit-remaining': '0' })
    const { stream, waits } = setup([limited, sends(post('1'))])
    expect(await take(1, stream())).toEqual(['1'])
    expect(waits).toEqual([600_000])
  })

  test.each<readonly [string, Serve, object]>([
    ['400', refuse(400, { detail: 'backfill_minutes is not authorized.' }), { reason: 'Unknown', status: 400 }],
    [
      '403',
      refuse(403, {
        title: 'Unsupported Authentication',
        detail: 'Authenticating with OAuth 1.0a is forbidden. Supported authentication: OAuth 2.0 Application-Only.',
        type: 'https://api.x.com/2/problems/unsupported-authentication',
      }),
      { reason: 'Forbidden', status: 403, hint: expect.stringMatching(/other kind of authentication/) },
    ],
    ['404', refuse(404), { reason: 'NotFound' }],
    ['a redirect', () => new Response(null, { status: 302 }), { reason: 'Unknown', status: 302 }],
    [
      'a cap',
      refuse(429, { type: 'https://api.x.com/2/problems/usage-capped' }),
      { reason: 'RateLimited', limitedBy: 'usage_cap' },
    ],
    [
      'a 403 in the stream',
      sends('{"title":"Forbidden","type":"about:blank","status":403}\n'),
      { reason: 'Forbidden' },
    ],
    [
      'too many, 429',
      refuse(429, tooMany),
      { reason: 'TooManyConnections', hint: expect.stringMatching(/open streams/) },
    ],
    ['too many, 403', refuse(403, { errors: [tooMany] }), { reason: 'TooManyConnections' }],
    ['too many, wording', refuse(400, { detail: tooMany.detail }), { reason: 'TooManyConnections' }],
    ['too many, in the stream', sends(`${JSON.stringify(tooMany)}\n`), { reason: 'TooManyConnections', status: 200 }],
  ])('is thrown: %s', async (_, serve, expected) => {
    const { stream, connections, waits } = setup([serve])
    expect(await failureOf(stream())).toMatchObject({ name: 'ApiError', endpoint: 'activity.stream', ...expected })
    expect(connections).toHaveLength(1)
    expect(waits).toEqual([])
  })

  test('is waited for if there are too many connections and one of them was of this stream', async () => {
    const { stream, waits } = setup([
      sends(keepAlive),
      refuse(429, tooMany),
      sends(`${JSON.stringify(tooMany)}\n`),
      sends(post('1')),
    ])
    expect(await take(1, stream())).toEqual(['1'])
    expect(waits).toEqual([250, 60_000, 120_000])
  })

  test('has no secret', async () => {
    const echo = { detail: `The token ${secrets.bearerToken} of ${secrets.consumerSecret}` }
    for (const serve of [refuse(403, echo), sends(`${JSON.stringify({ errors: [{ ...tooMany, ...echo }] })}\n`)]) {
      const error = await failureOf(setup([serve]).stream())
      const printed = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error)
      for (const secret of Object.values(secrets)) expect(printed).not.toContain(secret)
    }
    const fails: Serve = () => Promise.reject(new TypeError(`fetch failed: Bearer ${secrets.bearerToken}`))
    const lost = await failureOf(setup([fails]).stream({ retry: false }))
    expect(inspect(lost, { depth: 10, showHidden: true })).not.toContain(secrets.bearerToken)
  })

  test('replaces the bearer token once', async () => {
    const isToken = (url: string) => url.endsWith('/oauth2/token')
    const authorizations: (string | null)[] = []
    const { fetch } = createStreamServer(({ headers, send }) => {
      authorizations.push(headers.get('authorization'))
      if (authorizations.length === 1) return Response.json({}, { status: 401 })
      return send(post('1'))
    })
    const { client } = setup([], {
      fetch: async (url, init) =>
        isToken(url) ? Response.json({ token_type: 'bearer', access_token: 'AAAAnew' }) : fetch(url, init),
    })
    expect(await take(1, client.activity.stream())).toEqual(['1'])
    expect(authorizations).toEqual([`Bearer ${secrets.bearerToken}`, 'Bearer AAAAnew'])
    const { client: refused } = setup([], {
      fetch: async (url) =>
        isToken(url)
          ? Response.json({ token_type: 'bearer', access_token: 'AAAAnew' })
          : Response.json({ title: 'Unauthorized' }, { status: 401 }),
    })
    expect(await failureOf(refused.activity.stream())).toMatchObject({ reason: 'Unauthorized', status: 401 })
  })
})

describe('the option retry', () => {
  test.each<readonly [ActivityStreamOptions['retry'], number]>([
    [false, 1],
    [0, 1],
    [1, 2],
    [{ limit: 3 }, 4],
  ])('of %j allows %s connections without a delivery', async (retry, count) => {
    const { stream, connections } = setup([refuse(503)])
    expect(await failureOf(stream({ retry }))).toMatchObject({
      name: 'ApiError',
      reason: 'ServerError',
      attempts: count,
    })
    expect(connections).toHaveLength(count)
  })

  test('counts faults in a row', async () => {
    const { stream } = setup([sends(), sends(post('1')), sends(post('2')), sends(post('3')), sends()])
    const iterator = stream({ retry: 1 })[Symbol.asyncIterator]()
    for (const id of ['1', '2', '3']) {
      expect((await iterator.next()).value?.payload).toMatchObject({ data: { event_uuid: id } })
    }
    await expect(iterator.next()).rejects.toMatchObject({ name: 'TransportError', reason: 'network' })
  })

  test('does not repeat a certificate that is not accepted', async () => {
    const fails: Serve = () =>
      Promise.reject(Object.assign(new TypeError('fetch failed'), { code: 'CERT_HAS_EXPIRED' }))
    const { stream, connections } = setup([fails])
    expect(await failureOf(stream())).toMatchObject({ name: 'TransportError', reason: 'network' })
    expect(connections).toHaveLength(1)
  })
})

describe('the signal', () => {
  test.each<readonly [string, Serve]>([
    ['while X does not respond', () => new Promise<Response>(() => undefined)],
    ['while nothing arrives', ({ send }) => send(keepAlive)],
  ])('ends the stream %s', async (_, serve) => {
    const controller = new AbortController()
    const { stream, connections } = setup([serve])
    const failure = failureOf(stream({ signal: controller.signal }))
    await vi.advanceTimersByTimeAsync(1_000)
    controller.abort()
    expect(await failure).toMatchObject({ name: 'TransportError', reason: 'aborted', message: /signal was aborted/ })
    expect(connections[0]?.signal.aborted).toBe(true)
  })

  test('ends the stream during the wait for the next connection', async () => {
    const controller = new AbortController()
    const sleep = vi.fn(() => new Promise<void>(() => undefined))
    const { stream } = setup([sends()], { retry: { sleep } })
    const failure = failureOf(stream({ signal: controller.signal }))
    await vi.advanceTimersByTimeAsync(0)
    expect(sleep).toHaveBeenCalledWith(250, controller.signal)
    controller.abort()
    expect(await failure).toMatchObject({ name: 'TransportError', reason: 'aborted' })
  })

  test('closes the connection between two deliveries, and no other delivery follows', async () => {
    const controller = new AbortController()
    const { stream, connections } = setup([({ send }) => send(post('1') + post('2'))])
    const iterator = stream({ signal: controller.signal })[Symbol.asyncIterator]()
    await iterator.next()
    controller.abort()
    expect(connections[0]?.isCancelled()).toBe(true)
    await expect(iterator.next()).rejects.toMatchObject({ name: 'TransportError', reason: 'aborted' })
  })

  test('that is aborted already sends nothing', async () => {
    const { stream, connections } = setup([sends()])
    expect(await failureOf(stream({ signal: AbortSignal.abort() }))).toMatchObject({ reason: 'aborted', attempts: 0 })
    expect(connections).toEqual([])
  })
})

describe('reports', () => {
  test('are sent to the hooks, the logger and the functions of the stream', async () => {
    const lines: string[] = []
    const log = (line: string) => void lines.push(line)
    const hooks = { onStreamConnect: vi.fn(), onStreamDisconnect: vi.fn(), onRetry: vi.fn(), onResponse: vi.fn() }
    const on = {
      connect: vi.fn(() => {
        throw new Error('ignored')
      }),
      disconnect: vi.fn(),
      retry: vi.fn(),
    }
    const { stream } = setup([refuse(503), sends(keepAlive, operational), sends(post('1'))], {
      hooks,
      logger: { info: log, warn: log, error: log },
    })
    await take(1, stream({ on }))
    const endpoint = 'activity.stream'
    expect(on.retry.mock.calls).toEqual([[{ endpoint, attempt: 1, outcome: 503, durationMs: 0, waitMs: 5_000 }]])
    expect(on.connect.mock.calls).toEqual([
      [{ endpoint, attempt: 2, durationMs: 0 }],
      [{ endpoint, attempt: 3, durationMs: 0 }],
    ])
    const detail = 'UpstreamOperationalDisconnect'
    expect(on.disconnect.mock.calls).toEqual([
      [{ endpoint, reason: 'refused', detail, connectedMs: 0, deliveries: 0, waitMs: 250 }],
    ])
    expect(hooks.onRetry.mock.calls).toEqual(on.retry.mock.calls)
    expect(hooks.onStreamConnect.mock.calls).toEqual(on.connect.mock.calls)
    expect(hooks.onStreamDisconnect.mock.calls).toEqual(on.disconnect.mock.calls)
    expect(hooks.onResponse.mock.calls.map(([{ outcome }]) => outcome)).toEqual([503, 200, 200])
    expect(lines).toEqual([
      'The call activity.stream got HTTP 503 after 0 ms (attempt 1).',
      'The call activity.stream is retried in 5000 ms after HTTP 503 (attempt 1).',
      'The call activity.stream got HTTP 200 after 0 ms (attempt 2).',
      'The call activity.stream is connected after 0 ms.',
      'The connection of the call activity.stream ended after 0 ms (refused, UpstreamOperationalDisconnect). It connects again in 250 ms.',
      'The call activity.stream got HTTP 200 after 0 ms (attempt 3).',
      'The call activity.stream is connected after 0 ms.',
    ])
  })
})

describe('the options', () => {
  test.each<readonly [unknown, typeof TypeError | typeof RangeError, RegExp]>([
    [{ backfillMinutes: -1 }, RangeError, /"backfillMinutes" must be an integer from 0 to 5/],
    [{ backfillMinutes: 6 }, RangeError, /"backfillMinutes" must/],
    [{ backfillMinutes: Number.NaN }, RangeError, /"backfillMinutes" must/],
    [{ backfillMinutes: '5' }, TypeError, /"backfillMinutes" must/],
    [{ startTime: 0 }, TypeError, /"startTime" must be a Date or a text/],
    [{ startTime: '2026-11-28T11:00:00' }, RangeError, /"startTime" must be in ISO 8601 format with a time zone/],
    [{ endTime: new Date(Number.NaN) }, RangeError, /"endTime" must be a valid time/],
    [{ startTime: endsAt, endTime: endsAt }, RangeError, /"startTime" must be before "endTime"/],
    [{ timeoutMs: 0 }, RangeError, /"timeoutMs" must/],
    [{ retry: -1 }, RangeError, /"retry.limit" must/],
    [{ on: [] }, TypeError, /"on" must be an object/],
    [{ on: { connect: 1 } }, TypeError, /"on.connect" must be a function/],
    [{ user: {} }, TypeError, /"user" is not an option of this call/],
    ...invalidOptions.map(([, options]) => [options, TypeError, /./] as const),
  ])('%j are refused immediately', (options, Expected, message) => {
    const { client, connections } = setup([sends()])
    const call = () => client.activity.stream(options as ActivityStreamOptions)
    expect(call).toThrow(Expected)
    expect(call).toThrow(message)
    expect(connections).toEqual([])
  })

  test('headers are sent, and are secrets', async () => {
    const { stream, connections } = setup([refuse(403, { detail: 'proxy-password' })])
    const error = await failureOf(stream({ headers: { 'X-Proxy': 'proxy-password' } }))
    expect(connections[0]?.headers.get('x-proxy')).toBe('proxy-password')
    expect(inspect(error, { showHidden: true })).not.toContain('proxy-password')
  })

  test('a fetch that returns something else is a TypeError', async () => {
    const { client } = setup([], { fetch: (async () => ({ ok: true })) as never })
    expect(await failureOf(client.activity.stream())).toMatchObject({ message: '"fetch" must return a Response' })
  })
})
