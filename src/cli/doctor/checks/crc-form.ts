import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { type CheckResult, fail, pass } from '../finding.ts'
import { type Answer, longestAnswer, type Outcome } from '../probe/send-request.ts'
import type { WebhookProbe } from '../webhook-probe.ts'
import type { AnsweredCrc } from './answer.ts'

/** The content type must be that of JSON. */
export function checkCrcContentType([first]: readonly AnsweredCrc[]): CheckResult {
  const type = first?.answer.headers['content-type']
  if (type !== undefined && /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type)) return pass(type)
  return fail(type ?? 'no content type', 'Send the header content-type: application/json with the answer.')
}

const compressionFix =
  'Exclude the path of the webhook from compression, in the server and in the proxy: X makes a webhook with a wrongly compressed answer invalid immediately.'

/**
 * The answer must not be compressed when the request does not ask for it. When the request asks for gzip, the answer must
 * be what its header says.
 */
export async function checkCrcEncoding(
  [first]: readonly AnsweredCrc[],
  { sendCrc }: WebhookProbe,
): Promise<CheckResult> {
  const unasked = first === undefined ? undefined : problemOfUnasked(first.answer)
  if (unasked !== undefined) return fail(unasked, compressionFix)
  const outcome = await sendCrc(crypto.randomUUID(), { headers: { 'accept-encoding': 'gzip' } })
  const asked = problemOfAsked(outcome)
  return asked === undefined ? pass('not compressed without being asked') : fail(asked, compressionFix)
}

function problemOfUnasked({ headers, body }: Answer): string | undefined {
  const coding = codingOf(headers)
  if (coding !== undefined) return `compressed (content-encoding: ${coding}) although the request does not accept it`
  return hasGzipBytes(body) ? 'the bytes are gzip, but the header content-encoding is missing' : undefined
}

function problemOfAsked(outcome: Outcome): string | undefined {
  if (outcome.kind !== 'answer') return `with accept-encoding: gzip, ${outcome.what}`
  const coding = codingOf(outcome.headers)
  const isGzip = hasGzipBytes(outcome.body)
  if (coding === undefined) return isGzip ? 'the bytes are gzip, but the header content-encoding is missing' : undefined
  if (coding !== 'gzip') return `content-encoding: ${coding} although the request accepts only gzip`
  return isGzip && decompress(outcome) !== undefined ? undefined : 'the header says gzip, but the bytes are not gzip'
}

function codingOf(headers: Answer['headers']): string | undefined {
  const coding = headers['content-encoding']?.trim().toLowerCase()
  return coding === '' || coding === 'identity' ? undefined : coding
}

function hasGzipBytes(body: Uint8Array): boolean {
  return body[0] === 0x1f && body[1] === 0x8b
}

/** The body of an answer without its compression. `undefined` when it cannot be decompressed. */
function decompress({ headers, body }: Answer): Buffer | undefined {
  const coding = codingOf(headers)
  const options = { maxOutputLength: longestAnswer }
  try {
    if (hasGzipBytes(body)) return gunzipSync(body, options)
    if (coding === 'br') return brotliDecompressSync(body, options)
    if (coding === 'deflate') return inflateSync(body, options)
    return body
  } catch {
    return undefined
  }
}

/** The text of an answer, decompressed. The text as it was sent when it cannot be decompressed. */
function textOf(answer: Answer): string {
  return (decompress(answer) ?? answer.body).toString('utf8')
}

/** The response token of an answer, or what is wrong with the answer and how to mend it. */
export type ResponseToken = { readonly token: string } | { readonly seen: string; readonly fix: string }

const shape = 'Answer with {"response_token":"sha256=<base64>"} and nothing around it.'

/** Reads the answer to a CRC. */
export function readResponseToken(answer: Answer): ResponseToken {
  if (answer.isCut) return { seen: `longer than ${longestAnswer} bytes`, fix: shape }
  const text = textOf(answer)
  const parsed = parse(text)
  if (parsed === undefined) return { seen: text === '' ? 'an empty body' : `no JSON: ${text.slice(0, 80)}`, fix: shape }
  if (typeof parsed === 'string') {
    return { seen: 'a JSON text that contains JSON', fix: `The answer is serialised twice. ${shape}` }
  }
  const { response_token: token } = Object(parsed) as { response_token?: unknown }
  if (typeof token !== 'string') return { seen: `no "response_token": ${text.slice(0, 80)}`, fix: shape }
  const problem = problemOfToken(token)
  return problem === undefined ? { token } : { seen: `"response_token" is ${problem}`, fix: shape }
}

function problemOfToken(token: string): string | undefined {
  if (/^sha256=[A-Za-z0-9+/]{43}=$/.test(token)) return undefined
  const value = token.replace(/^sha256=/, '')
  if (/^[0-9a-f]{64}$/i.test(value)) return 'an HMAC in hexadecimal, not in base64'
  if (/^[A-Za-z0-9_-]{43}=?$/.test(value) && /[-_]/.test(value)) return 'in base64url, not in base64'
  if (/^[A-Za-z0-9+/]{43}$/.test(value)) return 'in base64 without the "=" at its end'
  if (/^[A-Za-z0-9+/]{43}=$/.test(value)) return 'without "sha256=" at its beginning'
  return 'not "sha256=" and an HMAC in base64'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The answer must be a JSON object with the member `response_token`. */
export function checkCrcJson(answered: readonly AnsweredCrc[]): CheckResult {
  for (const { answer } of answered) {
    const read = readResponseToken(answer)
    if ('seen' in read) return fail(read.seen, read.fix)
  }
  return pass('{"response_token":"sha256=…"}')
}
