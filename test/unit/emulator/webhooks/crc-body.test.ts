import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readCrcBody } from '../../../../src/emulator/webhooks/crc-body.ts'
import { listen } from '../../../support/listen.ts'

const json = '{"response_token":"sha256=ä"}'

const gzipped = new Uint8Array(gzipSync(json))

const gzip = { 'content-encoding': 'gzip' }

describe('an answer that a function created', () => {
  it.each([
    ['not compressed', new Response(json)],
    ['compressed, with the header', new Response(gzipped, { headers: gzip })],
    ['compressed, with the header in upper case', new Response(gzipped, { headers: { 'content-encoding': 'GZIP' } })],
  ])('is read: %s', async (_, response) => expect(await readCrcBody(response)).toBe(json))

  it.each([
    ['compressed, without the header', new Response(gzipped), 'Compressed with gzip, but no header declares it'],
    ['not compressed, with the header', new Response(json, { headers: gzip }), 'Declared as gzip, but not compressed'],
    ['empty, with the header', new Response(null, { headers: gzip }), 'Declared as gzip, but not compressed'],
  ])('is refused: %s', async (_, response, message) => {
    await expect(readCrcBody(response)).rejects.toMatchObject({
      name: 'EncodingError',
      message: expect.stringContaining(message),
    })
  })
})

describe('an answer from the network', () => {
  /** The text that is read from the answer of a server. */
  async function readFrom(answer: RequestListener): Promise<string> {
    return readCrcBody(await fetch(await listen(answer)))
  }

  it.each<[string, RequestListener]>([
    ['not compressed', (_, response) => response.end(json)],
    ['compressed, with the header', (_, response) => response.writeHead(200, gzip).end(gzipped)],
  ])('is read: %s', async (_, answer) => expect(await readFrom(answer)).toBe(json))

  it.each<[string, RequestListener]>([
    ['compressed, without the header', (_, response) => response.end(gzipped)],
    ['not compressed, with the header', (_, response) => response.writeHead(200, gzip).end(json)],
  ])('is refused: %s', async (_, answer) => {
    await expect(readFrom(answer)).rejects.toMatchObject({ name: 'EncodingError' })
  })

  it('is a lost connection, and not an encoding error, when it ends too early', async () => {
    const answer: RequestListener = (_, response) => {
      response.writeHead(200, { ...gzip, 'content-length': gzipped.length })
      response.write(gzipped.subarray(0, 12), () => response.destroy())
    }
    await expect(readFrom(answer)).rejects.toMatchObject({ name: 'TypeError' })
  })
})
