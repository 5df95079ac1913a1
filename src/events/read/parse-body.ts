import { verificationError } from '../../errors/verification-messages.ts'
import { kindOf } from '../../internal/assert.ts'
import { isJsonObject } from './json-object.ts'
import { ParsedBody } from './parsed-body.ts'

/**
 * The JSON object of a body, which may be text, bytes or parsed already.
 *
 * @throws VerificationError with reason `body_not_json` or `not_a_delivery`.
 * @throws TypeError when `input` is not a body.
 */
export function parseBody(input: unknown): ParsedBody {
  const text = typeof input === 'string' || ArrayBuffer.isView(input) ? decode(input) : undefined
  const value = text === undefined ? assertParsed(input) : parseJson(text)
  if (!isJsonObject(value)) throw verificationError('not_a_delivery')
  return new ParsedBody(value, text)
}

// The decoder replaces bytes that are not UTF-8 with U+FFFD, and removes a byte order mark.
const decoder = new TextDecoder()
const byteOrderMark = 0xfeff

function decode(input: string | ArrayBufferView): string {
  if (typeof input === 'string') return input.charCodeAt(0) === byteOrderMark ? input.slice(1) : input
  try {
    return decoder.decode(input)
  } catch {
    // The bytes are shared with another thread, or too many for a string.
    throw verificationError('body_not_json')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The cause is left out, because it quotes the body.
    throw verificationError('body_not_json')
  }
}

/** Accepts only what `JSON.parse` can return. A promise, a request or a buffer would be a delivery without events. */
function assertParsed(input: unknown): unknown {
  const tag = Object.prototype.toString.call(input)
  if (tag === '[object Object]' || Array.isArray(input)) return input
  const got = typeof input === 'object' && input !== null ? tag.slice('[object '.length, -1) : kindOf(input)
  throw new TypeError(`"input" must be a string, a Uint8Array or the parsed body, got ${got}`)
}
