import { createHmac, createSecretKey } from 'node:crypto'

/** HMAC-SHA256 of `message` under `key`, as padded standard base64. */
export function hmacSha256(key: string, message: string | Uint8Array): string {
  return createHmac('sha256', prepare(key)).update(message).digest('base64')
}

/** HMAC-SHA1 of `message` under `key`, as padded standard base64. */
export function hmacSha1(key: string, message: string | Uint8Array): string {
  return createHmac('sha1', key).update(message).digest('base64')
}

let last: { readonly key: string; readonly prepared: ReturnType<typeof createSecretKey> } | undefined

/** One app has one secret, and checks thousands of deliveries with it: it is prepared once. */
function prepare(key: string): ReturnType<typeof createSecretKey> {
  if (last?.key !== key) last = { key, prepared: createSecretKey(key, 'utf8') }
  return last.prepared
}
