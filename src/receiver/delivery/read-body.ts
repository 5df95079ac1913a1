import { VerificationError } from '../../errors/verification-error.ts'
import { isBytes, utf8 } from '../../internal/bytes.ts'
import type { RequestHeaders, WebhookRequest } from '../receiver.ts'
import { headerOf } from './request-headers.ts'

/** How much of a body is waited for. */
export interface BodyLimits {
  readonly maxBodyBytes: number
  readonly bodyTimeoutMs: number
}

/** The body did not arrive in time. */
export class BodyTooSlow extends Error {
  override readonly name = 'BodyTooSlow'
}

/**
 * The bytes of a body that may come in pieces, up to a limit.
 *
 * @throws VerificationError when it is longer, or is no body at all but something that a parser made of it.
 * @throws BodyTooSlow when its end has not come in time.
 */
export function readBody(body: WebhookRequest['body'], limits: BodyLimits): Uint8Array | Promise<Uint8Array> {
  const { maxBodyBytes, bodyTimeoutMs } = limits
  if (body === undefined || body === null) return new Uint8Array()
  if (typeof body === 'string' || isBytes(body)) return checkSize(utf8(body), maxBodyBytes)
  if (!(Symbol.asyncIterator in Object(body))) throw new VerificationError('body_not_raw')
  const source = body[Symbol.asyncIterator]()
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      clearTimeout(timer)
      void letGo(source)
      reject(error)
    }
    const tooSlow = () => fail(new BodyTooSlow(`The body did not arrive within ${bodyTimeoutMs} ms`))
    const timer = setTimeout(tooSlow, bodyTimeoutMs)
    readPieces(source, maxBodyBytes).then((bytes) => {
      clearTimeout(timer)
      resolve(bytes)
    }, fail)
  })
}

/** Nobody waits for this: some sources let go only after the piece that they wait for, which may never come. */
async function letGo(source: AsyncIterator<Uint8Array>): Promise<void> {
  try {
    await source.return?.()
  } catch {}
}

async function readPieces(source: AsyncIterator<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for (let next = await source.next(); !next.done; next = await source.next()) {
    if (!isBytes(next.value)) throw new VerificationError('body_not_raw')
    size += next.value.length
    if (size > maxBytes) throw new VerificationError('body_too_large')
    pieces.push(next.value)
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : join(pieces, size)
}

/** @throws VerificationError when the length that a request announces is over the limit already. */
export function checkAnnouncedSize(headers: RequestHeaders, maxBytes: number): void {
  if (Number(headerOf(headers, 'content-length') ?? 0) > maxBytes) throw new VerificationError('body_too_large')
}

/** The pieces of the body of a request, which not every runtime lets one iterate over. */
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
    // Not a generator, which would let go only after the piece that it waits for.
    async return() {
      await reader?.cancel().catch(() => {})
      return { done: true, value: undefined }
    },
  }
}

function checkSize(bytes: Uint8Array, maxBytes: number): Uint8Array {
  if (bytes.length > maxBytes) throw new VerificationError('body_too_large')
  return bytes
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
