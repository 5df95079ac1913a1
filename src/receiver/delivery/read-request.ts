import { VerificationError } from '../../errors/verification-error.ts'
import { isBytes } from '../../internal/bytes.ts'
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

/** The value of a header, in whatever case its name is. Several values are joined, as HTTP does, and match no signature. */
export function headerOf(headers: RequestHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const value = Object.hasOwn(headers, name) ? headers[name] : valueInOtherCase(headers, name)
  return typeof value === 'string' || value === undefined ? value : value.join(', ')
}

function valueInOtherCase(
  headers: Exclude<RequestHeaders, Headers>,
  name: string,
): string | readonly string[] | undefined {
  const values = Object.keys(headers)
    .filter((key) => key.toLowerCase() === name)
    .flatMap((key) => headers[key] ?? [])
  return values.length > 0 ? values : undefined
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
  if (!(Symbol.asyncIterator in Object(body))) throw new VerificationError('body_not_raw')
  const source = body[Symbol.asyncIterator]()
  try {
    return await withinTime(readPieces(source, limits.maxBodyBytes), limits.bodyTimeoutMs)
  } catch (error) {
    void release(source)
    throw error
  }
}

/** @throws VerificationError when the length that a request announces is over the limit already. */
export function checkAnnouncedSize(headers: RequestHeaders, maxBytes: number): void {
  const announced = headerOf(headers, 'content-length')
  if (announced !== undefined && Number(announced) > maxBytes) throw new VerificationError('body_too_large')
}

/** @throws VerificationError when a body has more bytes than the limit. */
export function checkSize(body: WholeBody, maxBytes: number): WholeBody {
  if (hasMoreBytes(body, maxBytes)) throw new VerificationError('body_too_large')
  return body
}

/** A UTF-16 code unit becomes one to three bytes of UTF-8, so most texts need no counting. */
function hasMoreBytes(body: WholeBody, maxBytes: number): boolean {
  if (typeof body !== 'string') return body.length > maxBytes
  if (body.length * 3 <= maxBytes) return false
  return body.length > maxBytes || new TextEncoder().encode(body).length > maxBytes
}

/** The pieces of the body of a `Request`. Not every runtime lets one iterate over it. */
export function piecesOf(request: Request): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => iterate(request) }
}

function iterate(request: Request): AsyncIterator<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  return {
    async next() {
      if (reader === undefined) {
        if (request.bodyUsed || request.body?.locked) throw new VerificationError('body_not_raw')
        reader = request.body?.getReader()
      }
      const { done = true, value } = (await reader?.read()) ?? {}
      return done || value === undefined ? { done: true, value: undefined } : { done: false, value }
    },
    // Not a generator: a generator would be released only after the piece that it waits for.
    async return() {
      await reader?.cancel().catch(() => {})
      return { done: true, value: undefined }
    },
  }
}

async function readPieces(source: AsyncIterator<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for (let next = await nextPiece(source); next !== undefined; next = await nextPiece(source)) {
    if (!isBytes(next)) throw new VerificationError('body_not_raw')
    size += next.length
    if (size > maxBytes) throw new VerificationError('body_too_large')
    pieces.push(next)
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : join(pieces, size)
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

/** @throws BodyTooSlowError when the promise does not settle within `ms` milliseconds. */
async function withinTime<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BodyTooSlowError(`The body did not arrive within ${ms} ms.`)), ms)
  })
  try {
    return await Promise.race([promise, timeout])
  } finally {
    clearTimeout(timer)
  }
}

/** Not awaited: some sources are released only after the piece that they wait for, which may never come. */
async function release(source: AsyncIterator<Uint8Array>): Promise<void> {
  try {
    await source.return?.()
  } catch {}
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}
