import { VerificationError } from '../errors/verification-error.ts'
import { isBytes, utf8 } from '../internal/bytes.ts'
import type { RequestHeaders, WebhookRequest } from './receiver.ts'
import { headerOf } from './request-headers.ts'

/**
 * The bytes of a body that may come in pieces, up to a limit.
 *
 * @throws VerificationError when it is longer, or is no body at all but something that a parser made of it.
 */
export async function readBody(body: WebhookRequest['body'], maxBytes: number): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array()
  if (typeof body === 'string' || isBytes(body)) return checkSize(utf8(body), maxBytes)
  if (!(Symbol.asyncIterator in Object(body))) throw new VerificationError('body_not_raw')
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of body) {
    if (!isBytes(piece)) throw new VerificationError('body_not_raw')
    size += piece.length
    if (size > maxBytes) throw new VerificationError('body_too_large')
    pieces.push(piece)
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : join(pieces, size)
}

/** @throws VerificationError when the length that a request announces is over the limit already. */
export function checkAnnouncedSize(headers: RequestHeaders, maxBytes: number): void {
  if (Number(headerOf(headers, 'content-length') ?? 0) > maxBytes) throw new VerificationError('body_too_large')
}

/** The pieces of the body of a request, which not every runtime lets one iterate over. */
export async function* piecesOf(request: Request): AsyncGenerator<Uint8Array> {
  if (request.bodyUsed || request.body?.locked) throw new VerificationError('body_not_raw')
  if (request.body === null) return
  const reader = request.body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => {})
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
