// The hooks for OpenTelemetry, with providers that are registered with its API.
import assert from 'node:assert/strict'
import { metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { createClient } from 'x-account-activity'
import { createOpenTelemetryHooks } from 'x-account-activity/opentelemetry'
import { createReceiver } from 'x-account-activity/receiver'
import { signBody } from 'x-account-activity/webhook'
import { runCases } from './run-cases.js'

const spans = []
const figures = []
const startSpan = (name, { kind }) => {
  const span = { name, kind, status: SpanStatusCode.UNSET }
  spans.push(span)
  return {
    setStatus: ({ code }) => {
      span.status = code
    },
    end: () => {},
  }
}
const createInstrument = (name) => ({ add: () => figures.push(name), record: () => figures.push(name) })
trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan }) })
metrics.setGlobalMeterProvider({
  getMeter: () => ({ createCounter: createInstrument, createHistogram: createInstrument }),
})

await runCases([
  {
    name: 'give a span and figures to a delivery',
    run: async () => {
      spans.length = figures.length = 0
      const consumerSecret = 'consumer-secret'
      const receiver = createReceiver({ consumerSecret, hooks: createOpenTelemetryHooks() })
      const body = '{"for_user_id":"1"}'
      const headers = { 'x-twitter-webhooks-signature': signBody(body, consumerSecret) }
      await receiver.fetch(new Request('https://app.example/webhook', { method: 'POST', headers, body }))
      assert.deepEqual(spans, [{ name: 'x.delivery', kind: SpanKind.INTERNAL, status: SpanStatusCode.UNSET }])
      assert.ok(figures.includes('x_account_activity.delivery.duration'))
    },
  },
  {
    name: 'give a span and figures to a request',
    run: async () => {
      spans.length = figures.length = 0
      const fetch = async () => new Response('{}', { status: 400 })
      const credentials = { consumerKey: 'key', consumerSecret: 'consumer-secret', bearerToken: 'token' }
      const client = createClient({ ...credentials, fetch, hooks: createOpenTelemetryHooks() })
      await assert.rejects(client.webhooks.list(), { name: 'ApiError' })
      assert.deepEqual(spans, [{ name: 'webhooks.list', kind: SpanKind.CLIENT, status: SpanStatusCode.ERROR }])
      assert.deepEqual(figures, ['x_account_activity.api.duration'])
    },
  },
])
