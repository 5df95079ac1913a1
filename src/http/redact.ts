/** Shorter texts are not credentials, and replacing them would remove parts of ordinary words. */
const minSecretLength = 4

/**
 * Replaces every secret in `text` by `[redacted]`. A server may write a secret as it is, percent-encoded, decoded, or
 * escaped as in JSON: all of these forms are found.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const patterns = secrets
    .flatMap((secret) => [secret, decode(secret)])
    .filter((secret) => secret.length >= minSecretLength)
    .sort((a, b) => b.length - a.length)
    .map((secret) => Array.from(secret, charPattern).join(''))
  return patterns.length === 0 ? text : text.replace(new RegExp(patterns.join('|'), 'g'), '[redacted]')
}

/** X issues bearer tokens percent-encoded. A server may echo them encoded or decoded. */
function decode(secret: string): string {
  try {
    return decodeURIComponent(secret)
  } catch {
    return secret
  }
}

/** A pattern for one character in all the forms that a server may write. */
function charPattern(char: string): string {
  if (/[A-Za-z0-9]/.test(char)) return char
  const inJson = literal(JSON.stringify(char).slice(1, -1))
  const escaped = Array.from({ length: char.length }, (_, unit) => `\\\\u${hex(char.charCodeAt(unit), 4)}`).join('')
  const encoded = Array.from(new TextEncoder().encode(char), (byte) => `%(?:25)?${hex(byte, 2)}`).join('')
  return `(?:${encoded}|${escaped}|${inJson}|\\\\?${literal(char)})`
}

function literal(text: string): string {
  return text.replace(/[^\s\w]/gu, '\\$&')
}

/** A pattern for hexadecimal digits in upper and lower case. */
function hex(code: number, digits: number): string {
  const text = code.toString(16).padStart(digits, '0')
  return text.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
}
