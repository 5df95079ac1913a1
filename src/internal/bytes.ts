const encoder = new TextEncoder()

/** The UTF-8 bytes of a text; bytes are passed through. */
export function utf8(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? encoder.encode(value) : value
}

/** Padded standard base64 of some bytes (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
