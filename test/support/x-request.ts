import { createHmac } from 'node:crypto'

/** The secret of the app in tests. */
export const secret = 'consumer-secret'

/** What X sends along with a body, computed with node:crypto and nothing of ours. */
export function signatureOf(body: string | Uint8Array, key = secret): string {
  return `sha256=${createHmac('sha256', key).update(body).digest('base64')}`
}

/** A delivery as X posts it. */
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

/** A follow of alice (id 11) by bob (id 22), or of whom else it may be. */
export function followBody({ source = '22', target = '11', at = 1795253459123, forUserId = '11' } = {}): string {
  const event = { type: 'follow', created_timestamp: String(at), source: { id: source }, target: { id: target } }
  return JSON.stringify({ for_user_id: forUserId, follow_events: [event] })
}
