/** Anything shorter is no credential, and would blank out half of every text. */
const minSecretLength = 4

/**
 * `text` with every one of `secrets` blanked out, however a server wrote it: as it is, percent-encoded, decoded, or
 * escaped as in JSON.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const patterns = secrets
    .flatMap((secret) => [secret, decode(secret)])
    .filter((secret) => secret.length >= minSecretLength)
    .sort((a, b) => b.length - a.length)
    .map((secret) => Array.from(secret, charPattern).join(''))
  return patterns.length === 0 ? text : text.replace(new RegExp(patterns.join('|'), 'g'), '[redacted]')
}

/** X hands out bearer tokens percent-encoded; servers echo them either way. */
function decode(secret: string): string {
  try {
    return decodeURIComponent(secret)
  } catch {
    return secret
  }
}

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

/** Hexadecimal digits as a pattern that takes either case. */
function hex(code: number, digits: number): string {
  const text = code.toString(16).padStart(digits, '0')
  return text.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
}
