import { timingSafeEqual as areEqualBytes, createHmac, createSecretKey, type KeyObject } from 'node:crypto'

/** A key that is prepared once and used for many messages. */
export type HmacKey = KeyObject

/** Prepares a key. An HMAC under a text prepares it anew for each message. */
export function prepareHmacKey(key: string): HmacKey {
  return createSecretKey(key, 'utf8')
}

/** HMAC-SHA256 of `message` under `key`, as padded standard base64. */
export function hmacSha256(key: string | HmacKey, message: string | Uint8Array): string {
  return createHmac('sha256', key).update(message).digest('base64')
}

/** HMAC-SHA1 of `message` under `key`, as padded standard base64. */
export function hmacSha1(key: string, message: string | Uint8Array): string {
  return createHmac('sha1', key).update(message).digest('base64')
}

/** The length of an HMAC-SHA256 in base64. Two buffers are reused for such texts, because every delivery has one. */
const digestLength = 44
const left = Buffer.alloc(digestLength * 2)
const right = Buffer.alloc(digestLength * 2)

/** Whether two texts are the same, in a time that depends on their length only. */
export function timingSafeEqual(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  // Only UTF-16 tells all texts apart. Latin-1 keeps one byte of a character, and UTF-8 writes lone surrogates alike.
  if (a.length !== digestLength) return areEqualBytes(Buffer.from(a, 'utf16le'), Buffer.from(b, 'utf16le'))
  left.write(a, 'utf16le')
  right.write(b, 'utf16le')
  return areEqualBytes(left, right)
}
