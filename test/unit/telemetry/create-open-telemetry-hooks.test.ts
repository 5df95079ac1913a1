import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createClient } from 'x-account-activity'
import { createOpenTelemetryHooks } from 'x-account-activity/opentelemetry'
import { createMemoryInbox, createReceiver } from 'x-account-activity/receiver'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

/** Hooks with the SDK of OpenTelemetry, which keeps spans and metrics in memory. */
function setUp() {
  const spans = new InMemorySpanExporter()
  const tracing = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000 })
  const metering = new MeterProvider({ readers: [reader] })
  onTestFinished(async () => {
    await Promise.all([tracing.shutdown(), metering.shutdown()])
  })
  const hooks = createOpenTelemetryHooks({ tracer: tracing.getTracer('test'), meter: metering.getMeter('test') })

  /** The data points of each metric: their attributes, and their count in `n`. */
  const readMetrics = async () => {
    await metering.forceFlush()
    const found =
      metrics
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap(({ metrics }) => metrics) ?? []
    return Object.fromEntries(
      found.map(({ descriptor, dataPoints }) => [
        descriptor.name,
        dataPoints.map(({ attributes, value }) => ({
          ...attributes,
          n: typeof value === 'number' ? value : (value as { count: number }).count,
        })),
      ]),
    )
  }
  const readSpans = () =>
    spans
      .getFinishedSpans()
      .map(({ name, kind, attributes, status }) => ({ name, kind, attributes, status: status.code }))
  return { hooks, readMetrics, readSpans, spans }
}

describe('createOpenTelemetryHooks', () => {
  it('records a span for each delivery, and counts its events and failures', async () => {
    const { hooks, readMetrics, readSpans } = setUp()
    const fail = () => {
      throw new TypeError('handler failed')
    }
    const on = { follow: () => {}, replay_job_status: () => {}, unfollow: fail }
    const receiver = createReceiver({ consumerSecret: secret, hooks, onError: () => {}, on })
    await receiver.fetch(deliveryRequest(followBody()))
    await receiver.fetch(deliveryRequest(followBody()))
    await receiver.fetch(deliveryRequest(followBody().replace('"follow"', '"unfollow"')))
    await receiver.fetch(deliveryRequest(followBody(), { key: 'wrong' }))
    const job = '{"replay_job_status":{"webhook_id":"7","job_state":"Complete","job_id":"9"}}'
    await receiver.fetch(deliveryRequest(job))

    const delivered = { name: 'x.delivery', kind: SpanKind.INTERNAL }
    const ok = { 'http.response.status_code': 200, 'x.for_user_id': '11', 'x.event_types': ['follow'] }
    const failed = {
      'http.response.status_code': 500,
      'error.type': 'handler_failed',
      'x.for_user_id': '11',
      'x.event_types': ['unfollow'],
    }
    const forged = { 'http.response.status_code': 401, 'error.type': 'signature_mismatch', 'x.event_types': [] }
    const replayed = { 'http.response.status_code': 200, 'x.event_types': ['replay_job_status'] }
    expect(readSpans()).toEqual([
      { ...delivered, attributes: ok, status: SpanStatusCode.UNSET },
      { ...delivered, attributes: ok, status: SpanStatusCode.UNSET },
      { ...delivered, attributes: failed, status: SpanStatusCode.ERROR },
      { ...delivered, attributes: forged, status: SpanStatusCode.UNSET },
      { ...delivered, attributes: replayed, status: SpanStatusCode.UNSET },
    ])
    expect(await readMetrics()).toMatchObject({
      'x_account_activity.events': [
        { 'x.event_type': 'follow', 'x.handled': true, n: 1 },
        { 'x.event_type': 'unfollow', 'x.handled': false, n: 1 },
        { 'x.event_type': 'replay_job_status', 'x.handled': true, n: 1 },
      ],
      'x_account_activity.duplicates': [{ 'x.event_type': 'follow', 'x.state': 'done', n: 1 }],
      'x_account_activity.failures': [
        { 'x.phase': 'handler', 'error.type': 'TypeError', n: 1 },
        { 'x.phase': 'verification', 'error.type': 'signature_mismatch', n: 1 },
      ],
      'x_account_activity.replay_jobs': [{ 'x.state': 'Complete', n: 1 }],
      'x_account_activity.delivery.duration': [
        { 'http.response.status_code': 200, n: 3 },
        { 'http.response.status_code': 500, 'error.type': 'handler_failed', n: 1 },
        { 'http.response.status_code': 401, 'error.type': 'signature_mismatch', n: 1 },
      ],
    })
  })

  it('counts dead letters, and events that an inbox knows', async () => {
    const { hooks, readMetrics } = setUp()
    const inbox = createMemoryInbox({ maxAttempts: 2, backoff: { baseMs: 1, maxMs: 1 } })
    const follow = () => Promise.reject(new TypeError('always fails'))
    const receiver = createReceiver({ consumerSecret: secret, inbox, hooks, onError: () => {}, on: { follow } })
    await receiver.fetch(deliveryRequest(followBody()))
    await receiver.fetch(deliveryRequest(followBody()))
    await vi.waitFor(async () => expect(await inbox.deadLetters()).toHaveLength(1))
    await receiver.close()
    expect(await readMetrics()).toMatchObject({
      'x_account_activity.dead_letters': [{ 'x.event_type': 'follow', n: 1 }],
      'x_account_activity.duplicates': [{ 'x.event_type': 'follow', 'x.state': 'accepted', n: 1 }],
      'x_account_activity.failures': [{ 'x.phase': 'handler', 'error.type': 'TypeError', n: 2 }],
    })
  })

  it('records the duration of a CRC', async () => {
    const { hooks, readMetrics } = setUp()
    const receiver = createReceiver({ consumerSecret: secret, hooks, onError: () => {} })
    await receiver.fetch(new Request('https://app.example/?crc_token=foo'))
    await receiver.fetch(new Request('https://app.example/'))
    expect((await readMetrics())['x_account_activity.crc.duration']).toEqual([
      { 'http.response.status_code': 200, n: 1 },
      { 'http.response.status_code': 400, 'error.type': 'crc_token_missing', n: 1 },
    ])
  })

  it('records a span for each API request, including attempts that failed', async () => {
    const { hooks, readMetrics, readSpans } = setUp()
    const answers = [
      () => new Response('down', { status: 503 }),
      () => Promise.reject(new TypeError('connection reset')),
      () => Response.json({ data: [], meta: { result_count: 0 } }),
    ]
    const fetch = async () => answers.shift()?.() ?? Response.error()
    const retry = { sleep: async () => {} }
    const client = createClient({ consumerKey: 'k', consumerSecret: 's', bearerToken: 'b', fetch, retry, hooks })
    await client.webhooks.list()
    const call = { name: 'webhooks.list', kind: SpanKind.CLIENT }
    const endpoint = { 'x.endpoint': 'webhooks.list' }
    expect(readSpans()).toEqual([
      {
        ...call,
        attributes: { ...endpoint, 'http.response.status_code': 503, 'error.type': '503' },
        status: SpanStatusCode.ERROR,
      },
      {
        ...call,
        attributes: { ...endpoint, 'error.type': 'network', 'http.request.resend_count': 1 },
        status: SpanStatusCode.ERROR,
      },
      {
        ...call,
        attributes: { ...endpoint, 'http.response.status_code': 200, 'http.request.resend_count': 2 },
        status: SpanStatusCode.UNSET,
      },
    ])
    expect((await readMetrics())['x_account_activity.api.retries']).toEqual([{ ...endpoint, n: 2 }])
  })

  it('gives a span the duration of the delivery', async () => {
    const { hooks, spans } = setUp()
    hooks.onDelivery({ status: 200, durationMs: 1_250, eventTypes: [] })
    expect(spans.getFinishedSpans().map(({ duration }) => duration)).toEqual([[1, 250_000_000]])
  })

  it('records nothing when no SDK is registered', async () => {
    const receiver = createReceiver({ consumerSecret: secret, hooks: createOpenTelemetryHooks() })
    expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(200)
  })

  it.each([null, 'tracer', []])('refuses the options %j', (options) => {
    expect(() => createOpenTelemetryHooks(options as never)).toThrow(TypeError)
  })
})
