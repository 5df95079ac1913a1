import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { isVerificationError } from '../../entries/errors.ts'
import { type Delivery, parseDelivery } from '../../entries/events.ts'
import { createReceiver, type Receiver, type WebhookAnswer } from '../../entries/receiver.ts'
import { readBody } from './read-body.ts'

/** A delivery as it arrived. */
export interface ReceivedDelivery {
  /** The exact bytes. */
  readonly body: Uint8Array
  /** The headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly delivery: Delivery
  /** Milliseconds since 1970. */
  readonly receivedAt: number
}

export interface ListenerOptions {
  /** The path of the webhook, such as `/webhook`. Requests for others get status 404. */
  readonly path: string
  /** The secrets that verify deliveries and answer challenges. */
  readonly secrets: ListenerSecrets
  /** Whether deliveries without a valid signature are refused. */
  readonly isVerifying: boolean
  readonly now: () => number
  /** Called with each delivery that was accepted. It is answered with status 200 without waiting. */
  readonly onDelivery: (received: ReceivedDelivery) => void
  /** Called for each delivery and challenge that was refused. */
  readonly onRefused: (reason: string, message: string) => void
  /** Called when a challenge was answered. */
  readonly onChallenge: () => void
  /** Called for a request for another path. */
  readonly onOtherPath: (path: string) => void
}

/** The secrets of an app. Without a consumer secret, no challenge can be answered. */
export interface ListenerSecrets {
  readonly consumerSecret: string | undefined
  readonly clientSecret: string | undefined
}

/** A webhook that accepts deliveries and answers challenges. */
export interface Listener {
  readonly handle: RequestListener
  /** The receiver behind it, for a recovery to observe. */
  readonly receiver: Receiver
}

/** The most bytes of a body. Deliveries of X have a few thousand. */
export const maxBodyBytes = 1024 * 1024

export function createListener(options: ListenerOptions): Listener {
  const { consumerSecret = 'not set', clientSecret } = options.secrets
  const receiver = createReceiver({
    consumerSecret,
    ...(clientSecret !== undefined && { clientSecret }),
    maxBodyBytes,
    onError: (error) => {
      if (isVerificationError(error)) options.onRefused(error.reason, error.message)
      else options.onRefused('request', error instanceof Error ? error.message : String(error))
    },
  })
  const handle: RequestListener = (request, response) => {
    answer(request, receiver, options)
      .then((answered) => send(request, response, answered))
      .catch(() => response.destroy())
  }
  return { handle, receiver }
}

async function answer(request: IncomingMessage, receiver: Receiver, options: ListenerOptions): Promise<WebhookAnswer> {
  const { method = '', url = '/' } = request
  const path = pathOf(url)
  if (path !== options.path) {
    request.resume()
    options.onOtherPath(path)
    return refusal(404, 'not_found', `The webhook is at ${options.path}.`)
  }
  if (method === 'POST') return receive(request, receiver, options)
  if (method === 'GET' && options.secrets.consumerSecret === undefined) {
    const message = 'The CRC cannot be answered: X_CONSUMER_SECRET is not set.'
    options.onRefused('secret_missing', message)
    return refusal(500, 'secret_missing', message)
  }
  const answered = await receiver.handle({ method, url, headers: request.headers })
  if (method === 'GET' && answered.status === 200) options.onChallenge()
  return answered
}

function pathOf(url: string): string {
  const end = url.search(/[?#]/)
  return end === -1 ? url : url.slice(0, end)
}

async function receive(
  request: IncomingMessage,
  receiver: Receiver,
  { isVerifying, now, onDelivery, onRefused }: ListenerOptions,
): Promise<WebhookAnswer> {
  const receivedAt = now()
  const body = await readBody(request, maxBodyBytes)
  if (body === undefined) {
    const message = `The body has more than ${maxBodyBytes} bytes.`
    onRefused('body_too_large', message)
    return refusal(413, 'body_too_large', message)
  }
  const { method = '', url = '/' } = request
  const headers = flatHeaders(request)
  if (isVerifying) {
    const answered = await receiver.handle({ method, url, headers, body })
    if (answered.status === 200) onDelivery({ body, headers, delivery: parseDelivery(body), receivedAt })
    return answered
  }
  try {
    onDelivery({ body, headers, delivery: parseDelivery(body), receivedAt })
    return { status: 200, headers: json, body: '{}' }
  } catch (error) {
    if (!isVerificationError(error)) throw error
    onRefused(error.reason, error.message)
    return refusal(400, error.reason, error.message)
  }
}

/** Repeated headers are joined, as HTTP allows. */
function flatHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}

const json = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } as const

function refusal(status: number, error: string, message: string): WebhookAnswer {
  return { status, headers: json, body: JSON.stringify({ error, message }) }
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: WebhookAnswer): void {
  if (!request.complete) response.setHeader('connection', 'close')
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(request.method === 'HEAD' ? undefined : body)
}
