import type { Delivery } from '../../events/events.ts'
import { parseDelivery } from '../../events/parse-delivery.ts'
import { createRetryPolicy } from '../../http/retry.ts'
import { keepStream, type StreamHandlers } from '../../http/stream/keep-stream.ts'
import { assertFunction, assertInteger, assertObject } from '../../internal/assert.ts'
import { longestTimer } from '../../internal/timers.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readTime } from '../read-time.ts'

/** The options of `activity.stream`. */
export interface ActivityStreamOptions extends CallOptions {
  /**
   * How many minutes before each connection X sends again: an integer from 0 to 5. X sends events again that arrived
   * already. Only with an Enterprise plan.
   *
   * @defaultValue 0
   */
  readonly backfillMinutes?: number | undefined
  /**
   * The start of a time in the past whose events X sends: at most 24 hours ago, in whole seconds, rounded down. A `Date`,
   * or a text in ISO 8601 format with a time zone. After a lost connection, the stream goes on at the time of the last
   * byte that arrived. Only with an Enterprise plan.
   *
   * @defaultValue absent: events from now on
   */
  readonly startTime?: Date | string | undefined
  /**
   * The end of that time, in whole seconds, rounded up. X then closes the connection, and the iteration ends.
   *
   * @defaultValue absent: the stream does not end by itself
   */
  readonly endTime?: Date | string | undefined
  /**
   * Aborts the stream: the connection is closed, and the iteration throws a `TransportError` whose `reason` is `aborted`.
   *
   * @defaultValue no signal: leave the loop to close the connection
   */
  readonly signal?: AbortSignal | undefined
  /**
   * Timeout of the head of the response in milliseconds: an integer from 1 to 2_147_483_647. X sends the head with the
   * first byte, which may take 20 seconds.
   *
   * @defaultValue 30_000
   */
  readonly timeoutMs?: number | undefined
  /**
   * How many faults in a row are tolerated, as a number or as the `limit` of `RetryOptions`. The waits are those that X
   * asks for, so `maxWaitMs` and `baseMs` have no effect.
   *
   * @defaultValue no limit: the stream is kept open
   */
  readonly retry?: CallOptions['retry']
  /**
   * Functions that are called with each connection, disconnection, retry and skipped line of this stream. Their errors are
   * ignored. The `hooks` of the client are called as well.
   *
   * @defaultValue no functions
   */
  readonly on?: StreamHandlers | undefined
}

const endpoint = 'activity.stream'
const defaultTimeoutMs = 30_000

/**
 * `GET /2/activity/stream`, over one connection that is kept open. Each iteration opens a connection of its own.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export function streamActivity({ transport, app }: Api, options: ActivityStreamOptions = {}): AsyncIterable<Delivery> {
  const callOptions = readCallOptions(options, ['backfillMinutes', 'startTime', 'endTime', 'on'])
  const { backfillMinutes = 0, timeoutMs = defaultTimeoutMs } = options
  assertInteger(backfillMinutes, 'backfillMinutes', { max: 5 })
  assertInteger(timeoutMs, 'timeoutMs', { min: 1, max: longestTimer })
  const start = options.startTime === undefined ? undefined : Math.floor(toSeconds(options.startTime, 'startTime'))
  const end = options.endTime === undefined ? undefined : Math.ceil(toSeconds(options.endTime, 'endTime'))
  if (start !== undefined && end !== undefined && start >= end) {
    throw new RangeError('"startTime" must be before "endTime"')
  }
  const on = readHandlers(options.on)
  const query = (receivedAt = 0) => ({
    ...(backfillMinutes > 0 && { backfill_minutes: String(backfillMinutes) }),
    // A time without an end goes on with what happens now, so what arrived already is not asked for again.
    ...(start !== undefined && {
      start_time: toWireTime(end === undefined ? Math.max(start, Math.floor(receivedAt / 1000)) : start),
    }),
    ...(end !== undefined && { end_time: toWireTime(end) }),
  })
  const request = {
    endpoint,
    path: '/2/activity/stream',
    query,
    authorizer: app,
    hasEnd: end !== undefined,
    ...callOptions,
    timeoutMs,
    retry: options.retry === undefined ? undefined : createRetryPolicy(options.retry, transport.retry),
    on,
  } as const
  return {
    async *[Symbol.asyncIterator]() {
      for await (const body of keepStream(transport, request)) yield parseDelivery(body)
    },
  }
}

/** A time in seconds since 1970. */
function toSeconds(value: Date | string, label: string): number {
  return readTime(value, label).getTime() / 1000
}

/** `YYYY-MM-DDTHH:mm:ssZ`, the only format that X documents. */
function toWireTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}

function readHandlers(on: unknown): StreamHandlers | undefined {
  if (on === undefined) return undefined
  assertObject(on, 'on')
  const { connect, disconnect, retry, skip }: StreamHandlers = on
  for (const [name, handler] of Object.entries({ connect, disconnect, retry, skip })) {
    if (handler !== undefined) assertFunction(handler, `on.${name}`)
  }
  return { connect, disconnect, retry, skip }
}
