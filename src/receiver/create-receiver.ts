import { isVerificationError } from '../errors/guards.ts'
import type { Delivery } from '../events/events.ts'
import { parseDelivery } from '../events/parse-delivery.ts'
import { assertObject, assertText } from '../internal/assert.ts'
import { answerChallenge } from './answer-challenge.ts'
import { crcAnswered, handlerFailed, methodNotAllowed, received, refused, unavailable } from './answers.ts'
import { checkSignature, findSignature } from './check-signature.ts'
import { createDispatch } from './dispatch.ts'
import { createErrorReporter } from './error-reporter.ts'
import { checkAnnouncedSize, piecesOf, readBody } from './read-body.ts'
import type { FetchContext, Receiver, ReceiverOptions, WebhookAnswer, WebhookRequest } from './receiver.ts'
import { createRegistry } from './registry.ts'
import { readSettings, type Settings } from './settings.ts'

/**
 * The server's side of a webhook: answers X's CRC, refuses what X did not sign, and hands each event to its handlers
 * once.
 *
 * Its answers: 200 for a CRC and for every delivery whose events are handled, unknown ones included; 400 for a CRC token
 * that is missing, repeated or none of X's, and for a body that is no JSON object; 401 for a signature that is missing,
 * malformed or wrong; 405 for other methods; 413 for a body that is too large; 500 when a handler failed, so that X
 * sends the delivery again.
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
  const errors = createErrorReporter(options.onError)
  const dispatch = createDispatch({ registry, dedupe: settings.dedupe, report: errors.report })

  const receive = async (request: WebhookRequest, context: FetchContext): Promise<WebhookAnswer> => {
    const delivery = await verify(request, settings)
    const handled = dispatch(delivery, new Date(settings.now()))
    if (settings.ack === 'after-handlers') return (await handled) ? received : handlerFailed
    context.waitUntil?.(handled)
    return received
  }

  const handle = async (request: WebhookRequest, context: FetchContext = {}): Promise<WebhookAnswer> => {
    assertRequest(request)
    try {
      switch (request.method.toUpperCase()) {
        case 'GET':
          return crcAnswered(await answerChallenge(request, settings))
        case 'POST':
          return await receive(request, context)
        default:
          return methodNotAllowed
      }
    } catch (error) {
      if (!isVerificationError(error)) {
        errors.report(error, { phase: 'request' })
        return unavailable
      }
      errors.report(error, { phase: 'verification' })
      return refused(error)
    }
  }

  return {
    handle,
    fetch: async (request, context) => toResponse(await handle(fromRequest(request), context)),
    unwrap: (request) => verify(fromRequest(request), settings),
    on: registry.add,
    onAny: registry.addAny,
    onError: errors.add,
  }
}

/** The signature is checked before the body is read as JSON, and its header before the body is read at all. */
async function verify({ headers, body }: WebhookRequest, settings: Settings): Promise<Delivery> {
  const { value, secrets } = findSignature(headers, settings)
  checkAnnouncedSize(headers, settings.maxBodyBytes)
  const bytes = await readBody(body, settings.maxBodyBytes)
  checkSignature(bytes, value, await secrets())
  return parseDelivery(bytes)
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
