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

/** Where spans and figures go; to what is registered with `@opentelemetry/api` unless given. */
export interface OpenTelemetryOptions {
  readonly tracer?: Tracer
  readonly meter?: Meter
}

/** Hooks for a client, for a receiver, or for both. */
export type OpenTelemetryHooks = AllOf<ClientHooks> & AllOf<ReceiverHooks>

type AllOf<Hooks> = { readonly [Name in keyof Hooks]-?: NonNullable<Hooks[Name]> }

const scope = 'x-account-activity'

/**
 * Hooks that make spans and figures of OpenTelemetry, for a client and for a receiver.
 *
 * Spans, under whichever is active: one for each API request, named after its call (`webhooks.create`), and one for each
 * delivery (`x.delivery`). Counters: `x_account_activity.events` by type, `.duplicates`, `.failures` by phase,
 * `.api.retries`, `.replay_jobs` by state. Histograms, in seconds: `x_account_activity.crc.duration`,
 * `.delivery.duration`, `.api.duration`.
 *
 * @throws TypeError when the options are no object.
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

function clientHooks(tracer: Tracer, meter: Meter): AllOf<ClientHooks> {
  const durations = createDurations(meter, 'api.duration', 'How long requests to X take.')
  const retries = createCounter(meter, 'api.retries', 'Requests to X that are made again.')
  return {
    onRequest: () => {},
    onResponse: (event) => {
      const attributes = { 'x.endpoint': event.endpoint, ...outcomeOf(event) }
      durations.record(event.durationMs / 1000, attributes)
      const resends = event.attempt > 1 && { 'http.request.resend_count': event.attempt - 1 }
      recordSpan(tracer, event.endpoint, {
        kind: SpanKind.CLIENT,
        durationMs: event.durationMs,
        attributes: { ...attributes, ...resends },
        isError: typeof event.outcome !== 'number' || event.outcome >= 400,
      })
    },
    onRetry: ({ endpoint }) => retries.add(1, { 'x.endpoint': endpoint }),
  }
}

function receiverHooks(tracer: Tracer, meter: Meter): AllOf<ReceiverHooks> {
  const challenges = createDurations(meter, 'crc.duration', 'How long X waits for the answer to a CRC.')
  const deliveries = createDurations(meter, 'delivery.duration', 'How long X waits for the answer to a delivery.')
  const events = createCounter(meter, 'events', 'Events that were handed to their handlers.')
  const duplicates = createCounter(meter, 'duplicates', 'Events that came again.')
  const failures = createCounter(meter, 'failures', 'What went wrong.')
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

/** A span for what has just ended: its beginning is known from how long it took. */
function recordSpan(tracer: Tracer, name: string, { kind, durationMs, attributes, isError }: Span): void {
  const endTime = Date.now()
  const span = tracer.startSpan(name, { kind, attributes, startTime: new Date(endTime - durationMs) })
  if (isError) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end(new Date(endTime))
}

function answerOf({ status, reason }: Pick<DeliveryReport, 'status' | 'reason'>): Attributes {
  return { 'http.response.status_code': status, ...(reason !== undefined && { 'error.type': reason }) }
}

/** As OpenTelemetry names them: the type of an error is the status, where there is one. */
function outcomeOf({ outcome }: ResponseReport): Attributes {
  if (typeof outcome !== 'number') return { 'error.type': outcome }
  return { 'http.response.status_code': outcome, ...(outcome >= 400 && { 'error.type': String(outcome) }) }
}

function createCounter(meter: Meter, name: string, description: string) {
  return meter.createCounter(`x_account_activity.${name}`, { description })
}

/** X waits 3 to 10 seconds. */
const explicitBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

function createDurations(meter: Meter, name: string, description: string): Histogram {
  const advice = { explicitBucketBoundaries }
  return meter.createHistogram(`x_account_activity.${name}`, { description, unit: 's', advice })
}
