import { createHmac } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { secret } from './x-request.ts'

/** A request to a webhook, with its body as it was received. */
export interface WebhookCall {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly body: Buffer
  /** The query of the request. */
  readonly query: URLSearchParams
}

/** The parts of a webhook server that a test can replace. */
export interface WebhookParts {
  /** Answers GET. */
  readonly crc?: (call: WebhookCall) => void
  /** Answers POST. */
  readonly delivery?: (call: WebhookCall) => void
  /** Answers every other method. */
  readonly other?: (call: WebhookCall) => void
  /** Called before anything else. `true` means that it answers, or does not. */
  readonly first?: (request: IncomingMessage, response: ServerResponse) => boolean
}

/** HMAC-SHA256 as X computes it, by `node:crypto` only. */
export function hmac(
  message: string | Uint8Array,
  key = secret,
  encoding: 'base64' | 'hex' | 'base64url' = 'base64',
): string {
  return createHmac('sha256', key).update(message).digest(encoding)
}

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

/** Whether a token has the form of X's. */
export function hasTokenForm(token: string): boolean {
  return /^[A-Za-z0-9\-_.~+/:]{1,256}={0,2}$/.test(token)
}

/** Whether a delivery has the signature of X. */
export function isSignedByX(body: string | Uint8Array, request: IncomingMessage, key = secret): boolean {
  return request.headers['x-twitter-webhooks-signature'] === `sha256=${hmac(body, key)}`
}

/** Answers a CRC as X wants it. */
export function answerCrcRight({ response, query }: WebhookCall): void {
  const token = query.get('crc_token') ?? ''
  if (hasTokenForm(token)) json(response, 200, { response_token: `sha256=${hmac(token)}` })
  else json(response, 400, {})
}

/** Answers a delivery as X wants it. */
export function acceptRight({ request, response, body }: WebhookCall): void {
  json(response, isSignedByX(body, request) ? 200 : 401, {})
}

/** A webhook server without this package. It is right in everything that the test does not replace. */
export function webhookServer(parts: WebhookParts = {}): (request: IncomingMessage, response: ServerResponse) => void {
  const { crc = answerCrcRight, delivery = acceptRight, other = ({ response }) => json(response, 405, {}) } = parts
  return (request, response) => {
    if (parts.first?.(request, response)) return
    const chunks: Buffer[] = []
    request.on('error', () => {})
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams
      const call = { request, response, body: Buffer.concat(chunks), query }
      if (request.method === 'GET') crc(call)
      else if (request.method === 'POST') delivery(call)
      else other(call)
    })
  }
}
