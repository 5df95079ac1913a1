import { VerificationError } from '../../errors/verification-error.ts'
import { kindOf } from '../../internal/assert.ts'
import { isRecord } from './json-object.ts'

/** The JSON object that a body is: from its text, its bytes, or parsed already. */
export function parseBody(input: unknown): Readonly<Record<string, unknown>> {
  const body = typeof input === 'string' || ArrayBuffer.isView(input) ? parseJson(input) : assertParsed(input)
  if (!isRecord(body)) throw new VerificationError('not_a_delivery')
  return body
}

const decoder = new TextDecoder()

function parseJson(input: string | ArrayBufferView): unknown {
  try {
    // The decoder drops a byte order mark; in a text it would be no JSON.
    return JSON.parse(typeof input === 'string' ? input.replace(/^\uFEFF/, '') : decoder.decode(input))
  } catch {
    // Without its cause, which quotes the body.
    throw new VerificationError('body_not_json')
  }
}

/** Lets through what `JSON.parse` can have made; a promise, request or buffer would be a delivery without events. */
function assertParsed(input: unknown): unknown {
  const tag = Object.prototype.toString.call(input)
  if (tag === '[object Object]' || Array.isArray(input)) return input
  const got = typeof input === 'object' && input !== null ? tag.slice('[object '.length, -1) : kindOf(input)
  throw new TypeError(`"input" must be a string, a Uint8Array or the parsed body, got ${got}`)
}
