import { VerificationError } from '../../errors/verification-error.ts'
import { verificationError } from '../../errors/verification-messages.ts'
import { assertObject } from '../../internal/assert.ts'
import { isBytes } from '../../internal/bytes.ts'
import { settleWithin } from '../../internal/timers.ts'
import type { RequestHeaders, WebhookRequest } from '../receiver.ts'
import type { BodyLimits } from '../settings.ts'

/** A body that is here as a whole. */
export type WholeBody = string | Uint8Array

/** The body did not arrive in time. */
export class BodyTooSlowError extends Error {
  override readonly name = 'BodyTooSlowError'
}

/** The body broke off, or its source failed. */
export class BodyUnreadableError extends Error {
  override readonly name = 'BodyUnreadableError'
}

/**
 * The value of a header, in whatever case its name is. Several values are joined, as HTTP does, and match no signature.
 * What is not a header value (`null`, an object) counts as no such header.
 *
 * Headers are recognised by their shape: servers hand over `Headers` of other implementations and realms, `Map`s, lists
 * of names and values, and plain objects whose values are numbers, lists or `null`.
 */
export function headerOf(headers: RequestHeaders, name: string): string | undefined {
  // Most servers hand over a plain object with names in lower case.
  if (Object.hasOwn(headers, name)) return textOf((headers as Readonly<Record<string, unknown>>)[name])
  if (hasGet(headers)) {
    const value = textOf(headers.get(name))
    // A map, of this realm or another, finds only the spelling that it was given.
    if (value !== undefined || headers instanceof Headers) return value
  }
  if (Symbol.iterator in headers) return valueOfEntries(entriesOf(headers as Iterable<unknown>), name)
  return valueOfEntries(Object.entries(headers), name)
}

/** Headers are an object, or a list of names and values. */
export function assertHeaders(value: unknown, label: string): asserts value is RequestHeaders {
  if (!Array.isArray(value)) assertObject(value, label)
}

function hasGet(headers: RequestHeaders): headers is RequestHeaders & { readonly get: (name: string) => unknown } {
  return 'get' in headers && typeof headers.get === 'function'
}

type HeaderEntry = readonly [name: unknown, value: unknown]

/** Entries as they are, or made of a flat list of names and values, such as `rawHeaders` of Node.js. */
function entriesOf(headers: Iterable<unknown>): HeaderEntry[] {
  const items = [...headers]
  if (items.every((item) => Array.isArray(item))) return items as unknown as HeaderEntry[]
  return items.flatMap((item, index) => (index % 2 === 0 ? [[item, items[index + 1]] as const] : []))
}

function valueOfEntries(entries: readonly HeaderEntry[], name: string): string | undefined {
  const values = entries
    .filter(([key]) => typeof key === 'string' && key.length === name.length && key.toLowerCase() === name)
    .flatMap(([, value]) => textOf(value) ?? [])
  return values.length > 0 ? values.join(', ') : undefined
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (!Array.isArray(value)) return undefined
  const texts = value.flatMap((one: unknown) => textOf(one) ?? [])
  return texts.length > 0 ? texts.join(', ') : undefined
}

/** Whether a body is here as a whole, so that reading it waits for nothing. */
export function isWhole(body: unknown): body is WholeBody {
  return typeof body === 'string' || isBytes(body)
}

/**
 * A body as a whole, up to a limit.
 *
 * @throws VerificationError when it is too large, or when it is not a body but what a parser made of one.
 * @throws BodyTooSlowError when its end does not come in time.
 * @throws BodyUnreadableError when it breaks off.
 */
export async function readBody(body: WebhookRequest['body'], limits: BodyLimits): Promise<WholeBody> {
  if (body === undefined || body === null) return ''
  if (isWhole(body)) return checkSize(body, limits.maxBodyBytes)
  if (!(Symbol.asyncIterator in Object(body))) throw verificationError('body_not_raw')
  const source = body[Symbol.asyncIterator]()
  const timeoutError = () => new BodyTooSlowError(`The body did not arrive within ${limits.bodyTimeoutMs} ms.`)
  try {
    return await settleWithin(readPieces(source, limits.maxBodyBytes), limits.bodyTimeoutMs, timeoutError)
  } catch (error) {
    void release(source)
    throw error
  }
}

/** @throws VerificationError when the length that a request announces is over the limit already. */
export function checkAnnouncedSize(headers: RequestHeaders, maxBytes: number): void {
  const announced = headerOf(headers, 'content-length')
  if (announced !== undefined && Number(announced) > maxBytes) throw verificationError('body_too_large')
}

/** @throws VerificationError when a body has more bytes than the limit. */
export function checkSize(body: WholeBody, maxBytes: number): WholeBody {
  if (hasMoreBytes(body, maxBytes)) throw verificationError('body_too_large')
  return body
}

/** A UTF-16 code unit becomes one to three bytes of UTF-8, so most texts need no counting. */
function hasMoreBytes(body: WholeBody, maxBytes: number): boolean {
  if (typeof body !== 'string') return body.length > maxBytes
  if (body.length * 3 <= maxBytes) return false
  return body.length > maxBytes || new TextEncoder().encode(body).length > maxBytes
}

/** The pieces of the body of a `Request`, also of another implementation. Not every runtime lets one iterate over it. */
export function piecesOf(request: Request): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => iterate(request) }
}

function iterate(request: Request): AsyncIterator<Uint8Array> {
  let source: AsyncIterator<Uint8Array> | undefined
  return {
    async next() {
      source ??= open(request)
      return source.next()
    },
    async return() {
      await source?.return?.()
      return { done: true, value: undefined }
    },
  }
}

const nothing: AsyncIterator<Uint8Array> = { next: async () => ({ done: true, value: undefined }) }

function open(request: Request): AsyncIterator<Uint8Array> {
  const { bodyUsed, body } = request
  if (bodyUsed || body?.locked) throw verificationError('body_not_raw')
  // Not every implementation has streams: Firefox and polyfills have no member `body`.
  if (body === undefined && typeof request.arrayBuffer === 'function') return readAtOnce(request)
  if (body === null || body === undefined) return nothing
  if (typeof body.getReader === 'function') return readStream(body.getReader())
  // The stream of Node.js, which older implementations of `Request` have for a body.
  if (Symbol.asyncIterator in body) return (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
  throw verificationError('body_not_raw')
}

function readAtOnce(request: Request): AsyncIterator<Uint8Array> {
  let isRead = false
  return {
    async next() {
      if (isRead) return { done: true, value: undefined }
      isRead = true
      return { done: false, value: new Uint8Array(await request.arrayBuffer()) }
    },
  }
}

function readStream(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncIterator<Uint8Array> {
  return {
    async next() {
      const { done, value } = await reader.read()
      return done || value === undefined ? { done: true, value: undefined } : { done: false, value }
    },
    // Not a generator: a generator would be released only after the piece that it waits for.
    async return() {
      await reader.cancel().catch(() => {})
      return { done: true, value: undefined }
    },
  }
}

async function readPieces(source: AsyncIterator<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const first = await nextPiece(source)
  if (first === undefined) return new Uint8Array()
  let whole = checkPiece(first, first.length, maxBytes)
  let size = first.length
  for (let next = await nextPiece(source); next !== undefined; next = await nextPiece(source)) {
    checkPiece(next, size + next.length, maxBytes)
    whole = append(whole, size, next, maxBytes)
    size += next.length
  }
  return whole.subarray(0, size)
}

function checkPiece(piece: unknown, size: number, maxBytes: number): Uint8Array {
  if (!isBytes(piece)) throw verificationError('body_not_raw')
  if (size > maxBytes) throw verificationError('body_too_large')
  return piece
}

/** Copies a piece behind the others. The buffer doubles when it is full: pieces of one byte cost no more than large ones. */
function append(buffer: Uint8Array, size: number, piece: Uint8Array, maxBytes: number): Uint8Array {
  const needed = size + piece.length
  if (needed <= buffer.length) {
    buffer.set(piece, size)
    return buffer
  }
  const larger = new Uint8Array(Math.min(Math.max(needed, size * 2, 1_024), maxBytes))
  larger.set(buffer.subarray(0, size))
  larger.set(piece, size)
  return larger
}

async function nextPiece(source: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    const { done, value } = await source.next()
    return done ? undefined : value
  } catch (error) {
    if (error instanceof VerificationError) throw error
    throw new BodyUnreadableError('The body of the request could not be read to its end.', { cause: error })
  }
}

/** Not awaited: some sources are released only after the piece that they wait for, which may never come. */
async function release(source: AsyncIterator<Uint8Array>): Promise<void> {
  try {
    await source.return?.()
  } catch {}
}
