import { verificationError } from '../errors/verification-messages.ts'
import type { Delivery } from '../events/events.ts'
import { textOfIds } from '../events/parse-delivery.ts'
import { isPromise } from '../internal/awaitable.ts'
import { answerCrcRequest } from './answer-crc-request.ts'
import { busy, closing, type Decision, methodNotAllowed } from './answers.ts'
import { type VerifiedDelivery, verifyDelivery } from './delivery/verify-delivery.ts'
import { countRefusal, refuse } from './error-reporter.ts'
import { createDeliveryRun, decideOn, decideWhileRunning } from './handling/handle-delivery.ts'
import { enqueueDelivery, onAbort } from './handling/inbox.ts'
import type { DeliveryReport } from './hooks.ts'
import { handleImmediately, verifyImmediately } from './immediate.ts'
import type { PlatformContext, WebhookAnswer, WebhookRequest } from './receiver.ts'
import type { ReceiverContext } from './receiver-context.ts'

/** Answers a request. */
export function handleRequest(
  receiver: ReceiverContext,
  request: WebhookRequest,
  platform: PlatformContext,
): Promise<WebhookAnswer> {
  return receiver.observers.isActive()
    ? answerObserved(receiver, request, platform)
    : answer(receiver, request, platform)
}

async function answerObserved(
  receiver: ReceiverContext,
  request: WebhookRequest,
  platform: PlatformContext,
): Promise<WebhookAnswer> {
  const { observers, now } = receiver
  const { method, url, headers } = request
  const requestId = crypto.randomUUID()
  const startedAt = now()
  observers.emit('onRequest', () => ({ requestId, method, url, headers, receivedAt: new Date(startedAt) }))
  const answered = await answer(receiver, request, platform, requestId)
  const { status, body } = answered
  observers.emit('onAnswer', () => ({ requestId, status, body, durationMs: now() - startedAt }))
  return answered
}

/** A GET is a CRC, a POST a delivery. `requestId` is given when the request is observed. */
function answer(
  receiver: ReceiverContext,
  request: WebhookRequest,
  platform: PlatformContext,
  requestId?: string,
): Promise<WebhookAnswer> {
  switch (request.method.toUpperCase()) {
    case 'GET':
      return answerCrcRequest(receiver, request)
    case 'POST':
      return receiveDelivery(receiver, request, platform, requestId)
    default:
      return Promise.resolve(methodNotAllowed.answer)
  }
}

/** The way of a delivery: read → verify → parse → handle once, or enqueue → answer. Never rejects. */
async function receiveDelivery(
  receiver: ReceiverContext,
  request: WebhookRequest,
  platform: PlatformContext,
  requestId: string | undefined,
): Promise<WebhookAnswer> {
  const startedAt = receiver.now()
  let delivery: Delivery | undefined
  let decision: Decision
  try {
    // Read, verify, parse.
    const verified = verifyImmediately(receiver, request, startedAt) ?? (await verifyCounted(receiver, request))
    if (verified === undefined) decision = busy
    else {
      delivery = verified.delivery
      if (requestId !== undefined) observeVerified(receiver, verified, requestId)
      // Handle once, or enqueue.
      const deciding = accept(receiver, verified, platform)
      decision = isPromise(deciding) ? await deciding : deciding
    }
  } catch (error) {
    decision = refuse(receiver, error)
    if (requestId !== undefined) observeRefused(receiver, decision, requestId)
  }
  record(receiver, decision, delivery, startedAt)
  // Answer.
  return decision.answer
}

/** Reports how a delivery is answered, and remembers it for `health()`. `delivery` is given when it is verified. */
function record(
  receiver: ReceiverContext,
  decision: Decision,
  delivery: Delivery | undefined,
  startedAt: number,
): void {
  const { history } = receiver
  history.lastDecision = decision
  history.lastDeliveryAt = startedAt
  if (delivery !== undefined) history.lastVerifiedAt = startedAt
  if (decision.reason !== undefined) countRefusal(history, decision)
  receiver.emit.delivery(() => describe(decision, delivery, receiver.now() - startedAt))
}

function observeVerified({ observers }: ReceiverContext, verified: VerifiedDelivery, requestId: string): void {
  observers.emit('onVerification', () => ({ requestId, isVerified: true }))
  observers.emit('onDelivery', () => ({
    source: 'request' as const,
    requestId,
    ...verified,
    receivedAt: new Date(verified.receivedAt),
  }))
}

function observeRefused({ observers }: ReceiverContext, { reason }: Decision, requestId: string): void {
  observers.emit('onVerification', () => ({ requestId, isVerified: false, ...(reason !== undefined && { reason }) }))
}

/** Anyone can send bodies that have to be waited for, so their number is limited: `undefined` when there is no room. */
async function verifyCounted(
  receiver: ReceiverContext,
  request: WebhookRequest,
): Promise<VerifiedDelivery | undefined> {
  if (receiver.unverified.isFull()) return undefined
  const verifying = verifyDelivery(request, receiver)
  receiver.unverified.track(verifying)
  return verifying
}

/** What X is answered about a delivery that is verified. */
function accept(
  receiver: ReceiverContext,
  verified: VerifiedDelivery,
  platform: PlatformContext,
  signal?: AbortSignal,
): Decision | Promise<Decision> {
  // Only now: unsigned requests do not count against the limit, and a body that was read leaves the connection open.
  if (receiver.concurrency.isClosed()) return closing
  if (receiver.concurrency.isFull()) return busy
  if (receiver.inbox !== undefined) return enqueue(receiver, verified, platform)
  const run = createDeliveryRun(receiver, verified)
  const stopListening = signal && onAbort(signal, () => run.limit.end(signal.reason))
  const areAllHandled = handleImmediately(receiver, run)
  if (stopListening !== undefined) void Promise.resolve(areAllHandled).then(stopListening)
  return isPromise(areAllHandled)
    ? decideWhileRunning(receiver, run, areAllHandled, platform)
    : decideOn(receiver, areAllHandled)
}

function enqueue(receiver: ReceiverContext, verified: VerifiedDelivery, platform: PlatformContext): Promise<Decision> {
  const decision = enqueueDelivery(receiver, verified)
  receiver.concurrency.track(decision)
  platform.waitUntil?.(decision)
  return decision
}

/** Handles a delivery that was verified by other means. Resolves to whether X would have been answered with 200. */
export async function dispatchDelivery(
  receiver: ReceiverContext,
  delivery: Delivery,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (signal?.aborted) return false
  const startedAt = receiver.now()
  const decision = await dispatchVerified(receiver, delivery, startedAt, signal)
  record(receiver, decision, delivery, startedAt)
  return decision.answer.status === 200
}

/**
 * The body that an inbox stores. It must give the same events, with the same ids, when it is read again.
 *
 * @throws RangeError when the payload is nested so deep that it cannot be written as JSON.
 */
function bodyOf(delivery: Delivery): string {
  return textOfIds(delivery) ?? JSON.stringify(delivery.payload)
}

async function dispatchVerified(
  receiver: ReceiverContext,
  delivery: Delivery,
  startedAt: number,
  signal: AbortSignal | undefined,
): Promise<Decision> {
  try {
    if (delivery.events.length > receiver.maxEventsPerDelivery) throw verificationError('too_many_events')
    const verified = { delivery, body: bodyOf(delivery), receivedAt: startedAt }
    const source = 'dispatch' as const
    receiver.observers.emit('onDelivery', () => ({ source, ...verified, receivedAt: new Date(startedAt) }))
    return await accept(receiver, verified, {}, signal)
  } catch (error) {
    return refuse(receiver, error)
  }
}

function describe({ answer, reason }: Decision, delivery: Delivery | undefined, durationMs: number): DeliveryReport {
  const forUserId = delivery?.forUserId
  return {
    status: answer.status,
    ...(reason !== undefined && { reason }),
    durationMs,
    ...(forUserId !== undefined && { forUserId }),
    eventTypes: delivery?.events.map(({ type }) => type) ?? [],
  }
}
