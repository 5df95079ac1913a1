/** The `content-encoding` of an answer does not match its body. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError'
}

/**
 * The text of an answer to a challenge.
 *
 * `fetch` decompresses an answer from the network and keeps its `content-encoding` header, so for such an answer the
 * header is trusted unless decompressing failed. The body of an answer that a function created is not decompressed.
 *
 * @throws EncodingError when the body is compressed and the header does not declare it, or the reverse.
 */
export async function readCrcBody(response: Response): Promise<string> {
  const declaresGzip = /\bgzip\b/i.test(response.headers.get('content-encoding') ?? '')
  const bytes = await readBytes(response, declaresGzip)
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  if (isGzip && !declaresGzip) throw new EncodingError('Compressed with gzip, but no header declares it')
  const isFromNetwork = response.url !== ''
  if (declaresGzip && !isGzip && !isFromNetwork) throw notCompressed()
  return isGzip ? new Response(gunzip(bytes)).text() : new TextDecoder().decode(bytes)
}

async function readBytes(response: Response, declaresGzip: boolean): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    throw declaresGzip && isInflateError(error) ? notCompressed() : error
  }
}

/** In Node.js the cause has a code of zlib. Other runtimes only have a message. */
function isInflateError(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (!(cause instanceof Error)) return false
  return (
    /^Z_/.test('code' in cause ? String(cause.code) : '') || /zlib|inflate|decompress|header check/i.test(cause.message)
  )
}

function notCompressed(): EncodingError {
  return new EncodingError('Declared as gzip, but not compressed')
}

function gunzip(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
}
