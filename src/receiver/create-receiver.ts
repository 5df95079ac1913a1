import { isVerificationError } from '../errors/guards.ts'
import { assertObject, assertText } from '../internal/assert.ts'
import type { Awaitable } from '../internal/awaitable.ts'
import { answerCrcRequest } from './answer-crc-request.ts'
import { bodyTooSlow, methodNotAllowed, refused, unavailable, type Verdict } from './answers.ts'
import { createClose } from './close.ts'
import { createTraffic } from './concurrency-limit.ts'
import { BodyTooSlow, piecesOf } from './delivery/read-body.ts'
import { createReceiveDelivery } from './delivery/receive-delivery.ts'
import { verifyDelivery } from './delivery/verify-delivery.ts'
import { createErrorReporter, type ErrorReporter } from './error-reporter.ts'
import { createRegistry } from './handler-registry.ts'
import { createKeepDelivery } from './handling/enqueue-delivery.ts'
import { createHandleDelivery } from './handling/handle-delivery.ts'
import { createHandleOnce } from './handling/handle-once.ts'
import { workOnInbox } from './handling/process-inbox.ts'
import { createTimeLimits } from './handling/time-limit.ts'
import type { FetchContext, Receiver, WebhookAnswer, WebhookRequest } from './receiver.ts'
import type { ReceiverOptions } from './receiver-options.ts'
import { readSettings } from './settings.ts'

/**
 * The server's side of a webhook: answers X's CRC, refuses what X did not sign, and hands each event to its handlers
 * once.
 *
 * Its answers: 200 for a CRC and for every delivery whose events are handled, unknown ones included; 400 for a CRC token
 * that is missing, repeated or none of X's, and for a body that is no JSON object; 401 for a signature that is missing,
 * malformed or wrong; 405 for other methods; 408 for a body that is too slow and 413 for one that is too large; 500 when
 * a handler failed or took too long, and 503 when too many deliveries are under way or the receiver is closing, so that X
 * sends the delivery again. A CRC never waits behind deliveries.
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
  const registry = createRegistry(options.on)
  const { add: onError, report } = createErrorReporter(settings.tell, options.onError)
  const limits = createTimeLimits(settings.now)
  const traffic = createTraffic(settings.maxConcurrentDeliveries)
  const handleOnce = createHandleOnce({ ...settings, registry, report })
  const { inbox } = settings
  const work = inbox && workOnInbox({ ...settings, inbox, handleOnce, limits, report })
  const take = inbox
    ? createKeepDelivery({ ...settings, inbox, report })
    : createHandleDelivery({ ...settings, handleOnce, limits, report })
  const refuse = createRefuse(report)
  const receive = createReceiveDelivery({ settings, traffic, take, refuse })

  const answer = (request: WebhookRequest, context: FetchContext): Awaitable<WebhookAnswer> => {
    assertRequest(request)
    switch (request.method.toUpperCase()) {
      case 'GET':
        return answerCrcRequest(request, settings, refuse)
      case 'POST':
        return receive(request, context)
      default:
        return methodNotAllowed.answer
    }
  }
  const handle: Receiver['handle'] = async (request, context = {}) => answer(request, context)

  /** What is kept in the inbox must not be handed to nobody. */
  const workOnceHandled = (remove: () => void) => {
    work?.begin()
    return remove
  }
  if (!registry.isEmpty()) work?.begin()

  return {
    handle,
    fetch: async (request, context) => toResponse(await handle(fromRequest(request), context)),
    unwrap: async (request) => (await verifyDelivery(fromRequest(request), settings)).delivery,
    on: (type, handler) => workOnceHandled(registry.add(type, handler)),
    onAny: (handler) => workOnceHandled(registry.addAny(handler)),
    onError,
    close: createClose({ traffic, work, limits }),
  }
}

function createRefuse(report: ErrorReporter['report']): (error: unknown) => Verdict {
  return (error) => {
    if (isVerificationError(error)) {
      report(error, { phase: 'verification' })
      return refused(error)
    }
    report(error, { phase: 'request' })
    return error instanceof BodyTooSlow ? bodyTooSlow : unavailable
  }
}

function fromRequest(request: Request): WebhookRequest {
  return { method: request.method, url: request.url, headers: request.headers, body: piecesOf(request) }
}

function toResponse({ status, headers, body }: WebhookAnswer): Response {
  return new Response(body, { status, headers })
}

function assertRequest(request: WebhookRequest): void {
  assertObject(request, 'request')
  assertText(request.method, 'request.method')
  assertText(request.url, 'request.url')
  assertObject(request.headers, 'request.headers')
}
