import { toBase64, utf8 } from '../../internal/bytes.ts'
import { unescapeText } from './unescape-text.ts'

/** Shorter texts are not credentials, and replacing them would remove parts of ordinary words. */
const minSecretLength = 4
/** Shorter base64 and hexadecimal texts could be part of ordinary text. */
const minEncodedLength = 6
/** How often a text is unescaped. A server may escape a text that is escaped already. */
const maxLayers = 4

/**
 * Replaces every secret in `text` by `[redacted]`. A server may write a secret as it is, percent-encoded, decoded, with
 * HTML entities, with the escapes of JSON and JavaScript, in base64 or in hexadecimal digits: all of these forms are
 * found, and combinations of them. The time is proportional to the length of the text.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const forms = formsOf(secrets)
  if (forms.size === 0) return text
  const found: Range[] = []
  let toSource = (range: Range) => range
  let layer = text
  for (let depth = 0; depth < maxLayers; depth += 1) {
    for (const form of forms) findAll(layer, form, (range) => found.push(toSource(range)))
    const next = unescapeText(layer)
    if (next === undefined) break
    const outer = toSource
    toSource = (range) => outer(next.toSource(range))
    layer = next.text
  }
  return mask(text, found)
}

/** The longest body that an error keeps, in characters. */
const maxBodyLength = 100_000
/** How many characters a server may need for one character of a secret. */
const longestEscape = 12

/**
 * The body of a response without secrets, for an error. Only the beginning of a long body is kept.
 *
 * @param isCut - Whether the end of the body is missing already.
 */
export function redactBody(body: string, secrets: readonly string[], isCut = false): string {
  if (!isCut && body.length <= maxBodyLength) return redact(body, secrets)
  // A part of a secret at the end is not found, so the end is left out.
  const margin = Math.max(0, ...secrets.map((secret) => secret.length)) * longestEscape
  const shown = redact(body.slice(0, maxBodyLength + margin), secrets)
  return shown.slice(0, Math.min(Math.max(shown.length - margin, 0), maxBodyLength))
}

/** A part of a text: the first index, and the index after the last. */
type Range = readonly [start: number, end: number]

function findAll(text: string, form: string, onFound: (range: Range) => void): void {
  for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length)) {
    onFound([at, at + form.length])
  }
}

function mask(text: string, ranges: Range[]): string {
  let masked = ''
  let done = 0
  let end = -1
  for (const range of ranges.sort(([a], [b]) => a - b)) {
    if (range[0] >= end) {
      masked += `${text.slice(done, range[0])}[redacted]`
    }
    end = Math.max(end, range[1])
    done = end
  }
  return masked + text.slice(done)
}

/** Every text that shows a secret. Escaped forms are not in it, because the text is unescaped instead. */
function formsOf(secrets: readonly string[]): Set<string> {
  const plain = new Set(secrets.flatMap(unescapedForms).filter((form) => form.length >= minSecretLength))
  const encoded = [...plain].flatMap((form) => encodedForms(utf8(form)))
  return new Set([...plain, ...encoded.filter((form) => form.length >= minEncodedLength)])
}

/** X issues bearer tokens percent-encoded. A server may echo them encoded or decoded. */
function unescapedForms(secret: string): string[] {
  const forms = [secret]
  for (let next = unescapeText(secret); next && forms.length < maxLayers; next = unescapeText(next.text)) {
    forms.push(next.text)
  }
  return forms
}

/** The secret in hexadecimal digits, and in base64 at each of the three places where it can begin in a longer text. */
function encodedForms(bytes: Uint8Array): string[] {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const base64 = [0, 1, 2].map((offset) => {
    const padded = new Uint8Array(offset + bytes.length)
    padded.set(bytes, offset)
    // Only the digits that depend on nothing but the secret.
    return toBase64(padded).slice(Math.ceil((offset * 8) / 6), Math.floor((padded.length * 8) / 6))
  })
  const whole = toBase64(bytes).replace(/=+$/, '')
  const urlSafe = [...base64, whole].map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [hex, hex.toUpperCase(), ...base64, whole, ...urlSafe]
}
