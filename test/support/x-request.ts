import { createHmac } from 'node:crypto'

/** The secret of the app in tests. */
export const secret = 'consumer-secret'

/** The signature of X for a body, computed with `node:crypto` only. */
export function signatureOf(body: string | Uint8Array, key = secret): string {
  return `sha256=${createHmac('sha256', key).update(body).digest('base64')}`
}

/** A delivery as X sends it. */
export function deliveryRequest(
  body: string,
  { key = secret, headers = {} }: { key?: string; headers?: HeadersInit } = {},
): Request {
  const signed = new Headers({
    'content-type': 'application/json',
    'x-twitter-webhooks-signature': signatureOf(body, key),
  })
  for (const [name, value] of new Headers(headers)) signed.set(name, value)
  return new Request('https://app.example/webhook', { method: 'POST', headers: signed, body })
}

/** The body of a follow event. By default bob (id 22) follows alice (id 11). */
export function followBody({ source = '22', target = '11', at = 1795253459123, forUserId = '11' } = {}): string {
  const event = { type: 'follow', created_timestamp: String(at), source: { id: source }, target: { id: target } }
  return JSON.stringify({ for_user_id: forUserId, follow_events: [event] })
}
