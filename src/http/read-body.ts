/** The body of a response as text. */
export interface ReadBody {
  readonly text: string
  /** Whether the body was longer than allowed, so that `text` has only its beginning. */
  readonly isCut: boolean
}

/**
 * Reads a body to its end, or to `maxBytes` bytes after decompression. The rest is not read. The bytes are copied into
 * one buffer, so the memory does not depend on the size of the chunks.
 */
export async function readBody(response: Response, maxBytes: number, signal: AbortSignal): Promise<ReadBody> {
  const { body } = response
  // A mock of `fetch` may return a response without a stream of the Web.
  if (typeof body?.getReader !== 'function') return cut(await response.text(), maxBytes)
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader()
  const stop = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await readAll(reader, maxBytes)
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>, maxBytes: number): Promise<ReadBody> {
  let bytes = new Uint8Array(0)
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { text: decode(bytes, length), isCut: false }
    const part = value.subarray(0, maxBytes - length)
    if (length + part.length > bytes.length) bytes = grow(bytes, length + part.length, maxBytes)
    bytes.set(part, length)
    length += part.length
    if (part.length < value.length) return { text: decode(bytes, length), isCut: true }
  }
}

/** A copy of the bytes in a larger buffer: twice as large, or as large as needed, but not larger than `maxBytes`. */
export function grow(bytes: Uint8Array, needed: number, maxBytes: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(needed, Math.min(bytes.length * 2, maxBytes)))
  larger.set(bytes)
  return larger
}

function decode(bytes: Uint8Array, length: number): string {
  return new TextDecoder().decode(bytes.subarray(0, length))
}

/** Text has at least as many bytes of UTF-8 as it has characters, so more characters are too many bytes. */
function cut(text: string, maxBytes: number): ReadBody {
  return text.length > maxBytes ? { text: text.slice(0, maxBytes), isCut: true } : { text, isCut: false }
}
