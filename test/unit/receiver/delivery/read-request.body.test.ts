import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createReceiver } from 'x-account-activity/receiver'
import { readBody } from '../../../../src/receiver/delivery/read-request.ts'
import { followBody, secret, signatureOf } from '../../../support/x-request.ts'

const limits = { maxBodyBytes: 64, bodyTimeoutMs: 1_000 }
const bytes = (size: number) => Uint8Array.from({ length: size }, (_, index) => index)

async function* pieces(whole: Uint8Array, size: number) {
  for (let index = 0; index < whole.length; index += size) yield whole.slice(index, index + size)
}

describe('readBody', () => {
  it.each([1, 2, 3, 7, 32, 63, 64])('puts pieces of %s bytes together, up to the limit', async (size) => {
    for (const length of [0, 1, 63, 64])
      expect(await readBody(pieces(bytes(length), size), limits)).toEqual(bytes(length))
    await expect(readBody(pieces(bytes(65), size), limits)).rejects.toMatchObject({ reason: 'body_too_large' })
  })

  it('does not write into the pieces', async () => {
    const first = new Uint8Array(64).subarray(0, 1)
    const body = (async function* () {
      yield first
      yield Uint8Array.of(1)
    })()
    expect(await readBody(body, limits)).toEqual(Uint8Array.of(0, 1))
    expect(new Uint8Array(first.buffer)).toEqual(new Uint8Array(64))
  })
})

describe('the body of a Request of another implementation', () => {
  const text = followBody()
  const headers = { 'x-twitter-webhooks-signature': signatureOf(text) }
  const answer = (request: object) =>
    createReceiver({ consumerSecret: secret, onError: () => {} }).fetch(
      Object.assign({ method: 'POST', url: 'https://app.example/', headers: new Headers(headers) }, request) as Request,
    )

  it.each([
    ['a web stream', { body: new Response(text).body, bodyUsed: false }, 200],
    ['a stream of Node.js', { body: Readable.from([Buffer.from(text)]), bodyUsed: false }, 200],
    ['no body', { body: null, bodyUsed: false }, 401],
    ['nothing at all', {}, 401],
    ['a body that was read', { body: new Response(text).body, bodyUsed: true }, 500],
    ['an object', { body: { text }, bodyUsed: false }, 500],
  ])('is read as %s', async (_, request, status) => {
    expect((await answer(request)).status).toBe(status)
  })
})
