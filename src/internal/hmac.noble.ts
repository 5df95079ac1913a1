import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { toBase64, utf8 } from './bytes.ts'

/** A key that is prepared once and used for many messages. */
export type HmacKey = Uint8Array

/** Prepares a key. An HMAC under a text prepares it anew for each message. */
export function prepareHmacKey(key: string): HmacKey {
  return utf8(key)
}

/** HMAC-SHA256 of `message` under `key`, as padded standard base64. */
export function hmacSha256(key: string, message: string | Uint8Array): string {
  return toBase64(hmac(sha256, utf8(key), utf8(message)))
}

/** As {@link hmacSha256}, under a prepared key. */
export function hmacSha256Prepared(key: HmacKey, message: string | Uint8Array): string {
  return toBase64(hmac(sha256, key, utf8(message)))
}

/** HMAC-SHA1 of `message` under `key`, as padded standard base64. */
export function hmacSha1(key: string, message: string | Uint8Array): string {
  return toBase64(hmac(sha1, utf8(key), utf8(message)))
}

/** Whether two texts are the same, in a time that depends on their length only. The web has no such function. */
export function timingSafeEqual(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let index = 0; index < a.length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index)
  return difference === 0
}
