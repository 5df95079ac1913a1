import type { Delivery } from '../events/events.ts'
import { assertInteger, assertObject, assertText } from '../internal/assert.ts'
import { withAsyncDispose } from '../internal/async-dispose.ts'
import { minuteMs } from '../internal/clock.ts'
import { type ConcurrencyLimit, createConcurrencyLimit } from '../internal/concurrency-limit.ts'
import { createObservers } from '../internal/emit.ts'
import { createKeyedMutex } from '../internal/mutex.ts'
import { longestTimer } from '../internal/timers.ts'
import type { Decision } from './answers.ts'
import { assertHeaders, piecesOf } from './delivery/read-request.ts'
import { verifyDelivery } from './delivery/verify-delivery.ts'
import { createErrorReporter } from './error-reporter.ts'
import { dispatchDelivery, handleRequest } from './handle-request.ts'
import { createHandlerRegistry } from './handlers/handler-registry.ts'
import { createInboxProcessor, type InboxProcessor } from './handling/inbox.ts'
import type { AnswerHealth, FailureHealth, ReceiverHealth, WorkHealth } from './health.ts'
import type { CloseOptions, PlatformContext, Receiver, ReceiverObserver, WebhookRequest } from './receiver.ts'
import type { FailureHistory, ReceiverContext, ReceiverHistory } from './receiver-context.ts'
import type { ReceiverOptions } from './receiver-options.ts'
import { readSettings } from './settings.ts'

/**
 * The server side of a webhook: answers X's CRC, refuses what X did not sign, and hands each event to its handlers once.
 *
 * It answers with 200 to a CRC and to every delivery whose events are handled, unknown ones included. Otherwise:
 *
 * - 400: the CRC token is missing, repeated or not X's, or the body is not a JSON object.
 * - 401: the signature is missing, malformed or wrong.
 * - 405: another method. 408: the body is too slow. 413: the body is too large, or the delivery has too many events.
 * - 500: a handler failed or took too long. 503: too many deliveries are in progress, or the receiver is closing. X sends
 *   the delivery again.
 *
 * A CRC never waits for deliveries.
 *
 * @throws TypeError when an option is missing or of the wrong type.
 * @throws RangeError when a secret is empty or has white space at its ends, or a number is out of range.
 * @see https://docs.x.com/x-api/webhooks/introduction
 *
 * @example
 * import { createReceiver } from 'x-account-activity/receiver'
 *
 * const receiver = createReceiver({
 *   consumerSecret: 'consumer-secret',
 *   on: {
 *     follow: (event) => console.log(`${event.sourceId} follows ${event.targetId}`),
 *     direct_message: (event) => console.log(event.payload.message_create.message_data.text),
 *   },
 * })
 *
 * export default { fetch: receiver.fetch }
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  const settings = readSettings(options)
  const handlers = createHandlerRegistry(options.on, options.onActivity)
  if (handlers.hasActivityHandlers()) assertClaimsActivities(options)
  const history = createHistory(settings.now())
  const { add: onError, report } = createErrorReporter(settings, history.failures, options.onError)
  const closing = new AbortController()
  const background = new Set<Promise<unknown>>()
  const receiver: ReceiverContext = {
    ...settings,
    handlers,
    observers: createObservers<ReceiverObserver>(observerFunctions),
    history,
    report,
    concurrency: createConcurrencyLimit(settings.maxConcurrentDeliveries, settings.now),
    unverified: createConcurrencyLimit(settings.maxUnverifiedDeliveries, settings.now),
    timeLimits: new Set(),
    succeeded: new Map(),
    uncommitted: new Set(),
    runInBackground: (work) => {
      background.add(work)
      void work.finally(() => background.delete(work))
    },
    closing: closing.signal,
    inProgress: new Map(),
    accountQueue: createKeyedMutex(),
  }
  const inboxProcessor = createInboxProcessor(receiver)
  /** Items are handed out when there is a handler, and offered again when there is one more. */
  const startProcessing = (remove: () => void) => {
    inboxProcessor.start()
    return remove
  }
  if (!handlers.isEmpty()) inboxProcessor.start()

  const closeReceiver: Receiver['close'] = (closeOptions) => {
    closing.abort()
    return close(receiver, inboxProcessor, background, closeOptions)
  }
  const members: Omit<Receiver, keyof AsyncDisposable> = {
    handle: (request, platform = {}) => handle(receiver, request, platform),
    fetch: async (request, ...platform) => {
      const answer = await handle(receiver, fromRequest(request), findPlatform(platform))
      return new Response(answer.body, { status: answer.status, headers: answer.headers })
    },
    unwrap: async (request) => (await verifyDelivery(fromRequest(request), receiver)).delivery,
    dispatch: async (delivery, { signal } = {}) => {
      assertDelivery(delivery)
      return dispatchDelivery(receiver, delivery, signal)
    },
    on: (type, handler) => startProcessing(handlers.add(type, handler)),
    onActivity: (kind, handler) => {
      assertClaimsActivities(options)
      return startProcessing(handlers.addActivity(kind, handler))
    },
    onAny: (handler) => startProcessing(handlers.addAny(handler)),
    observe: receiver.observers.add,
    health: () => healthOf(receiver, inboxProcessor),
    onError,
    close: closeReceiver,
  }
  return withAsyncDispose(members, closeReceiver)
}

/** Two events can have one activity, so something has to remember that it is handled. */
function assertClaimsActivities({ inbox, dedupe }: ReceiverOptions): void {
  if (inbox === undefined || inbox.claimsKeys || dedupe !== undefined) return
  throw new TypeError('"onActivity" needs "dedupe", because the "inbox" cannot claim activities')
}

const observerFunctions = ['onRequest', 'onVerification', 'onDelivery', 'onHandler', 'onAnswer'] as const

/** Not `async`: that would cost each delivery a promise more. */
const handle = (receiver: ReceiverContext, request: WebhookRequest, platform: PlatformContext) => {
  try {
    assertRequest(request)
  } catch (error) {
    return Promise.reject(error)
  }
  return handleRequest(receiver, request, platform)
}

/** Accepts nothing any more, and waits until all work has ended or the time is over. */
async function close(
  { concurrency, timeLimits, history }: ReceiverContext,
  inboxProcessor: InboxProcessor,
  background: ReadonlySet<Promise<unknown>>,
  { timeoutMs = 10_000 }: CloseOptions = {},
): Promise<boolean> {
  assertInteger(timeoutMs, 'timeoutMs', { max: longestTimer })
  const allEnded = Promise.all([concurrency.close(), inboxProcessor.stop()]).then(() => Promise.all(background))
  return new Promise((resolve) => {
    const stopWaiting = () => {
      for (const limit of timeLimits) limit.end(new DOMException('The receiver is closing', 'AbortError'))
      history.isClosed = true
      resolve(false)
    }
    const timer = setTimeout(stopWaiting, timeoutMs)
    void allEnded.then(() => {
      clearTimeout(timer)
      history.isClosed = true
      resolve(true)
    })
  })
}

function createHistory(startedAt: number): ReceiverHistory {
  const noFailure = () => ({ count: 0, lastAt: 0, lastError: '' })
  return {
    startedAt,
    lastDecision: undefined,
    lastDeliveryAt: 0,
    lastVerifiedAt: 0,
    lastCrc: undefined,
    lastCrcAt: 0,
    refusals: new Map(),
    failures: { handler: noFailure(), store: noFailure() },
    isClosed: false,
  }
}

/** The health of a receiver. Everything in it is in memory, so this is cheap, and waits for nothing. */
function healthOf(receiver: ReceiverContext, { work, isRunning }: InboxProcessor): ReceiverHealth {
  const { history, concurrency, unverified, uncommitted, closing, handlerTimeoutMs, now } = receiver
  const { startedAt, lastDecision, lastDeliveryAt, lastVerifiedAt, lastCrc, lastCrcAt, refusals, failures } = history
  const stuckMs = Math.max(2 * handlerTimeoutMs, minuteMs)
  const isStuck = (limit: ConcurrencyLimit) => now() - (limit.fullSince() ?? Number.POSITIVE_INFINITY) >= stuckMs
  return {
    isLive: ![concurrency, ...(work ? [work] : [])].some(isStuck),
    isReady: !closing.aborted,
    state: closing.aborted ? (history.isClosed ? 'closed' : 'closing') : 'open',
    startedAt: toText(startedAt),
    deliveries: workHealthOf(concurrency),
    unverified: workHealthOf(unverified),
    ...(work && { inbox: { ...workHealthOf(work), isRunning: isRunning() } }),
    ...(lastDecision && { lastDelivery: { at: toText(lastDeliveryAt), ...statusOf(lastDecision) } }),
    ...(lastVerifiedAt > 0 && { lastVerifiedAt: toText(lastVerifiedAt) }),
    ...(lastCrc && { lastCrc: { at: toText(lastCrcAt), ...lastCrc } }),
    refusals: Object.fromEntries(refusals),
    failures: { handler: failureHealthOf(failures.handler), store: failureHealthOf(failures.store) },
    uncommitted: uncommitted.size,
  }
}

function workHealthOf({ running, limit, fullSince }: ConcurrencyLimit): WorkHealth {
  const since = fullSince()
  return { inProgress: running(), limit, ...(since !== undefined && { fullSince: toText(since) }) }
}

function statusOf({ answer, reason }: Decision): Omit<AnswerHealth, 'at'> {
  return { status: answer.status, ...(reason !== undefined && { reason }) }
}

function failureHealthOf({ count, lastAt, lastError }: FailureHistory): FailureHealth {
  return count === 0 ? { count } : { count, lastAt: toText(lastAt), lastError }
}

/** A clock can return anything, and a health endpoint must not throw. */
function toText(time: number): string {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString()
}

function fromRequest(request: Request): WebhookRequest {
  return { method: request.method, url: request.url, headers: request.headers, body: piecesOf(request) }
}

/** Finds `waitUntil` by its shape: each platform passes the object that has it in another place. */
function findPlatform(platform: readonly unknown[]): PlatformContext {
  for (const candidate of platform) if (hasWaitUntil(candidate)) return candidate
  return {}
}

function hasWaitUntil(value: unknown): value is Required<PlatformContext> {
  return typeof value === 'object' && value !== null && 'waitUntil' in value && typeof value.waitUntil === 'function'
}

function assertRequest(request: WebhookRequest): void {
  assertObject(request, 'request')
  assertText(request.method, 'request.method')
  assertText(request.url, 'request.url')
  assertHeaders(request.headers, 'request.headers')
}

function assertDelivery(delivery: Delivery): void {
  assertObject(delivery, 'delivery')
  if (!Array.isArray(delivery.events)) {
    throw new TypeError('"delivery" must be what parseDelivery returns, with an array "events"')
  }
  assertObject(delivery.payload, 'delivery.payload')
}
