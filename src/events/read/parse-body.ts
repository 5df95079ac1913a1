import { verificationError } from '../../errors/verification-messages.ts'
import { kindOf } from '../../internal/assert.ts'
import { isJsonObject, type JsonObject } from './json-object.ts'

/**
 * The JSON object of a body, which may be text, bytes or parsed already.
 *
 * @throws VerificationError with reason `body_not_json` or `not_a_delivery`.
 * @throws TypeError when `input` is not a body.
 */
export function parseBody(input: unknown): JsonObject {
  const body = typeof input === 'string' || ArrayBuffer.isView(input) ? parseJson(input) : assertParsed(input)
  if (!isJsonObject(body)) throw verificationError('not_a_delivery')
  return body
}

// The decoder replaces bytes that are not UTF-8 with U+FFFD, and removes a byte order mark.
const decoder = new TextDecoder()
const byteOrderMark = 0xfeff

function parseJson(input: string | ArrayBufferView): unknown {
  try {
    return JSON.parse(typeof input === 'string' ? withoutByteOrderMark(input) : decoder.decode(input))
  } catch {
    // The cause is left out, because it quotes the body.
    throw verificationError('body_not_json')
  }
}

function withoutByteOrderMark(text: string): string {
  return text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text
}

/** Accepts only what `JSON.parse` can return. A promise, a request or a buffer would be a delivery without events. */
function assertParsed(input: unknown): unknown {
  const tag = Object.prototype.toString.call(input)
  if (tag === '[object Object]' || Array.isArray(input)) return input
  const got = typeof input === 'object' && input !== null ? tag.slice('[object '.length, -1) : kindOf(input)
  throw new TypeError(`"input" must be a string, a Uint8Array or the parsed body, got ${got}`)
}
