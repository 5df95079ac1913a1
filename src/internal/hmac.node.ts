import { createHmac, timingSafeEqual as equalBytes } from 'node:crypto'

/** HMAC-SHA256 of `message` under `key`, as padded standard base64. */
export function hmacSha256(key: string, message: string | Uint8Array): string {
  return createHmac('sha256', key).update(message).digest('base64')
}

/** HMAC-SHA1 of `message` under `key`, as padded standard base64. */
export function hmacSha1(key: string, message: string | Uint8Array): string {
  return createHmac('sha1', key).update(message).digest('base64')
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function timingSafeEqual(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && equalBytes(left, right)
}
