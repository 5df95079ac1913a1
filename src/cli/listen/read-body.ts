import type { IncomingMessage } from 'node:http'

/**
 * Reads the body of a request. Resolves to `undefined` when it has more than `maxBytes` bytes: the rest is then discarded.
 *
 * @throws Error when the connection breaks off.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    if (bytes > maxBytes) {
      request.resume()
      return undefined
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The beginning of the body of an answer. The rest is not read. */
export async function readStart(response: Response, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let bytes = 0; reader !== undefined && bytes < maxBytes; ) {
    const { value } = await reader.read()
    if (value === undefined) return text
    bytes += value.length
    text += decoder.decode(value, { stream: true })
  }
  await reader?.cancel()
  return text.slice(0, maxBytes)
}
