import {
  type Attributes,
  type Histogram,
  type Meter,
  metrics,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import type { ClientHooks, ResponseReport } from '../http/hooks.ts'
import { assertObject } from '../internal/assert.ts'
import type { DeliveryReport, ReceiverHooks } from '../receiver/hooks.ts'

/** Options of {@link createOpenTelemetryHooks}. */
export interface OpenTelemetryOptions {
  /**
   * Creates the spans.
   *
   * @defaultValue the tracer `x-account-activity` of the registered tracer provider
   */
  readonly tracer?: Tracer | undefined
  /**
   * Creates the counters and histograms.
   *
   * @defaultValue the meter `x-account-activity` of the registered meter provider
   */
  readonly meter?: Meter | undefined
}

/** The `hooks` of a client, of a receiver, or of both. */
export type OpenTelemetryHooks = {
  readonly [Name in keyof (ClientHooks & ReceiverHooks)]-?: NonNullable<(ClientHooks & ReceiverHooks)[Name]>
}

/** The name of the instrumentation scope. */
const scope = 'x-account-activity'

/**
 * Creates hooks that record OpenTelemetry spans and metrics, for a client and for a receiver.
 *
 * Spans, as children of the active span: one for each API request, named after its call (`webhooks.create`), and one for
 * each delivery (`x.delivery`). Counters: `x_account_activity.events` by type, `.duplicates` by state,
 * `.dead_letters` by type, `.failures` by phase,
 * `.api.retries`, `.stream.disconnects` by reason, `.stream.skipped_lines` by reason, `.replay_jobs` by state. Histograms, in seconds: `x_account_activity.crc.duration`,
 * `.delivery.duration`, `.api.duration`.
 *
 * @throws TypeError when the options are not an object.
 * @see https://opentelemetry.io/docs/languages/js/
 *
 * @example
 * import { createClient } from 'x-account-activity'
 * import { createOpenTelemetryHooks } from 'x-account-activity/opentelemetry'
 * import { createReceiver } from 'x-account-activity/receiver'
 *
 * const hooks = createOpenTelemetryHooks()
 * const client = createClient({ consumerKey: 'key', consumerSecret: 'consumer-secret', hooks })
 * const receiver = createReceiver({ consumerSecret: 'consumer-secret', hooks })
 */
export function createOpenTelemetryHooks(options: OpenTelemetryOptions = {}): OpenTelemetryHooks {
  assertObject(options, 'options')
  const { tracer = trace.getTracer(scope), meter = metrics.getMeter(scope) } = options
  return { ...clientHooks(tracer, meter), ...receiverHooks(tracer, meter) }
}

function clientHooks(tracer: Tracer, meter: Meter): Pick<OpenTelemetryHooks, keyof ClientHooks> {
  const durations = createDurations(meter, 'api.duration', 'Duration of requests to X.')
  const retries = createCounter(meter, 'api.retries', 'Requests to X that are retried.')
  const disconnects = createCounter(meter, 'stream.disconnects', 'Connections of streams that ended.')
  const skipped = createCounter(meter, 'stream.skipped_lines', 'Lines of streams that were left out.')
  return {
    onRequest: () => {},
    onResponse: (report) => {
      const attributes = { 'x.endpoint': report.endpoint, ...outcomeOf(report) }
      durations.record(report.durationMs / 1000, attributes)
      const resends = report.attempt > 1 && { 'http.request.resend_count': report.attempt - 1 }
      recordSpan(tracer, report.endpoint, {
        kind: SpanKind.CLIENT,
        durationMs: report.durationMs,
        attributes: { ...attributes, ...resends },
        isError: typeof report.outcome !== 'number' || report.outcome >= 400,
      })
    },
    onRetry: ({ endpoint }) => retries.add(1, { 'x.endpoint': endpoint }),
    onFallback: () => {},
    onPartialErrors: () => {},
    onStreamConnect: () => {},
    onStreamDisconnect: ({ endpoint, reason, detail }) =>
      disconnects.add(1, { 'x.endpoint': endpoint, 'error.type': detail ?? reason }),
    onStreamSkip: ({ endpoint, reason }) => skipped.add(1, { 'x.endpoint': endpoint, 'error.type': reason }),
  }
}

function receiverHooks(tracer: Tracer, meter: Meter): Pick<OpenTelemetryHooks, keyof ReceiverHooks> {
  const challenges = createDurations(meter, 'crc.duration', 'Time until a CRC is answered.')
  const deliveries = createDurations(meter, 'delivery.duration', 'Time until a delivery is answered.')
  const events = createCounter(meter, 'events', 'Events that were passed to their handlers.')
  const duplicates = createCounter(meter, 'duplicates', 'Events that were delivered again.')
  const deadLetters = createCounter(meter, 'dead_letters', 'Events of the inbox whose last attempt has failed.')
  const failures = createCounter(meter, 'failures', 'Errors of handlers, stores and requests.')
  const jobs = createCounter(meter, 'replay_jobs', 'Replay jobs that have ended.')
  return {
    onCrc: (report) => challenges.record(report.durationMs / 1000, answerOf(report)),
    onDelivery: (report) => {
      deliveries.record(report.durationMs / 1000, answerOf(report))
      const account = report.forUserId !== undefined && { 'x.for_user_id': report.forUserId }
      recordSpan(tracer, 'x.delivery', {
        kind: SpanKind.INTERNAL,
        durationMs: report.durationMs,
        attributes: { ...answerOf(report), ...account, 'x.event_types': [...report.eventTypes] },
        isError: report.status >= 500,
      })
    },
    onEvent: ({ type, isHandled }) => events.add(1, { 'x.event_type': type, 'x.handled': isHandled }),
    onDuplicate: ({ type, state }) => duplicates.add(1, { 'x.event_type': type, 'x.state': state }),
    onDeadLetter: ({ type }) => deadLetters.add(1, { 'x.event_type': type }),
    onFailure: ({ phase, error, reason }) => failures.add(1, { 'x.phase': phase, 'error.type': reason ?? error }),
    onReplay: ({ state }) => jobs.add(1, { 'x.state': state }),
  }
}

interface Span {
  readonly kind: SpanKind
  readonly durationMs: number
  readonly attributes: Attributes
  readonly isError: boolean
}

/** Records a span that ends now. Its start is computed from its duration. */
function recordSpan(tracer: Tracer, name: string, { kind, durationMs, attributes, isError }: Span): void {
  const endTime = Date.now()
  const span = tracer.startSpan(name, { kind, attributes, startTime: new Date(endTime - durationMs) })
  if (isError) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end(new Date(endTime))
}

function answerOf({ status, reason }: Pick<DeliveryReport, 'status' | 'reason'>): Attributes {
  return { 'http.response.status_code': status, ...(reason !== undefined && { 'error.type': reason }) }
}

/** The attributes of OpenTelemetry's semantic conventions: for an error with a status, `error.type` is the status. */
function outcomeOf({ outcome }: ResponseReport): Attributes {
  if (typeof outcome !== 'number') return { 'error.type': outcome }
  return { 'http.response.status_code': outcome, ...(outcome >= 400 && { 'error.type': String(outcome) }) }
}

function createCounter(meter: Meter, name: string, description: string) {
  return meter.createCounter(`x_account_activity.${name}`, { description })
}

/** Bucket boundaries in seconds, for answers that X waits for up to 3 to 10 seconds. */
const explicitBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

function createDurations(meter: Meter, name: string, description: string): Histogram {
  const advice = { explicitBucketBoundaries }
  return meter.createHistogram(`x_account_activity.${name}`, { description, unit: 's', advice })
}
