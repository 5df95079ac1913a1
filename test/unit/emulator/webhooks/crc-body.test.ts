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
    ['as it is', new Response(json)],
    ['compressed, and says so', new Response(gzipped, { headers: gzip })],
    ['compressed, and says so in another way', new Response(gzipped, { headers: { 'content-encoding': 'GZIP' } })],
  ])('is read: %s', async (_, response) => expect(await readCrcBody(response)).toBe(json))

  it.each([
    ['compressed, and does not say so', new Response(gzipped), 'Compressed with gzip, but no header declares it'],
    ['not compressed, and says it is', new Response(json, { headers: gzip }), 'Declared as gzip, but not compressed'],
    ['empty, and says it is compressed', new Response(null, { headers: gzip }), 'Declared as gzip, but not compressed'],
  ])('is refused: %s', async (_, response, message) => {
    await expect(readCrcBody(response)).rejects.toMatchObject({
      name: 'EncodingError',
      message: expect.stringContaining(message),
    })
  })
})

describe('an answer from the network', () => {
  /** What is read of what a server writes. */
  async function readFrom(answer: RequestListener): Promise<string> {
    return readCrcBody(await fetch(await listen(answer)))
  }

  it.each<[string, RequestListener]>([
    ['as it is', (_, response) => response.end(json)],
    ['compressed, and says so', (_, response) => response.writeHead(200, gzip).end(gzipped)],
  ])('is read: %s', async (_, answer) => expect(await readFrom(answer)).toBe(json))

  it.each<[string, RequestListener]>([
    ['compressed, and does not say so', (_, response) => response.end(gzipped)],
    ['not compressed, and says it is', (_, response) => response.writeHead(200, gzip).end(json)],
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
