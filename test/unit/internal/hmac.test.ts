import { timingSafeEqual as areEqualBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as noble from '../../../src/internal/hmac.noble.ts'
import * as node from '../../../src/internal/hmac.node.ts'

/** RFC 2202 and RFC 4231, test cases 2, as base64; and the signatures that xdevplatform/autohook tests itself with. */
const jefe = { key: 'Jefe', message: 'what do ya want for nothing?' }

describe.each([
  ['node:crypto', node as unknown as typeof noble],
  ['@noble/hashes', noble],
])('the HMAC of %s', (_, { hmacSha1, hmacSha256, prepareHmacKey }: typeof noble) => {
  it('passes the vectors of RFC 2202 and RFC 4231', () => {
    expect(hmacSha1(jefe.key, jefe.message)).toBe(base64('effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'))
    expect(hmacSha256(jefe.key, jefe.message)).toBe(
      base64('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'),
    )
  })

  it.each([
    ['test', 'test=1&other_test=2', '25Cu3iwbbiqBTwQRzcKJZwisjf736V2Q8UaTlkfLSoc='],
    ['test', '{"test_number":1,"test_string":"two"}', 'YWHphPn/JFq43jkF0y4/w8R/SelmLjvpunhVFY8JhlI='],
    ['client-secret', 'challenge_string', 'bACRGErecWu2jj2NpzrZglSUmdYwRiKKEr4qwY8EfB0='],
  ])('passes the vector of X with the key %s over %s', (key, message, expected) => {
    expect(hmacSha256(key, message)).toBe(expected)
    expect(hmacSha256(key, new TextEncoder().encode(message))).toBe(expected)
  })

  it('keeps keys apart that come in turn, and takes an empty one', () => {
    // The HMAC of nothing under an empty key (RFC 2104 over FIPS 180-4), as `openssl dgst -sha256 -hmac ""` prints it.
    const empty = base64('b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad')
    const jefes = hmacSha256(jefe.key, jefe.message)
    expect(hmacSha256('', '')).toBe(empty)
    expect(hmacSha256(jefe.key, jefe.message)).toBe(jefes)
    expect(hmacSha256('', '')).toBe(empty)
  })

  it('is the same under a prepared key, whichever other keys are in use', () => {
    const keys = ['test', 'client-secret'].map((key) => prepareHmacKey(key))
    for (const _round of [1, 2]) {
      expect(keys.map((key) => hmacSha256(key, 'challenge_string'))).toEqual([
        hmacSha256('test', 'challenge_string'),
        'bACRGErecWu2jj2NpzrZglSUmdYwRiKKEr4qwY8EfB0=',
      ])
    }
  })

  it('takes a text for its UTF-8 bytes', () => {
    expect(hmacSha256('schlüssel', 'naïve ☕ 🎉')).toBe(
      hmacSha256('schlüssel', new TextEncoder().encode('naïve ☕ 🎉')),
    )
    expect(hmacSha256('schlüssel', 'naïve ☕ 🎉')).toBe(node.hmacSha256('schlüssel', 'naïve ☕ 🎉'))
  })
})

describe.each([
  ['node:crypto', node],
  ['the web', noble],
])('the comparison of %s', (_, { timingSafeEqual }) => {
  it.each([
    ['', '', true],
    ['abc', 'abc', true],
    ['abc', 'abd', false],
    ['abc', 'Abc', false],
    ['abc', 'ab', false],
    ['abc', 'abcd', false],
    ['', 'a', false],
    ['é', 'e', false],
    // The same low byte, as which Latin-1 would write both.
    ['Ł', 'A', false],
    ['\u0000', '', false],
    // Neither is a character, so UTF-8 would write the same for both.
    ['\ud800', '\udc00', false],
  ])('compares %j with %j', (a, b, same) => {
    expect(timingSafeEqual(a, b)).toBe(same)
  })

  it('compares digests, which have 44 characters, and leaves nothing behind from one to the next', () => {
    const digest = 'S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk='
    expect(timingSafeEqual(digest, digest)).toBe(true)
    for (const index of digest.split('').keys()) {
      // The same low byte as the character in that place.
      const wide = String.fromCharCode(digest.charCodeAt(index) + 0x100)
      const other = digest.slice(0, index) + wide + digest.slice(index + 1)
      expect([timingSafeEqual(digest, other), timingSafeEqual(other, digest)]).toEqual([false, false])
    }
    expect(timingSafeEqual(digest, `${digest.slice(1)}=`)).toBe(false)
    expect(timingSafeEqual(digest, digest)).toBe(true)
  })

  it('comes to what node:crypto comes to', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 64 })
    fc.assert(
      fc.property(text, text, fc.boolean(), (a, other, same) => {
        const b = same ? `${a}` : other
        const [left, right] = [Buffer.from(a), Buffer.from(b)]
        expect(timingSafeEqual(a, b)).toBe(left.length === right.length && areEqualBytes(left, right))
      }),
    )
  })
})

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}
