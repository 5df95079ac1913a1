import type { ActivityClient } from '../client/activity-client.ts'
import type { ActivityStreamOptions } from '../endpoints/activity/activity-stream.ts'
import type { Delivery } from '../events/events.ts'
import type { StreamHandlers } from '../http/stream/keep-stream.ts'
import { assertFunction, assertInteger, assertMethods, assertObject } from '../internal/assert.ts'
import { notify } from '../internal/emit.ts'
import { sleep as defaultSleep, resolveOnAbort, type Sleep } from '../internal/timers.ts'
import type { Receiver } from '../receiver/receiver.ts'

/** A delivery that the receiver did not handle. */
export interface UnhandledDelivery {
  /** The delivery. Keep it if it must not be lost: X does not send it again. */
  readonly delivery: Delivery
  /** How many times it was passed to the receiver. */
  readonly attempts: number
}

/** Functions that are called with what happens in {@link runStream}. What they return or throw is ignored. */
export interface RunStreamHandlers extends StreamHandlers {
  /**
   * Called with a delivery that the receiver did not handle: its handlers failed at each attempt, or the signal was
   * aborted. The errors of the handlers go to `onError` of the receiver.
   */
  readonly unhandled?: ((unhandled: UnhandledDelivery) => unknown) | undefined
}

/** Options of {@link runStream}. Those of `client.activity.stream` are passed on to it. */
export interface RunStreamOptions extends Omit<ActivityStreamOptions, 'on'> {
  /** The client of the app. */
  readonly client: {
    /** The calls of the X Activity API. */
    readonly activity: Pick<ActivityClient, 'stream'>
  }
  /** Handles the deliveries: with its handlers, its dedupe store and its inbox. */
  readonly receiver: Pick<Receiver, 'dispatch'>
  /**
   * Ends the stream: the connection is closed, the signals of the handlers that are running are aborted, and `runStream`
   * resolves.
   *
   * @defaultValue no signal: it runs until X refuses the stream for good
   */
  readonly signal?: AbortSignal | undefined
  /**
   * Functions that are called with each connection, disconnection, retry, skipped line and unhandled delivery.
   *
   * @defaultValue no functions
   */
  readonly on?: RunStreamHandlers | undefined
  /**
   * The highest number of deliveries that are handled at the same time: an integer from 1 to 1000. While that many are in
   * progress, nothing is read from the stream.
   *
   * @defaultValue 10
   */
  readonly concurrency?: number | undefined
  /**
   * How many times a delivery is passed to the receiver, because X does not send it again: an integer from 1 to 100. The
   * waits between two attempts are 1, 2, 4 … seconds, and at most 30 seconds.
   *
   * @defaultValue 5
   */
  readonly maxAttempts?: number | undefined
  /**
   * Waits between two attempts. Set it in tests.
   *
   * @defaultValue a timer of the runtime
   */
  readonly sleep?: Sleep | undefined
}

/**
 * Passes the deliveries of the stream of the X Activity API to a receiver, so that an app without a public URL has the
 * same handlers as one with a webhook. The receiver handles each event once: an event that came by webhook, or by an
 * earlier connection, is not handled again.
 *
 * @returns A promise that resolves when `signal` is aborted or the window of `endTime` is complete, and the handlers have
 * ended.
 * @throws ApiError with reason `TooManyConnections` if other processes have all connections of the app, or with a general
 * reason if X refuses the stream for good.
 * @throws TransportError if the limit of `retry` is reached, or the TLS certificate is not accepted.
 * @throws TypeError or RangeError if an option is invalid.
 * @see https://docs.x.com/x-api/activity/introduction
 *
 * @example
 * import { createClient } from 'x-account-activity'
 * import { createReceiver } from 'x-account-activity/receiver'
 * import { runStream } from 'x-account-activity/stream'
 *
 * const client = createClient({ consumerKey: 'key', consumerSecret: 'consumer-secret' })
 * const receiver = createReceiver({ consumerSecret: 'consumer-secret' })
 * receiver.onAny((event) => console.log(event.type, event.id))
 *
 * async function run(signal: AbortSignal): Promise<void> {
 *   await runStream({ client, receiver, signal, on: { disconnect: ({ reason }) => console.warn(reason) } })
 * }
 */
export async function runStream(options: RunStreamOptions): Promise<void> {
  const { deliveries, dispatch, concurrency, failed, signal } = start(options)
  const inProgress = new Set<Promise<void>>()
  try {
    for await (const delivery of deliveries) {
      const work = dispatch(delivery).finally(() => inProgress.delete(work))
      inProgress.add(work)
      if (inProgress.size >= concurrency) await Promise.race(inProgress)
    }
  } catch (error) {
    if (!signal?.aborted && !failed.signal.aborted) throw error
  } finally {
    await Promise.all(inProgress)
  }
  if (failed.signal.aborted) throw failed.signal.reason
}

/** Checks the options, and prepares the stream and what is done with each delivery. */
function start(options: RunStreamOptions) {
  assertObject(options, 'options')
  const { client, receiver, on = {}, concurrency = 10, maxAttempts = 5, sleep = defaultSleep, ...stream } = options
  assertObject(client, 'client')
  assertMethods(client.activity, 'client.activity', ['stream'])
  assertMethods(receiver, 'receiver', ['dispatch'])
  assertObject(on, 'on')
  const { unhandled, ...streamHandlers } = on
  if (unhandled !== undefined) assertFunction(unhandled, 'on.unhandled')
  assertInteger(concurrency, 'concurrency', { min: 1, max: 1000 })
  assertInteger(maxAttempts, 'maxAttempts', { min: 1, max: 100 })
  assertFunction(sleep, 'sleep')
  const { signal } = stream
  const failed = new AbortController()
  const either = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal])
  const attempt = { receiver, maxAttempts, sleep: resolveOnAbort(sleep), signal: either }
  const dispatch = async (delivery: Delivery): Promise<void> => {
    try {
      const attempts = await dispatchInAttempts(delivery, attempt)
      if (attempts !== undefined) notify(unhandled, { delivery, attempts })
    } catch (error) {
      // Never an error of a handler: the receiver itself, or `sleep`, failed.
      failed.abort(error)
    }
  }
  const deliveries = client.activity.stream({ ...stream, signal: either, on: streamHandlers })
  return { deliveries, dispatch, concurrency, failed, signal }
}

interface AttemptOptions {
  readonly receiver: Pick<Receiver, 'dispatch'>
  readonly maxAttempts: number
  readonly sleep: Sleep
  readonly signal: AbortSignal
}

const firstWaitMs = 1_000
const longestWaitMs = 30_000

/** Passes a delivery to the receiver until it is handled. The number of attempts if it is not. */
async function dispatchInAttempts(
  delivery: Delivery,
  { receiver, maxAttempts, sleep, signal }: AttemptOptions,
): Promise<number | undefined> {
  for (let attempts = 1; ; attempts += 1) {
    if (await receiver.dispatch(delivery, { signal })) return undefined
    if (attempts >= maxAttempts || signal.aborted) return attempts
    await sleep(Math.min(firstWaitMs * 2 ** (attempts - 1), longestWaitMs), signal)
    if (signal.aborted) return attempts
  }
}
