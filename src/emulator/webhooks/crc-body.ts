/** An answer is compressed and does not say so, or says so and is not. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError'
}

/**
 * The text of an answer, if its `content-encoding` is true.
 *
 * An answer that came over the network was decompressed by `fetch`, which keeps the header: that one is believed, unless
 * decompressing it failed. An answer that a function made is as it was made.
 *
 * @throws EncodingError when the header says what is not so.
 */
export async function readCrcBody(response: Response): Promise<string> {
  const saysGzip = /\bgzip\b/i.test(response.headers.get('content-encoding') ?? '')
  const bytes = await readBytes(response, saysGzip)
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  if (isGzip && !saysGzip) throw new EncodingError('Compressed by gzip, which no header declares')
  const isDecoded = response.url !== ''
  if (saysGzip && !isGzip && !isDecoded) throw new EncodingError('Declared to be compressed by gzip, and is not')
  return isGzip ? new Response(gunzip(bytes)).text() : new TextDecoder().decode(bytes)
}

async function readBytes(response: Response, saysGzip: boolean): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    throw saysGzip && isInflateError(error) ? new EncodingError('Declared to be compressed by gzip, and is not') : error
  }
}

/** In Node.js the cause has a code of zlib; other runtimes only say it. */
function isInflateError(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (!(cause instanceof Error)) return false
  return (
    /^Z_/.test('code' in cause ? String(cause.code) : '') || /zlib|inflate|decompress|header check/i.test(cause.message)
  )
}

function gunzip(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
}
