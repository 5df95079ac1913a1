import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { toBase64, utf8 } from './bytes.ts'

/** HMAC-SHA256 of `message` under `key`, as padded standard base64. */
export function hmacSha256(key: string, message: string | Uint8Array): string {
  return toBase64(hmac(sha256, utf8(key), utf8(message)))
}

/** HMAC-SHA1 of `message` under `key`, as padded standard base64. */
export function hmacSha1(key: string, message: string | Uint8Array): string {
  return toBase64(hmac(sha1, utf8(key), utf8(message)))
}
